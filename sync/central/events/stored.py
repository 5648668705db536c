"""Stored events, kept once and never changed: which of a batch the store has, by ids and by the numbers of devices.

Ids and numbers travel in as few parameters however many they are, so that the statement is compiled and prepared once.
For PostgreSQL numbers are runs without a gap: it plans by how many there are.
"""

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import (
    BigInteger,
    BindParameter,
    Connection,
    LargeBinary,
    Select,
    Text,
    and_,
    bindparam,
    cast,
    delete,
    func,
    null,
    select,
    union_all,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.sql import literal_column

from sync.central.database.among import among
from sync.central.database.bulk import insert_rows
from sync.central.database.prepared import Prepared
from sync.central.database.tables import QUARANTINED, events
from sync.central.events.decode import Arrival
from sync.protocol import Outcome

Number = tuple[str, int, int]
"""Device, epoch and sequence of an event."""
_Run = tuple[str, int, int, int]
"""Device, epoch, first and last sequence."""
_CELLS = {"device": Text, "epoch": BigInteger, "first": BigInteger, "last": BigInteger}
_NUMBER = [events.c[name] for name in ("device", "epoch", "sequence")]

NO_WORD = 0
"""As the number of the word that rules an event: nobody has said one."""

_encoded = msgspec.json.Encoder().encode


class Stored(NamedTuple):
    """An event as the store has it; ``place`` to ``value`` are of one that waits for somebody.

    ``sender`` is who pushed one that is quarantined, ``word`` the number of the word that settled it. What was
    ``let_in`` has a number that may be another's.
    """

    payload: bytes
    outcome: Outcome
    reasons: tuple[str, ...]
    version: int
    place: str = ""
    item: str = ""
    quantity: int = 0
    value: int = 0
    sender: str = ""
    word: int = NO_WORD
    let_in: bool = False


class Already(NamedTuple):
    """The events of a batch that are stored, and those of its numbers that an event has which may be trusted."""

    events: dict[str, Stored]
    numbers: set[Number]


_BY_ID = select(
    *(events.c[name] for name in ("id", "payload", "outcome", "reasons", "version", "sender", "word"))
).where(events.c.site == bindparam("site"), among(events.c.id, "ids"))


def stored_events(connection: Connection, site: str, ids: Collection[str]) -> dict[str, Stored]:
    """Return the events of ``ids`` that the store has already."""
    rows = connection.execute(_BY_ID, {"site": site, "ids": list(ids)}).all() if ids else ()
    return {row.id: _stored(row) for row in rows}


def already_stored(connection: Connection, site: str, ids: Collection[str], numbers: Collection[Number]) -> Already:
    """Look up ``ids`` and ``numbers`` by one statement."""
    if not ids:
        return Already({}, set())
    dialect = connection.dialect.name
    given = _list(site, numbers) if dialect == "sqlite" else _arrays(_runs(numbers))
    rows = _by_id_or_number(dialect).run(connection, {"site": site, "ids": list(ids), **given}).all()
    named = {row.id: _stored(row) for row in rows if row.id}
    return Already(named, {(row.device, row.epoch, row.sequence) for row in rows if not row.id})


def keep_events(connection: Connection, applied: Iterable[tuple[str, Arrival, int, Stored]]) -> None:
    """Keep events that the store does not have: key, what was read, when it was received (us), what became of it."""
    insert_rows(connection, events, [_row(*one) for one in applied])


def quarantined_of(connection: Connection, site: str, device: str) -> tuple[int, int]:
    """How many events that a device pushed are quarantined, and how many bytes they are."""
    wanted = select(func.count(), func.coalesce(func.sum(func.length(events.c.payload)), 0))
    is_quarantined = events.c.outcome == literal_column(f"'{QUARANTINED}'")
    row = connection.execute(wanted.where(events.c.site == site, events.c.sender == device, is_quarantined)).one()
    return int(row[0]), int(row[1])


def set_aside(connection: Connection, site: str, keys: Mapping[str, str]) -> None:
    """Give quarantined events other keys, those named: somebody who may be trusted claims their ids."""
    for name, key in keys.items():
        connection.execute(update(events).where(events.c.site == site, events.c.id == name).values(id=key))


def forget_quarantined(connection: Connection, site: str, ids: Collection[str]) -> None:
    """Forget events that were quarantined because of who pushed them: whose they are has pushed them now."""
    for name in ids:
        is_quarantined = events.c.outcome == literal_column(f"'{QUARANTINED}'")
        connection.execute(delete(events).where(events.c.site == site, events.c.id == name, is_quarantined))


def _row(key: str, arrival: Arrival, received_us: int, kept: Stored) -> tuple[Any, ...]:
    envelope = arrival.envelope
    number = (envelope.device, envelope.epoch, envelope.sequence)
    outcome = (kept.outcome.value, " ".join(kept.reasons), kept.version)
    waits = (kept.word, kept.place, kept.item, kept.quantity, kept.value, kept.sender, kept.let_in)
    named = (envelope.site, key, *number, envelope.operator, arrival.kind, received_us)
    return (*named, *outcome, kept.payload, *waits)


def change_events(connection: Connection, site: str, changed: Mapping[str, Stored]) -> None:
    """Write what became of events that the store has."""
    rows = [
        {
            "of_site": site, "of_id": name, "outcome": kept.outcome.value, "reasons": " ".join(kept.reasons),
            "version": kept.version, "word": kept.word, "let_in": kept.let_in,
        }
        for name, kept in changed.items()
    ]  # fmt: skip
    if rows:
        connection.execute(_CHANGE, rows)


_CHANGED = ("outcome", "reasons", "version", "word", "let_in")
_CHANGE = (
    update(events)
    .where(events.c.site == bindparam("of_site"), events.c.id == bindparam("of_id"))
    .values({name: bindparam(name) for name in _CHANGED})
)


def _stored(row: Any) -> Stored:
    kept = Stored(bytes(row.payload), Outcome(row.outcome), tuple(row.reasons.split()), row.version)
    return kept._replace(sender=row.sender, word=row.word)


def _runs(numbers: Collection[Number]) -> list[_Run]:
    """Runs without a gap; the batch of a device is one, whatever its size."""
    runs: list[_Run] = []
    for device, epoch, sequence in sorted(numbers):
        first = sequence
        if runs and runs[-1][:2] == (device, epoch) and runs[-1][3] == sequence - 1:
            first = runs.pop()[2]
        runs.append((device, epoch, first, sequence))
    return runs


@cache
def _by_id_or_number(dialect: str) -> Prepared:
    """Events by their ids, and behind them, under no id, the numbers that are taken.

    The outcome is no parameter: only so does a plan use the index that leaves some out.
    """
    no_word, zero = literal_column("''", Text), literal_column("0", BigInteger)
    nothing = (no_word.label("id"), cast(null(), LargeBinary), no_word, no_word, zero, no_word, zero)
    taken = select(*nothing, *_NUMBER).where(
        events.c.outcome != literal_column(f"'{QUARANTINED}'"), events.c.let_in.is_(False)
    )
    numbers = _listed(taken) if dialect == "sqlite" else _within_runs(taken)
    return Prepared(union_all(_BY_ID.add_columns(*_NUMBER), numbers))


def _listed(rows: Select[Any]) -> Select[Any]:
    """Those of ``rows`` whose site and number are in a JSON list.

    The site stands there, too: as a parameter of its own it would let SQLite begin with all events of it.
    """
    each = func.json_each(bindparam("numbers", type_=Text)).table_valued("value")
    columns = (events.c.site, *_NUMBER)
    is_same = (column == func.json_extract(each.c.value, f"$[{at}]") for at, column in enumerate(columns))
    return rows.join_from(each, events, and_(*is_same))


def _within_runs(rows: Select[Any]) -> Select[Any]:
    """Those of ``rows`` whose numbers are within runs, which come as an array a column."""
    arrays: list[BindParameter[Any]] = [bindparam(f"{name}_array", type_=ARRAY(kind)) for name, kind in _CELLS.items()]
    wanted = func.unnest(*arrays).table_valued(*_CELLS, name="wanted").render_derived()
    is_same = (events.c.device == wanted.c.device, events.c.epoch == wanted.c.epoch)
    is_within = (events.c.site == bindparam("site"), events.c.sequence.between(wanted.c.first, wanted.c.last))
    return rows.join_from(events, wanted, and_(*is_same)).where(*is_within)


def _list(site: str, numbers: Collection[Number]) -> dict[str, Any]:
    return {"numbers": _encoded([(site, *number) for number in numbers]).decode()}


def _arrays(runs: list[_Run]) -> dict[str, Any]:
    return {f"{name}_array": list(cells) for name, cells in zip(_CELLS, zip(*runs, strict=True), strict=True)}
