"""Early undos: annulments that were booked before what they name had arrived; when it has, they are judged again.

So what is told of them does not depend on the order of arrival. One that undoes an undo waits for what that names, too:
only then is known how deep it is.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, select

from scanner_app.domain.events.law import Maker
from scanner_app.domain.people import Right
from sync.central.book.counters import Counters
from sync.central.database.among import among
from sync.central.database.bulk import upsert_rows
from sync.central.database.tables import undos_early
from sync.central.events.decode import Arrival
from sync.central.events.reason import Reason
from sync.central.events.stored import Stored, change_events
from sync.central.intake.event_case import EventCase, stored_cases
from sync.central.intake.known import Known
from sync.central.intake.persons import persons_of
from sync.central.intake.ruling import Ruling, once_arrived
from sync.central.intake.targets import targets_of
from sync.central.words.came_back import about_event, keep_back
from sync.protocol import Back, Outcome

EARLY_MAX = 1_000
"""So many are judged again at once; no honest site has as many, and what is beyond stays for a supervisor to see."""


class EarlyUndo(NamedTuple):
    """The undo ``id`` of the event ``names``; whether its author may decide what others did is as it was then."""

    id: str
    names: str
    operator: str
    may_decide: bool


class Rejudged(NamedTuple):
    """An early undo as it was and as it is now, what it names, and the person who made it."""

    case: EventCase
    kept: Stored
    names: str
    person: str


def early_among(booked: Iterable[tuple[Arrival, Stored]], known: Known) -> list[EarlyUndo]:
    """Those of some events that are booked, each as it is kept, that name what nobody knows."""
    return [
        EarlyUndo(arrival.envelope.id, arrival.fact.undoes, operator, known.may_decide(operator))
        for arrival, kept in booked
        if kept.outcome.is_booked and Reason.UNKNOWN_EVENT in kept.reasons and arrival.fact and arrival.fact.undoes
        for operator in (arrival.envelope.operator,)
    ]


def judge_early(
    connection: Connection, site: str, arrived: Collection[str], more: Iterable[EarlyUndo] = ()
) -> list[Rejudged]:
    """Judge those that waited for one of ``arrived``, and ``more``; those that cannot be judged yet wait on.

    All of these events are stored already.
    """
    undone = [*_waited_for(connection, site, arrived), *more]
    if not undone:
        return []
    targets = targets_of(connection, site, {one.names for one in undone})
    waiting = {one: targets[one.names].missing if one.names in targets else one.names for one in undone}
    _keep(connection, site, {one: event for one, event in waiting.items() if event})
    cases = stored_cases(connection, site, [one.id for one in undone])
    persons = persons_of(connection, site, {one.operator for one in undone})
    again: list[Rejudged] = []
    for one in undone:
        person = persons.get(one.operator, one.operator)
        maker = Maker(one.operator, person, frozenset({Right.DECIDE} if one.may_decide else ()))
        case = cases[one.id]
        ruling = once_arrived(case.ruling, maker, targets.get(one.names))
        if ruling != case.ruling:
            again.append(Rejudged(case, _stored(case, ruling), one.names, person))
    change_events(connection, site, {one.case.id: one.kept for one in again})
    return again


def told_again(connection: Connection, site: str, before: Counters, again: Sequence[Rejudged], now_us: int) -> Counters:
    """Let what became of them come back, in words of what they undo; that all is well stops nobody."""
    if not again:
        return before
    undone = stored_cases(connection, site, [one.names for one in again])
    backs = [
        (about_event(_back(one, number, now_us), undone[one.names].arrival), one.person)
        for number, one in enumerate(again, before.back + 1)
    ]
    keep_back(connection, site, backs)
    return before._replace(back=before.back + len(backs))


def _back(one: Rejudged, number: int, now_us: int) -> Back:
    case, kept = one.case, one.kept
    return Back(
        number=number, event=case.id, operator=case.operator, device=case.device, outcome=kept.outcome,
        reasons=kept.reasons, when_us=now_us, version=kept.version, is_told=kept.outcome.is_booked,
    )  # fmt: skip


def _stored(case: EventCase, ruling: Ruling) -> Stored:
    """The event as it is kept now; one that is held waits for somebody, whatever was said of it before."""
    is_held = ruling.outcome is Outcome.HELD
    version, word = (0, 0) if is_held else (case.version, case.word)
    return Stored(case.payload, ruling.outcome, ruling.reasons, version, word=word, let_in=case.let_in)


def _waited_for(connection: Connection, site: str, arrived: Collection[str]) -> Iterator[EarlyUndo]:
    """Those that waited for one of ``arrived``; they wait no more."""
    wanted = {"site": site, "ids": list(arrived)}
    rows = connection.execute(_WAITED, wanted).all() if arrived else ()
    if rows:
        connection.execute(_WAIT_NO_MORE, wanted)
    return (EarlyUndo(row.id, row.names, row.operator, bool(row.may_decide)) for row in rows)


def _keep(connection: Connection, site: str, waiting: Mapping[EarlyUndo, str]) -> None:
    upsert_rows(connection, undos_early, [(site, event, *one) for one, event in waiting.items()])


_early = undos_early.c
_OF_ARRIVED = (_early.site == bindparam("site"), among(_early.event, "ids"))
_WAITED = (
    select(_early.id, _early.names, _early.operator, _early.may_decide)
    .where(*_OF_ARRIVED)
    .order_by(_early.event, _early.id)
    .limit(EARLY_MAX)
)
_WAIT_NO_MORE = delete(undos_early).where(*_OF_ARRIVED)
