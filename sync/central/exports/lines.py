"""Exports: what the store holds, as lines of CSV or JSON, one row at a time from one moment of the store.

In CSV, a text cell that a spreadsheet would take for a formula is made harmless; see
:mod:`sync.central.imports.formulas`.
Numbers are left alone, also negative ones. Quantities are plain decimals of the base unit, as the import reads them.
"""

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct
from sqlalchemy import Column, Connection, Select, select

from scanner_app.domain.calendar import Calendar
from scanner_app.domain.catalog import NO_LIMIT
from scanner_app.domain.quantity import show_quantity
from scanner_app.errors import CentralError
from sync.central.book.as_of import Moment, balances_as_of
from sync.central.database.master_tables import DECIMALS, KINDS
from sync.central.database.store import CentralStore
from sync.central.database.tables import KEY_NAMES, devices, events, ledger, stock
from sync.central.imports.formulas import safe_cell
from sync.central.sites.calendar import calendar_of

FORMATS = ("csv", "jsonl")
_ROWS_PER_FETCH = 2_000
_SECRETS = frozenset({"verifier", "token_hash"})
_encode = msgspec.json.Encoder().encode
Row = dict[str, Any]


class _Export(NamedTuple):
    """The query of an export and how a row of it is shown."""

    wanted: Select[Any]
    shown: Callable[[Row], Row]


class Wanted(Struct, frozen=True):
    """What to export: of one site unless ``site`` is empty. PINs (as hashes) only where they are asked for.

    ``moment`` is of stock alone, and of one site.
    """

    what: str
    site: str = ""
    with_pins: bool = False
    moment: Moment | None = None


class Exported(NamedTuple):
    """An export as it is read: the names of its columns, and its rows."""

    names: list[str]
    rows: Iterator[Row]


def _as_is(row: Row) -> Row:
    for name in DECIMALS & row.keys():
        row[name] = "" if row[name] == NO_LIMIT else show_quantity(row[name])
    return row


def _stock_row(row: Row) -> Row:
    row["quantity"] = show_quantity(row["quantity"])
    return row


def _ledger_row(row: Row) -> Row:
    row["hash"] = bytes(row["hash"]).hex()
    return _stock_row(row)


def _event_row(row: Row) -> Row:
    row["reasons"] = row["reasons"].split()
    row["event"] = msgspec.Raw(row.pop("payload"))
    return row


def _columns(columns: Any, *, with_pins: bool) -> list[Column[Any]]:
    return [column for column in columns if with_pins or column.name not in _SECRETS]


def _export_of(wanted: Wanted) -> _Export:
    if wanted.what in _BOOK:
        return _BOOK[wanted.what]
    table = _MASTERS[wanted.what]
    columns = _columns(table.c, with_pins=wanted.with_pins)
    return _Export(select(*columns).order_by(*table.primary_key), _as_is)


_MASTERS = {kind.file: kind.table for kind in KINDS}
_BOOK: dict[str, _Export] = {
    "stock": _Export(
        select(stock.c.site, *(stock.c[name] for name in KEY_NAMES), stock.c.quantity)
        .where(stock.c.quantity != 0)
        .order_by(stock.c.site, *(stock.c[name] for name in KEY_NAMES)),
        _stock_row,
    ),
    "ledger": _Export(select(*ledger.c).order_by(ledger.c.site, ledger.c.recorded), _ledger_row),
    "events": _Export(
        select(*events.c).order_by(events.c.site, events.c.received_us, events.c.device, events.c.sequence), _event_row
    ),
    "devices": _Export(
        select(*_columns(devices.c, with_pins=False)).order_by(devices.c.site, devices.c.device), lambda row: row
    ),
}
IMPORTED = (*_MASTERS, "stock")
"""What an import takes again; ``stock`` is every key that is not zero, accounts included."""
EXPORTS = (*IMPORTED, "ledger", "events", "devices")
"""What can be exported."""


def export_lines(store: CentralStore, wanted: Wanted, form: str) -> Iterator[str]:
    """Yield the lines of an export, each with its line end.

    Raises:
        CentralError: there is no such export or form.
    """
    if wanted.what not in EXPORTS or form not in FORMATS:
        raise CentralError(f"Export one of {', '.join(EXPORTS)} as one of {', '.join(FORMATS)}.")
    return _lines_of(store, wanted, form)


def _lines_of(store: CentralStore, wanted: Wanted, form: str) -> Iterator[str]:
    with store.reading() as connection:
        yield from lines(exported(connection, wanted), form)


def export_folder(store: CentralStore, folder: Path, wanted: list[Wanted], form: str) -> None:
    """Write a file for each export, all from one moment of the store.

    Raises:
        CentralError: a file cannot be written.
    """
    with ExitStack() as stack:
        connection = stack.enter_context(store.reading())
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for one in wanted:
                with (folder / f"{one.what}.{form}").open("w", encoding="utf-8", newline="") as file:
                    file.writelines(lines(exported(connection, one), form))
        except OSError as trouble:
            raise CentralError(f"{folder} cannot be written: {trouble.strerror}.") from trouble


def exported(connection: Connection, wanted: Wanted) -> Exported:
    """Begin an export; its rows are read as they are taken."""
    if wanted.moment is not None:
        return Exported(["site", *KEY_NAMES, "quantity"], _stock_as_of(connection, wanted.site, wanted.moment))
    export = _export_of(wanted)
    query = export.wanted
    if wanted.site:
        query = query.where(query.selected_columns["site"] == wanted.site)
    names = ["event" if column.name == "payload" else str(column.name) for column in query.selected_columns]
    rows = _rows(connection, query, export.shown)
    if wanted.what == "ledger":
        return Exported([*names, "booking_date"], _with_booking_dates(connection, rows))
    return Exported(names, rows)


def _with_booking_dates(connection: Connection, rows: Iterator[Row]) -> Iterator[Row]:
    """Add the date for finance: that to which a row was moved, else the day by its site's calendar."""
    calendars: dict[str, Calendar] = {}
    for row in rows:
        site = row["site"]
        if site not in calendars:
            calendars[site] = calendar_of(connection, site)
        yield row | {"booking_date": row["booked"] or calendars[site].day_of(row["effective_us"]).isoformat()}


def _stock_as_of(connection: Connection, site: str, moment: Moment) -> Iterator[Row]:
    for key, balance in balances_as_of(connection, site, moment):
        yield {"site": site, **msgspec.structs.asdict(key), "quantity": show_quantity(balance)}


def _rows(connection: Connection, query: Select[Any], shown: Callable[[Row], Row]) -> Iterator[Row]:
    with connection.execution_options(yield_per=_ROWS_PER_FETCH).execute(query) as found:
        for row in found:
            yield shown(dict(row._mapping))


def lines(export: Exported, form: str) -> Iterator[str]:
    """Write an export as CSV with a header, or as JSON lines."""
    if form == "jsonl":
        for row in export.rows:
            yield _encode(row).decode() + "\n"
        return
    yield _csv_line(export.names)
    for row in export.rows:
        yield _csv_line([_cell(name, row[name]) for name in export.names])


def _csv_line(values: list[Any]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(values)
    return line.getvalue()


def _cell(name: str, value: Any) -> Any:
    text = cell_text(value)
    return text if name in DECIMALS or isinstance(value, int) else safe_cell(text)


def cell_text(value: Any) -> str:
    """Write a value as one cell."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return " ".join(value)
    return bytes(value).decode() if isinstance(value, msgspec.Raw) else str(value)
