"""Exports: what the store holds, as lines of CSV or JSON, one row at a time from one moment of the store.

In CSV, a text cell that a spreadsheet would take for a formula (starting with ``= + - @``, a tab or a return) gets an
apostrophe in front; that includes virtual places (``'@adjustment``). Numbers are left alone, also negative ones. JSON
lines hold every text as it is: what reads an export back reads those. Quantities are plain decimals of the base unit.
"""

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Select, select

from scanner_app.domain.quantity import show_quantity
from scanner_app.errors import CentralError
from sync.central.kinds import KINDS
from sync.central.schema import KEY_NAMES, events, ledger, stock
from sync.central.store import CentralStore

FORMATS = ("csv", "jsonl")
_FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")
_ROWS_PER_FETCH = 2_000
_encode = msgspec.json.Encoder().encode
_masters = {kind.file: kind.table for kind in KINDS}


class _Export(NamedTuple):
    """The query of an export and how a row of it is shown."""

    wanted: Select[Any]
    shown: Callable[[dict[str, Any]], dict[str, Any]]


def _as_is(row: dict[str, Any]) -> dict[str, Any]:
    return row


def _with_quantity(row: dict[str, Any]) -> dict[str, Any]:
    row["quantity"] = show_quantity(row["quantity"])
    return row


def _ledger_row(row: dict[str, Any]) -> dict[str, Any]:
    row["hash"] = bytes(row["hash"]).hex()
    return _with_quantity(row)


def _event_row(row: dict[str, Any]) -> dict[str, Any]:
    row["reasons"] = row["reasons"].split()
    row["event"] = msgspec.Raw(row.pop("payload"))
    return row


_EXPORTS: dict[str, _Export] = {
    "events": _Export(
        select(*events.c).order_by(events.c.site, events.c.received_us, events.c.device, events.c.sequence), _event_row
    ),
    "ledger": _Export(select(*ledger.c).order_by(ledger.c.site, ledger.c.recorded), _ledger_row),
    "stock": _Export(
        select(stock.c.site, *(stock.c[name] for name in KEY_NAMES), stock.c.quantity)
        .where(stock.c.quantity != 0)
        .order_by(stock.c.site, *(stock.c[name] for name in KEY_NAMES)),
        _with_quantity,
    ),
    **{
        name: _Export(select(*_masters[name].c).order_by(*_masters[name].primary_key), _as_is)
        for name in ("items", "locations")
    },
}
EXPORTS = tuple(_EXPORTS)
"""What can be exported; ``stock`` is every key that is not zero, virtual places included."""


def export_lines(store: CentralStore, what: str, form: str, site: str = "") -> Iterator[str]:
    """Yield the lines of an export, each with its line end; of all sites unless one is named.

    Raises:
        CentralError: there is no such export or form.
    """
    if what not in _EXPORTS or form not in FORMATS:
        raise CentralError(f"Export one of {', '.join(EXPORTS)} as one of {', '.join(FORMATS)}.")
    rows = _rows(store, _EXPORTS[what], site)
    return _json_lines(rows) if form == "jsonl" else _csv_lines(rows, _names(_EXPORTS[what]))


def _names(export: _Export) -> list[str]:
    return ["event" if column.name == "payload" else str(column.name) for column in export.wanted.selected_columns]


def _rows(store: CentralStore, export: _Export, site: str) -> Iterator[dict[str, Any]]:
    wanted = export.wanted.where(export.wanted.selected_columns["site"] == site) if site else export.wanted
    with store.reading() as connection:
        for row in connection.execution_options(yield_per=_ROWS_PER_FETCH).execute(wanted):
            yield export.shown(dict(row._mapping))


def _json_lines(rows: Iterator[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        yield _encode(row).decode() + "\n"


def _csv_lines(rows: Iterator[dict[str, Any]], names: list[str]) -> Iterator[str]:
    yield _csv_line(names)
    for row in rows:
        yield _csv_line([_cell(name, row[name]) for name in names])


def _csv_line(values: list[Any]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(values)
    return line.getvalue()


def _cell(name: str, value: Any) -> Any:
    if name == "quantity":
        return value
    if isinstance(value, msgspec.Raw):
        value = bytes(value).decode()
    elif isinstance(value, bool):
        value = str(value).lower()
    elif isinstance(value, list):
        value = " ".join(value)
    return safe_cell(value) if isinstance(value, str) else value


def safe_cell(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run as a formula."""
    return f"'{text}" if text.startswith(_FORMULA_MARKS) else text
