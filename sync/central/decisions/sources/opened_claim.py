"""A claim that is opened: what was counted, what the book had then and would have, and what happened around it."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, func, select

from scanner_app.domain.counting.claim import Claim
from scanner_app.domain.counting.settle import is_alone
from scanner_app.domain.counting.state import Kept, Standing
from scanner_app.domain.desk import marks
from scanner_app.domain.desk.case import Case, Leaf, Opened
from scanner_app.domain.desk.opened_claim import NO_PERCENT, BrokenLimit, OpenedClaim, OtherClaim
from scanner_app.domain.desk.words_of import WORDS
from scanner_app.domain.events.decided import Word
from scanner_app.domain.events.saying import IDENTIFY
from scanner_app.domain.quantity import SCALE
from scanner_app.domain.task import MADE, Task
from sync.central.counting.claim_rows import kept_of
from sync.central.database.among import among
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.tables import KEY_NAMES, count_closings, count_lines, devices, events, stock
from sync.central.database.tables import words as said_words
from sync.central.decisions.asker import Asker, deciders
from sync.central.decisions.complete_until import Completeness
from sync.central.decisions.sources.after_accepting import book_after
from sync.central.decisions.sources.around_claim import around, broken_limits, other_claims
from sync.central.decisions.sources.claim_marks import ClaimFacts, facts_of
from sync.central.decisions.sources.opposites import opposites_of
from sync.central.decisions.sources.unknown_codes import named_in

MAY_MAX = 3
"""So many who can decide are named to somebody who may not."""
_tasks = BY_STRUCT[Task].table


def opened_claim(connection: Connection, asker: Asker, case: Case, now_us: int) -> Opened:
    """Open a claim that waits."""
    told = Completeness(connection, asker.site, now_us)
    facts = facts_of(connection, asker, [case.id], told)
    row, said = facts.rows[case.id], facts.said(case.id)
    kept, last = kept_of(row), said[-1] if said else None
    received_us = _received_us(connection, asker.site, row)
    movements, doubtful = around(connection, asker.site, kept, received_us)
    opened = _with(_claim(connection, asker, facts, kept, case), doubtful=doubtful)
    named = named_in(connection, asker.site, case.id)
    return Opened(
        case=case,
        device_name=connection.execute(_DEVICE, {"site": asker.site, "device": row.device}).scalar() or "",
        received_us=received_us,
        happened_us=row.effective_us,
        leaves=tuple(Leaf(name=name, text=getattr(row, name)) for name in KEY_NAMES[2:] if getattr(row, name)),
        words=_words(case, has_word=bool(row.word), is_named=bool(named)),
        named=named,
        movements=movements,
        decided_word=last.word if last else "",
        decided_by=last.operator if last else "",
        decided_us=last.at_us if last else 0,
        claim=_with(opened, quiet=told.quiet(row.effective_us + row.uncertainty_us, row.place)),
    )


def _words(case: Case, *, has_word: bool, is_named: bool) -> tuple[str, ...]:
    """What may be said of it; a code that somebody has named may be something else."""
    words = (*WORDS[case.kind], *((Word.WITHDRAW,) if has_word else ()))
    return (*(word.value for word in words), *((IDENTIFY,) if is_named else ()))


def _alone(facts: ClaimFacts, kept: Kept, others: Sequence[OtherClaim]) -> tuple[BrokenLimit, ...]:
    """That the second of two counts is missing, found otherwise than the first, or did not say that it recounts it."""
    if kept.state.standing is not Standing.WAITING or not is_alone(*kept):
        return ()
    says_which = kept.claim.recounts in {one.id for one in others}
    what = "second" if kept.claim.id in facts.awaited else "differ" if says_which else "both"
    return (BrokenLimit(what=what),)


def _claim(connection: Connection, asker: Asker, facts: ClaimFacts, kept: Kept, case: Case) -> OpenedClaim:
    claim, state = kept
    site, row = asker.site, facts.rows[claim.id]
    recount = connection.execute(_RECOUNT, {"site": site, "names": [MADE + claim.id, MADE + row.closing]}).first()
    book_now = connection.execute(_STOCK, {"site": site, **_named(claim)}).scalar() or 0
    shown = connection.execute(_SHOWN, {"site": site, "number": row.word}).scalar() if state.is_for_review else None
    others = [part for part in state.parts if part.variance]
    together = [kept, *map(kept_of, facts.mates.get(claim.id, ()))]
    counted_too = tuple(other_claims(connection, site, row))
    return OpenedClaim(
        counted=claim.quantity,
        book=claim.quantity - state.variance,
        begun_us=row.begun_us,
        ended_us=row.effective_us,
        operators=_counters(connection, site, row),
        percent=abs(state.variance) * 100 * SCALE // claim.quantity if claim.quantity else NO_PERCENT,
        cost=claim.frozen.cost,
        least=state.least,
        most=state.most,
        book_now=book_now,
        book_after=book_now + book_after(connection, site, together, row.goods),
        was_shown=shown,
        broken=(*_alone(facts, kept, counted_too), *broken_limits(claim.frozen, claim.quantity, state.variance)),
        others=counted_too,
        opposites=tuple(opposites_of(connection, asker, row)),
        unsaid=tuple(f"{part.key.owner}/{part.key.status}" for part in others if not claim.is_serial),
        zeros=tuple(part.key.place for part in others if claim.is_serial),
        closing=row.closing,
        is_nothing=bool(row.closing),
        recount_us=recount.since if recount else 0,
        recount_not_by=recount.not_by if recount else "",
        may_decide=_who_can(connection, site, facts, claim) if marks.YOURS in case.marks else (),
    )


def _with(claim: OpenedClaim, **more: Any) -> OpenedClaim:
    return msgspec.structs.replace(claim, **more)


def _named(claim: Claim) -> dict[str, str]:
    return {f"of_{name}": getattr(claim.key, name) for name in KEY_NAMES}


def _received_us(connection: Connection, site: str, row: Any) -> int:
    """When the centre had all of a claim."""
    table = count_closings if row.closing else count_lines
    of_claim = table.c.event == row.closing if row.closing else table.c.claim == row.claim
    made = select(table.c.event).where(table.c.site == site, of_claim)
    wanted = select(func.max(events.c.received_us)).where(events.c.site == site, events.c.id.in_(made))
    return connection.execute(wanted).scalar() or 0


def _counters(connection: Connection, site: str, row: Any) -> tuple[str, ...]:
    made = select(count_lines.c.operator).where(count_lines.c.site == site, count_lines.c.claim == row.claim)
    counted = connection.execute(made.where(count_lines.c.is_undone.is_(False)).distinct()).scalars()
    return tuple(sorted({row.operator, *counted}))


def _who_can(connection: Connection, site: str, facts: ClaimFacts, claim: Claim) -> tuple[str, ...]:
    """Some who may decide about it."""
    concerned = facts.named.claims[claim.id].people | facts.named.takers.get(claim.id, frozenset())
    may = deciders(connection, site)
    return tuple(sorted(name for name, who in may.items() if concerned.isdisjoint({name, who})))[:MAY_MAX]


_DEVICE = select(devices.c.name).where(devices.c.site == bindparam("site"), devices.c.device == bindparam("device"))
_STOCK = select(stock.c.quantity).where(
    stock.c.site == bindparam("site"), *(stock.c[name] == bindparam(f"of_{name}") for name in KEY_NAMES)
)
_RECOUNT = select(_tasks.c.since, _tasks.c.not_by).where(
    _tasks.c.site == bindparam("site"), _tasks.c.active.is_(True), among(_tasks.c.task, "names")
)
_SHOWN = select(said_words.c.amount).where(
    said_words.c.site == bindparam("site"), said_words.c.number == bindparam("number")
)
