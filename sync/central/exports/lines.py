"""Exports as lines of CSV or JSON, one row at a time from one moment of the store.

In CSV, a text cell that a spreadsheet would take for a formula is made harmless; see
:mod:`sync.central.imports.formulas`. Numbers are left alone, also negative ones.
"""

import csv
import io
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import msgspec

from scanner_app.errors import CentralError
from sync.central.database.store import CentralStore
from sync.central.exports.listing import NUMBERS
from sync.central.exports.listings import LISTINGS, Exported, Selection, exported, prepare
from sync.central.imports.cell_readers import CODES
from sync.central.imports.formulas import safe_cell, safe_code

FORMATS = ("csv", "jsonl")
_encode = msgspec.json.Encoder().encode


def export_lines(store: CentralStore, selection: Selection, form: str) -> Iterator[str]:
    """Yield the lines of an export, each with its line end.

    Raises:
        CentralError: there is no such export or form.
    """
    if selection.what not in LISTINGS or form not in FORMATS:
        raise CentralError(f"Export one of {', '.join(LISTINGS)} as one of {', '.join(FORMATS)}.")
    return _lines_of(store, selection, form)


def _lines_of(store: CentralStore, selection: Selection, form: str) -> Iterator[str]:
    prepare(store, [selection])
    with store.reading() as connection:
        yield from lines(exported(connection, selection), form)


def export_folder(store: CentralStore, folder: Path, selections: list[Selection], form: str) -> None:
    """Write a file for each export, all from one moment of the store.

    Raises:
        CentralError: a file cannot be written.
    """
    prepare(store, selections)
    with ExitStack() as stack:
        connection = stack.enter_context(store.reading())
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for selection in selections:
                with (folder / f"{selection.what}.{form}").open("w", encoding="utf-8", newline="") as file:
                    file.writelines(lines(exported(connection, selection), form))
        except OSError as trouble:
            raise CentralError(f"{folder} cannot be written: {trouble.strerror}.") from trouble


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
    if name in NUMBERS or isinstance(value, int):
        return text
    return safe_code(text) if name in CODES else safe_cell(text)


def cell_text(value: Any) -> str:
    """Write a value as one cell."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return " ".join(value)
    return bytes(value).decode() if isinstance(value, msgspec.Raw) else str(value)
