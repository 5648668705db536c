"""Gathering what is known of everything a batch of events names: one look-up a kind, whatever the batch's size."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Connection, Select, Table, bindparam, select

from scanner_app.domain.catalog import AVAILABLE, OWN, Item, Location, LocationState, Owner, Plate, Status
from scanner_app.domain.events import Annulled, Envelope, PlateMoved
from scanner_app.domain.people import Operator
from sync.central.judging import QUANTITY_BELIEVED_MAX, Reading, Sender
from sync.central.kinds import BY_STRUCT, row_of
from sync.central.known import Known
from sync.central.schema import QUARANTINED, events
from sync.protocol import Outcome

WORDS_MAX = 10_000
"""Words in one look-up; drivers bound the number of parameters (SQLite 32,766, PostgreSQL 65,535)."""


class Stored(NamedTuple):
    """An event as the store has it."""

    payload: bytes
    outcome: Outcome
    reasons: tuple[str, ...]
    version: int


def known_of(connection: Connection, site: str, readings: Iterable[Reading]) -> Known:
    """Look up the items, places, owners, statuses and operators that ``readings`` name."""
    items: set[str] = set()
    places: set[str] = set()
    owners: set[str] = set()
    statuses: set[str] = set()
    operators: set[str] = set()
    annulled: set[str] = set()
    largest = 0
    for reading in readings:
        operators.add(reading.envelope.operator)
        if isinstance(reading.fact, PlateMoved):
            places.update((reading.fact.plate, reading.fact.location or reading.fact.parent))
        elif isinstance(reading.fact, Annulled):
            annulled.add(reading.fact.event)
        for leg in reading.fact.legs if reading.fact else ():
            source, target = leg.source, leg.target
            items.add(source.item)
            places.update((source.place, target.place))
            owners.update((source.owner, target.owner))
            statuses.update((source.status, target.status))
            largest = max(largest, leg.quantity)
    found, plates = _places(connection, site, places)
    known = Known(
        items={row[0]: row[1] for row in _named(connection, site, Item, ("item", "active"), items)},
        places=found,
        plates=plates,
        targets=_targets(connection, site, annulled),
        annulled=annulled,
        owners={OWN, *(row[0] for row in _named(connection, site, Owner, ("owner",), owners - {OWN}))},
        statuses={
            AVAILABLE,
            *(row[0] for row in _named(connection, site, Status, ("status",), statuses - {AVAILABLE})),
        },
        operators=_operators(connection, site, operators),
    )
    is_ordinary = largest <= QUANTITY_BELIEVED_MAX and known.covers(places, items, owners, statuses)
    return replace(known, is_ordinary=is_ordinary)


def _places(connection: Connection, site: str, names: set[str]) -> tuple[dict[str, LocationState], set[str]]:
    """The state of each place, and which of them are plates."""
    found: dict[str, LocationState] = {}
    for name, state, active in _named(connection, site, Location, ("location", "state", "active"), names):
        found[name] = LocationState(state) if active else LocationState.CLOSED
    plates = dict(_named(connection, site, Plate, ("plate", "active"), names - found.keys()))
    states = {name: LocationState.OPEN if active else LocationState.CLOSED for name, active in plates.items()}
    return found | states, set(plates)


def _targets(connection: Connection, site: str, ids: set[str]) -> dict[str, str]:
    """Whose events annulments name, as far as they are stored."""
    wanted = {"site": site}
    return {
        row.id: row.operator
        for part in _parts(ids)
        for row in connection.execute(_OPERATOR_BY_ID, {**wanted, "names": part}).all()
    }


def _operators(connection: Connection, site: str, names: set[str]) -> dict[str, Operator]:
    kind = BY_STRUCT[Operator]
    return {row[0]: row_of(kind, tuple(row)) for row in _named(connection, site, Operator, kind.fields, names)}


@cache
def _by_name(table: Table, columns: tuple[str, ...]) -> Select[Any]:
    """Rows of one site whose first column is one of ``names``."""
    names: BindParameter[Any] = bindparam("names", expanding=True)
    wanted = [table.c[column] for column in columns]
    return select(*wanted).where(table.c.site == bindparam("site"), wanted[0].in_(names))


def _named(
    connection: Connection, site: str, struct: Any, columns: tuple[str, ...], names: Collection[str]
) -> list[Any]:
    statement = _by_name(BY_STRUCT[struct].table, columns)
    return [row for part in _parts(names) for row in connection.execute(statement, {"site": site, "names": part}).all()]


def _parts(words: Collection[Any]) -> Iterable[list[Any]]:
    whole = list(words)
    return (whole[start : start + WORDS_MAX] for start in range(0, len(whole), WORDS_MAX))


_BY_ID = select(events.c.id, events.c.payload, events.c.outcome, events.c.reasons, events.c.version).where(
    events.c.site == bindparam("site"), events.c.id.in_(bindparam("names", expanding=True))
)
_OPERATOR_BY_ID = select(events.c.id, events.c.operator).where(
    events.c.site == bindparam("site"), events.c.id.in_(bindparam("names", expanding=True))
)
_BY_SEQUENCE = select(events.c.epoch, events.c.sequence, events.c.id).where(
    events.c.site == bindparam("site"),
    events.c.device == bindparam("device"),
    events.c.epoch == bindparam("epoch"),
    events.c.sequence.in_(bindparam("names", expanding=True)),
    events.c.outcome != QUARANTINED,
)


def stored_events(connection: Connection, site: str, ids: Collection[str]) -> dict[str, Stored]:
    """Return the events of ``ids`` that the store has already."""
    found = {}
    for part in _parts(ids):
        for row in connection.execute(_BY_ID, {"site": site, "names": part}).all():
            reasons = tuple(row.reasons.split())
            found[row.id] = Stored(bytes(row.payload), Outcome(row.outcome), reasons, row.version)
    return found


def taken_sequences(connection: Connection, sender: Sender, wanted: Iterable[Envelope]) -> set[tuple[int, int]]:
    """Return those numbers (epoch, sequence) of ``wanted`` that an event of the device has already."""
    numbers: dict[int, set[int]] = {}
    for envelope in wanted:
        numbers.setdefault(envelope.epoch, set()).add(envelope.sequence)
    whose = {"site": sender.site, "device": sender.device}
    taken: set[tuple[int, int]] = set()
    for epoch, sequences in numbers.items():
        for part in _parts(sequences):
            rows = connection.execute(_BY_SEQUENCE, {**whose, "epoch": epoch, "names": part})
            taken.update((row.epoch, row.sequence) for row in rows)
    return taken
