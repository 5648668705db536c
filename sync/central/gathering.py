"""Gathering what is known of everything a batch of events names: one look-up a kind, whatever the batch's size."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Connection, Select, Table, Text, and_, bindparam, column, select, values

from scanner_app.domain.catalog import AVAILABLE, OWN, Item, Location, LocationState, Owner, Plate, Status
from scanner_app.domain.events import Annulled, Envelope, PlateMoved
from scanner_app.domain.ledger import is_virtual
from scanner_app.domain.people import Operator
from sync.central.among import among
from sync.central.judging import QUANTITY_BELIEVED_MAX, Reading
from sync.central.kinds import BY_STRUCT, row_of
from sync.central.known import Known
from sync.central.schema import QUARANTINED, events
from sync.protocol import Outcome

RUNS_MAX = 2_000
"""Runs of sequences in one look-up, four parameters each; drivers bound their number (SQLite 32,766)."""
Number = tuple[str, int, int]
"""Device, epoch and sequence of an event."""


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
    real = {name for name in names if not is_virtual(name)}
    for name, state, active in _named(connection, site, Location, ("location", "state", "active"), real):
        found[name] = LocationState(state) if active else LocationState.CLOSED
    plates = dict(_named(connection, site, Plate, ("plate", "active"), real - found.keys()))
    states = {name: LocationState.OPEN if active else LocationState.CLOSED for name, active in plates.items()}
    return found | states, set(plates)


def _targets(connection: Connection, site: str, ids: set[str]) -> dict[str, str]:
    """Whose events annulments name, as far as they are stored."""
    rows = connection.execute(_OPERATOR_BY_ID, {"site": site, "names": list(ids)}).all() if ids else ()
    return {row.id: row.operator for row in rows}


def _operators(connection: Connection, site: str, names: set[str]) -> dict[str, Operator]:
    kind = BY_STRUCT[Operator]
    return {row[0]: row_of(kind, tuple(row)) for row in _named(connection, site, Operator, kind.fields, names)}


@cache
def _by_name(table: Table, columns: tuple[str, ...]) -> Select[Any]:
    """Rows of one site whose first column is one of ``names``."""
    wanted = [table.c[column] for column in columns]
    return select(*wanted).where(table.c.site == bindparam("site"), among(wanted[0], "names"))


def _named(
    connection: Connection, site: str, struct: Any, columns: tuple[str, ...], names: Collection[str]
) -> Sequence[Any]:
    if not names:
        return ()
    statement = _by_name(BY_STRUCT[struct].table, columns)
    return connection.execute(statement, {"site": site, "names": list(names)}).all()


_BY_ID = select(events.c.id, events.c.payload, events.c.outcome, events.c.reasons, events.c.version).where(
    events.c.site == bindparam("site"), among(events.c.id, "names")
)
_OPERATOR_BY_ID = select(events.c.id, events.c.operator).where(
    events.c.site == bindparam("site"), among(events.c.id, "names")
)


def stored_events(connection: Connection, site: str, ids: Collection[str]) -> dict[str, Stored]:
    """Return the events of ``ids`` that the store has already."""
    rows = connection.execute(_BY_ID, {"site": site, "names": list(ids)}).all() if ids else ()
    return {row.id: _stored(row) for row in rows}


def _stored(row: Any) -> Stored:
    return Stored(bytes(row.payload), Outcome(row.outcome), tuple(row.reasons.split()), row.version)


def taken_sequences(connection: Connection, site: str, wanted: Iterable[Envelope]) -> set[Number]:
    """Return those numbers of ``wanted`` that an event of the same device has already."""
    runs = _runs({(one.device, one.epoch, one.sequence) for one in wanted})
    parts = (runs[start : start + RUNS_MAX] for start in range(0, len(runs), RUNS_MAX))
    rows = (row for part in parts for row in connection.execute(_in_runs(site, part)).all())
    return {(row.device, row.epoch, row.sequence) for row in rows}


def _runs(numbers: Collection[Number]) -> list[tuple[str, int, int, int]]:
    """Runs without a gap, as device, epoch, first and last; the batch of a device is one, whatever its size."""
    found: list[tuple[str, int, int, int]] = []
    for device, epoch, sequence in sorted(numbers):
        first = sequence
        if found and found[-1][:2] == (device, epoch) and found[-1][3] == sequence - 1:
            first = found.pop()[2]
        found.append((device, epoch, first, sequence))
    return found


def _in_runs(site: str, runs: Sequence[tuple[str, int, int, int]]) -> Select[Any]:
    wholes = [column(name, BigInteger) for name in ("epoch", "first", "last")]
    wanted = values(column("device", Text), *wholes, name="wanted").data(runs).cte()
    is_same = (events.c.device == wanted.c.device, events.c.epoch == wanted.c.epoch)
    numbers = select(events.c.device, events.c.epoch, events.c.sequence).join(wanted, and_(*is_same))
    is_within = events.c.sequence.between(wanted.c.first, wanted.c.last)
    return numbers.where(events.c.site == site, is_within, events.c.outcome != QUARANTINED)
