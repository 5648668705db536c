"""Marks of claims: what a row of the list says beside its columns, of a whole page by a handful of statements."""

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple

from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, literal_column, select, union_all

from scanner_app.domain.count_open import CountOpen
from scanner_app.domain.desk import marks
from scanner_app.domain.desk.case import Case
from scanner_app.domain.desk.mate import Mate
from scanner_app.domain.desk.opened_claim import Opposite, QuietDevice
from scanner_app.domain.events.decided import SubjectKind
from scanner_app.domain.people import Operator
from scanner_app.domain.task import MADE, Task
from sync.central.counting.claim_rows import kept_of
from sync.central.counting.second_counts import awaited
from sync.central.database.among import among
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.prepared import Prepared
from sync.central.database.tables import claims, missing_plates
from sync.central.decisions.asker import Asker
from sync.central.decisions.complete_until import Completeness
from sync.central.decisions.sources.claim_mates import Mates, mates_of
from sync.central.decisions.sources.doubtful_clocks import near_doubtful_clocks
from sync.central.decisions.sources.opposites import pairs_of
from sync.central.intake.judges.count_subjects import Named, stored
from sync.central.words.word_verdict import WordSaid

_open, _tasks, _operators = (BY_STRUCT[struct].table for struct in (CountOpen, Task, Operator))


class ClaimFacts(NamedTuple):
    """What is known of the claims of a page: their rows, whose they are, and what is going on around them."""

    rows: Mapping[str, Any]
    named: Named
    own: frozenset[str]
    """The asker, by every name."""
    open_counts: Mapping[str, CountOpen]
    recounts: Set[str]
    plates: Set[str]
    quiet: Sequence[QuietDevice]
    pairs: Mapping[str, Opposite]
    mates: Mates
    unsure: Set[str]
    """The claims near to which a doubtful clock told something."""
    awaited: Set[str]
    """The claims of which the second count is missing."""
    now_us: int

    def said(self, claim: str) -> list[WordSaid]:
        """The valid words on a claim and on the closing that makes it, by their numbers."""
        names = ((SubjectKind.CLAIM.value, claim), (SubjectKind.CLOSING.value, self.rows[claim].closing))
        if not self.named.said:
            return []
        return sorted((word for name in names for word in self.named.said.get(name, ())), key=lambda one: one.number)

    def is_own(self, claim: str) -> bool:
        """Say whether who asks counted it, closed it, or said what a code of it is, or of what is one row with it."""
        claims = (claim, *(row.claim for row in self.mates.get(claim, ())))
        return not all(
            self.own.isdisjoint(people)
            for one in claims
            for people in (self.named.claims[one].people, self.named.takers.get(one, ()))
        )


def facts_of(connection: Connection, asker: Asker, ids: Sequence[str], told: Completeness) -> ClaimFacts:
    """Look up what is known of some claims."""
    site = asker.site

    def rows(statement: Any, names: Collection[str]) -> Sequence[Any]:
        return connection.execute(statement, {"site": site, "names": sorted(names)}).all() if names else ()

    asked_of = {row.claim: row for row in rows(_CLAIMS, ids)}
    mates = mates_of(connection, site, asked_of.values())
    of_claims = asked_of | {row.claim: row for of_one in mates.values() for row in of_one}
    who = asker.operator.who
    counts = {row.count_id for row in of_claims.values()}
    tasks = {MADE + name for row in of_claims.values() for name in (row.claim, row.closing) if name}
    named = {"site": site, "person": who, "counts": sorted(counts), "tasks": sorted(tasks)}
    found: dict[str, set[str]] = {"badge": set(), "recount": set(), "plate": set()}
    names: Sequence[Any] = _NAMES.run(connection, named).all()
    for kind, name in names:
        found[kind].add(name)
    newest_us = max((row.effective_us + row.uncertainty_us for row in of_claims.values()), default=0)
    return ClaimFacts(
        of_claims,
        stored(connection, site, of_claims.keys(), (), list(of_claims.values())),
        frozenset({who, asker.operator.operator, *found["badge"]}),
        {row.count: CountOpen(*row) for row in rows(_OPEN, counts)},
        found["recount"],
        found["plate"],
        told.quiet(newest_us),
        pairs_of(connection, asker, asked_of.values()),
        mates,
        near_doubtful_clocks(connection, site, asked_of.values()),
        awaited(connection, site, of_claims.values()).keys(),
        told.now_us,
    )


