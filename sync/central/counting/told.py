"""Told (read model): the facts of counts as the centre keeps them: lines, sightings and closings, a row each.

A row says what became of its fact, and whether it was taken back; it is replaced when either changes.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, bindparam, select

from scanner_app.domain.counting.identity import claim_id
from scanner_app.domain.events.closing import Closing
from scanner_app.domain.events.envelope import Envelope
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.events.line import Line
from scanner_app.domain.events.stand import Stand
from sync.central.book.undoing import Undoing
from sync.central.database.among import among
from sync.central.database.bulk import insert_rows, upsert_rows
from sync.central.database.tables import count_closings, count_lines, count_sightings, count_undos
from sync.central.events.count_told import count_told
from sync.central.events.decode import Arrival

HELD, BOOKED, VOID = "held", "booked", "void"
"""What became of a fact: nobody knows yet what it says, it is in the book, or never will be."""
Row = tuple[Any, ...]


class Told(NamedTuple):
    """A fact of a count that has arrived, or of which something has become; ``person`` is whose it is.

    ``word`` is the event that said what became of it, empty where nobody has said anything.
    """

    envelope: Envelope
    fact: Fact
    state: str
    person: str
    word: str = ""


class Retold(NamedTuple):
    """Rows that were written: what stands in them, by table and event, before and after."""

    before: Mapping[str, Mapping[str, Any]]
    after: Mapping[str, Mapping[str, Any]]


def keep_told(connection: Connection, site: str, told: Sequence[Told], undone: Iterable[Undoing]) -> Retold:
    """Keep facts of counts as they are now; return their rows before and after."""
    known = {one.envelope.id: one for one in told}
    signs = {one.envelope.id: one for one in undone if count_told(one.envelope, one.fact) and one.sign}
    before = _stored(connection, site, known.keys() | signs.keys())
    after: dict[str, Mapping[str, Any]] = {}
    for event in known.keys() | signs.keys():
        row = _row(site, known[event]) if event in known else dict(before[event])
        was_undone = bool(before[event]["is_undone"]) if event in before else False
        row["is_undone"] = signs[event].sign < 0 if event in signs else was_undone
        after[event] = row
    for table in _TABLES:
        insert_rows(connection, table, rows_of(table, (row for event, row in after.items() if event not in before)))
        upsert_rows(connection, table, rows_of(table, (after[event] for event in before)))
    return Retold(before, after)


def rows_of(table: Table, rows: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Those of some rows that are of one table, in the order of its columns."""
    return [*map(_CELLS[table.name], (row for row in rows if row["table"] == table.name))]


def keep_undos(connection: Connection, site: str, annulling: Iterable[Arrival]) -> None:
    """Keep the numbers of annulments: a closing has seen those of its device that came before it."""
    rows = [_undo(site, one.envelope, one.fact) for one in annulling if one.fact and one.fact.undoes]
    insert_rows(connection, count_undos, rows)


def _undo(site: str, envelope: Envelope, fact: Fact) -> Row:
    number = (envelope.device, envelope.epoch, envelope.sequence)
    return (site, envelope.id, fact.undoes, fact.last_us + envelope.offset_us, *number, envelope.operator)


def _row(site: str, told: Told) -> dict[str, Any]:
    envelope, fact = told.envelope, told.fact
    offset_us, count = envelope.offset_us, count_told(envelope, fact)
    said = {
        "site": site, "event": envelope.id, "count_id": count, "effective_us": fact.last_us + offset_us,
        "device": envelope.device, "epoch": envelope.epoch, "sequence": envelope.sequence,
        "uncertainty_us": abs(envelope.uncertainty_us), "operator": envelope.operator, "person": told.person,
        "state": told.state,
    }  # fmt: skip
    if line := fact.line:
        return {**said, **_of_line(count, line, offset_us), "table": count_lines.name}
    if closing := fact.closing:
        return {**said, **_of_closing(closing, offset_us), "table": count_closings.name}
    assert fact.stand is not None
    return {**said, **_of_sighting(fact.stand), "table": count_sightings.name}


def _of_line(count: str, line: Line, offset_us: int) -> dict[str, Any]:
    key = line.key
    return {
        "place": key.place, "item": key.item, "lot": key.lot, "serial": key.serial, "owner": key.owner,
        "status": key.status, "is_owner_said": line.is_owner_said, "is_status_said": line.is_status_said,
        "recounts": line.recounts, "was_shown": line.was_shown, "claim": claim_id(count, key),
        "quantity": line.quantity, "begun_us": line.begun_us + offset_us,
    }  # fmt: skip


def _of_closing(closing: Closing, offset_us: int) -> dict[str, Any]:
    numbers = {"lines": closing.lines, "sightings": closing.sightings, "begun_us": closing.begun_us + offset_us}
    return {**numbers, "place": closing.place, "item": closing.of_item, "speaks": False, "missing": 0, "waited": 0}


def _of_sighting(stand: Stand) -> dict[str, Any]:
    return {"plate": stand.plate, "place": stand.place}


def _stored(connection: Connection, site: str, events: Collection[str]) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    asked = {"of_site": site, "events": sorted(events)}
    for table, wanted in _BY_EVENT.items():
        for row in connection.execute(wanted, asked) if events else ():
            found[row.event] = {**row._mapping, "table": table}
    return found


def _by_event(table: Table) -> Any:
    return select(table).where(table.c.site == bindparam("of_site"), among(table.c.event, "events"))


_TABLES = (count_lines, count_sightings, count_closings)
_CELLS: Mapping[str, Callable[[Mapping[str, Any]], Row]] = {
    table.name: itemgetter(*(column.name for column in table.c)) for table in _TABLES
}
_BY_EVENT = {table.name: _by_event(table) for table in _TABLES}
