"""After counts: what a batch leaves behind it beside the book: who counts where, what is to be done, what is missing.

It comes when claims are as they are now, and tells those whose words rule what late facts have changed meanwhile.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, select

from scanner_app.domain.events.decided import SubjectKind, Word
from scanner_app.domain.events.law import Maker
from sync.central.book.counters import Counters
from sync.central.book.open_counts import decided_counts, write_open_counts
from sync.central.book.undoing import Undoing
from sync.central.counting.missing_plates import settle_missing
from sync.central.counting.second_counts import second_counts
from sync.central.database.among import among
from sync.central.database.tables import claims
from sync.central.events.count_told import count_told
from sync.central.events.decode import Arrival
from sync.central.events.reason import Reason
from sync.central.intake.decisions import Decisions
from sync.central.tasks.after_events import WorkHeard, keep_work
from sync.central.words.came_back import keep_back
from sync.central.words.kept_words import KeptWord
from sync.central.words.word_verdict import person_of
from sync.protocol import Back, Outcome

HEARD = (Outcome.POSTED, Outcome.EXCEPTIONS, Outcome.HELD)
"""What somebody did on the floor, though a code of it may not be known yet."""


class HeardOfCounts(NamedTuple):
    """What a batch brought: the events that somebody did, whether or not their codes are known, and what it undid.

    ``booked`` are those of them that count. ``maker`` says who an operator is.
    """

    arrivals: Sequence[Arrival]
    booked: Sequence[Arrival]
    undone: Sequence[Undoing]
    decisions: Decisions
    maker: Callable[[str], Maker]


def after_counts(connection: Connection, site: str, before: Counters, heard: HeardOfCounts, now_us: int) -> Counters:
    """Write what follows from a batch; return the counters afterwards."""
    decisions, undone = heard.decisions, heard.undone
    arrivals = [one for one in heard.arrivals if one.fact and (count_told(one.envelope, one.fact) or one.fact.stand)]
    version = write_open_counts(connection, site, arrivals, undone, before.version, now_us=now_us)
    version = decided_counts(connection, site, decisions.counts_decided, version)
    named = [whole for one in decisions.cases.values() if (whole := one.read_with())]
    facts = [(one.envelope, one.fact) for one in (*arrivals, *named)] + [(one.envelope, one.fact) for one in undone]
    counts = {name for one in facts if (name := count_told(*one))}
    seconds = second_counts(connection, site, counts, lambda operator: heard.maker(operator).who)
    work = WorkHeard(heard.arrivals, heard.booked, undone, [*decisions.tasks, *seconds], heard.maker)
    version = keep_work(connection, site, work, version)
    settle_missing(connection, site, counts, {fact.stand.plate for _, fact in facts if fact and fact.stand})
    backs = list(_changed(connection, site, decisions.words))
    numbered = [replace(back, number=number) for number, back in enumerate(backs, before.back + 1)]
    keep_back(connection, site, [(back, person_of(decisions.persons, back.operator)) for back in numbered])
    return before._replace(version=version, back=before.back + len(numbered))


def _changed(connection: Connection, site: str, said: Iterable[KeptWord]) -> Iterator[Back]:
    """Tell whose acceptance rules where the difference is another one by now than was shown."""
    accepted = [one for one in said if not one.verdict.why and one.saying.word == Word.ACCEPT]
    of_claims = [one for one in accepted if one.saying.subject.kind == SubjectKind.CLAIM]
    asked = {"of_site": site, "ids": sorted({one.saying.subject.id for one in of_claims})}
    rows = {row.claim: row for row in connection.execute(_NOW, asked)} if of_claims else {}
    together: dict[tuple[str, str], Back] = {}
    for one in of_claims:
        row, subject = rows.get(one.saying.subject.id), one.saying.subject
        if row is None or row.word != one.number or row.variance == subject.amount:
            continue
        why = Reason.NOTHING_LEFT if not row.variance else Reason.AMOUNT_CHANGED if row.is_for_review else None
        if why is None:
            continue
        if (one.event, why) not in together:
            together[one.event, why] = Back(
                number=0, event=one.event, operator=one.author.operator, device=one.device, outcome=Outcome.POSTED,
                reasons=(why,), when_us=one.at_us, subject=subject.id, place=row.place, item=row.item,
                quantity=row.variance, happened_us=row.effective_us,
            )  # fmt: skip
        back = together[one.event, why]
        together[one.event, why] = replace(back, subjects=back.subjects + 1)
    yield from together.values()


_NOW = select(
    *(claims.c[name] for name in ("claim", "word", "variance", "is_for_review", "place", "item", "effective_us"))
).where(claims.c.site == bindparam("of_site"), among(claims.c.claim, "ids"))