def completed(connection: Connection, asker: Asker, cases: Sequence[Case], told: Completeness) -> list[Case]:
    """The cases of a page with all that their rows show."""
    facts = facts_of(connection, asker, [case.id for case in cases], told)
    return [complete_case(facts, case) for case in cases]


def complete_case(facts: ClaimFacts, case: Case) -> Case:
    """A case with its marks, what was counted and what the book had, and the same goods the other way."""
    row, said = facts.rows[case.id], facts.said(case.id)
    pair = facts.pairs.get(case.id)
    return replace(
        case, seen=said[-1].number if said else 0, version=row.version, lot=row.lot, serial=row.serial,
        owner=row.owner, status=row.status, counted=row.quantity, book=row.quantity - row.variance,
        happened_us=row.effective_us, count=row.count_id, pair=pair,
        mates=tuple(_mate(facts, one) for one in facts.mates.get(case.id, ())),
        marks=tuple(marks_of(facts, row, has_pair=pair is not None)),
    )  # fmt: skip


def _mate(facts: ClaimFacts, row: Any) -> Mate:
    said = facts.said(row.claim)
    return Mate(
        id=row.claim, version=row.version, seen=said[-1].number if said else 0, place=row.place, quantity=row.variance,
        owner=row.owner, status=row.status,
    )  # fmt: skip


def marks_of(facts: ClaimFacts, row: Any, *, has_pair: bool = False) -> Iterator[str]:
    """The marks of a claim."""
    count = facts.open_counts.get(row.count_id)
    told = {
        marks.YOURS: facts.is_own(row.claim) if row.claim in facts.named.claims else False,
        marks.DOUBT: row.below != row.above or (bool(row.parts) and kept_of(row).state.is_in_doubt),
        marks.UNSAID: row.is_unclear,
        marks.CHANGED: row.is_for_review,
        marks.BEING_COUNTED: count is not None and count.is_open(facts.now_us),
        marks.RECOUNT: bool(facts.recounts) and not facts.recounts.isdisjoint({MADE + row.claim, MADE + row.closing}),
        marks.RECOUNTED: bool(row.recounts),
        marks.PAIR: has_pair,
        marks.QUIET: any(one.told_us < row.effective_us + row.uncertainty_us for one in facts.quiet),
        marks.PLATES_MISSING: row.count_id in facts.plates,
        marks.CLOCK: row.claim in facts.unsure,
        marks.SECOND: row.claim in facts.awaited,
    }
    return (name for name, is_so in told.items() if is_so)


def _among_names(column: Any) -> Any:
    return among(column, "names")


_CLAIMS = select(claims).where(claims.c.site == bindparam("site"), _among_names(claims.c.claim))
_OPEN = select(*(_open.c[name] for name in BY_STRUCT[CountOpen].fields)).where(
    _open.c.site == bindparam("site"), _among_names(_open.c.count)
)
_NAMES = Prepared(
    union_all(
        select(literal_column("'badge'"), _operators.c.operator).where(
            _operators.c.site == bindparam("site"), _operators.c.person == bindparam("person")
        ),
        select(literal_column("'recount'"), _tasks.c.task).where(
            _tasks.c.site == bindparam("site"), _tasks.c.active.is_(True), among(_tasks.c.task, "tasks")
        ),
        select(literal_column("'plate'"), missing_plates.c.count_id).where(
            missing_plates.c.site == bindparam("site"), among(missing_plates.c.count_id, "counts")
        ),
    )
)
"""The badges of a person, the tasks that ask for recounts, and the counts that did not see plates, each by its kind."""
