"""Events that wait: those whose outcome somebody should look at, and on which nobody has said a word."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.sql import literal_column

from scanner_app.domain.catalog import Item
from scanner_app.domain.desk.about import NOTHING, about
from scanner_app.domain.desk.case import Case, CaseKind
from scanner_app.domain.people import Operator
from sync.central.database.among import among
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.tables import POSTED, events
from sync.central.decisions.asker import Asker
from sync.central.decisions.sources.source import Found
from sync.central.events.decode import Arrival, read
from sync.protocol import Outcome

KINDS = {
    Outcome.EXCEPTIONS: CaseKind.EXCEPTION,
    Outcome.HELD: CaseKind.HELD,
    Outcome.QUARANTINED: CaseKind.QUARANTINED,
}
YOURS = "yours"
_KIND_OF = {outcome.value: kind for outcome, kind in KINDS.items()}
_operators, _items = BY_STRUCT[Operator].table, BY_STRUCT[Item].table


def found(outcome: Outcome) -> Found:
    """What finds the events of one outcome that wait; the words are no parameters: only so is the index theirs."""
    waits = (
        events.c.site == bindparam("site"),
        events.c.outcome == literal_column(f"'{outcome.value}'"),
        events.c.outcome != literal_column(f"'{POSTED}'"),
        events.c.word == literal_column("0"),
    )
    return Found(events.c.id, events.c.value, events.c.received_us, events.c.place, events.c.operator, waits)


_NAMES = ("id", "device", "operator", "received_us", "outcome", "reasons", "payload", "word", "place", "value")
_whose = (events.c.site == _operators.c.site) & (events.c.operator == _operators.c.operator)
_ROWS = (
    select(*(events.c[name] for name in _NAMES), _operators.c.person)
    .select_from(events.outerjoin(_operators, _whose))
    .where(events.c.site == bindparam("site"), among(events.c.id, "ids"))
    .where(events.c.word == 0, events.c.outcome != POSTED)
)
_NAMED = select(_items.c.item, _items.c.name, _items.c.base_unit, _items.c.decimals, _items.c.cost).where(
    _items.c.site == bindparam("site"), among(_items.c.item, "items")
)


def event_cases(connection: Connection, asker: Asker, ids: Sequence[str]) -> dict[str, Case]:
    """The rows of events that wait."""
    rows = connection.execute(_ROWS, {"site": asker.site, "ids": list(ids)}).all()
    subjects = {row.id: subject_of(row.payload, asker.site) for row in rows}
    named = {item for subject in subjects.values() for item in subject.amounts}
    items = named_items(connection, asker.site, named)
    return {row.id: _case(row, subjects[row.id], items, asker) for row in rows}


def subject_of(payload: bytes, site: str) -> Any:
    """What a stored event is about; of one that this program does not understand, nothing."""
    arrival = read(bytes(payload), site)
    return about(arrival.fact) if isinstance(arrival, Arrival) and arrival.fact else NOTHING


def named_items(connection: Connection, site: str, items: Iterable[str]) -> dict[str, Any]:
    """Name, unit, decimals and cost of each of ``items`` that is known."""
    names = sorted(set(items))
    rows = connection.execute(_NAMED, {"site": site, "items": names}).all() if names else ()
    return {row.item: row for row in rows}


def _case(row: Any, subject: Any, items: Mapping[str, Any], asker: Asker) -> Case:
    item, quantity = subject.largest({name: known.cost for name, known in items.items()})
    known = items.get(item)
    person = row.person or row.operator
    return Case(
        kind=_KIND_OF[row.outcome],
        id=row.id,
        seen=row.word,
        place=row.place,
        item=item,
        name=known.name if known else "",
        quantity=quantity,
        unit=known.base_unit if known else "",
        decimals=known.decimals if known else 0,
        value=row.value,
        since_us=row.received_us,
        operator=row.operator,
        person=person,
        device=row.device,
        reasons=tuple(row.reasons.split()),
        marks=(YOURS,) if person == asker.operator.who else (),
    )
