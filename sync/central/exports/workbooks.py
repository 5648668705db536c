"""Workbooks (Excel, XLSX): exports as sheets, written row by row; texts stay texts, so that no cell is a formula."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

from scanner_app.errors import CentralError
from sync.central.database.store import CentralStore
from sync.central.exports.lines import cell_text
from sync.central.exports.listing import NUMBERS
from sync.central.exports.listings import LISTINGS, Exported, Selection, exported, prepare

FORMAT = "xlsx"
ROWS_MAX = 1_048_576
"""Rows of one sheet, its header among them; what is left goes on in the sheet ``items 2`` and so on."""
_OPTIONS = {
    "constant_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False,
}  # fmt: skip


def export_workbook(store: CentralStore, path: Path, selections: Sequence[Selection], rows_max: int = ROWS_MAX) -> None:
    """Write a workbook with a sheet for each export, all from one moment of the store.

    Raises:
        CentralError: the file cannot be written.
    """
    for selection in selections:
        if not LISTINGS[selection.what].fits_sheet:
            what = selection.what
            raise CentralError(f"A cell of a workbook has no room for {what}. Export {what} as csv or jsonl.")
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import XlsxWriterException

    prepare(store, selections)
    try:
        with store.reading() as connection, Workbook(path, _OPTIONS) as workbook:
            for selection in selections:
                _write(workbook, selection.what, exported(connection, selection), rows_max)
    except (OSError, XlsxWriterException) as trouble:
        raise CentralError(f"{path} cannot be written: {trouble}.") from trouble


def _write(workbook: Any, name: str, export: Exported, rows_max: int) -> None:
    sheet, at, number = None, rows_max, 0
    for row in chain([None], export.rows):
        if at == rows_max:
            number += 1
            sheet = workbook.add_worksheet(name if number == 1 else f"{name} {number}")
            sheet.write_row(0, 0, export.names)
            at = 1
        if row is not None:
            for column, field in enumerate(export.names):
                _write_cell(sheet, (at, column), field, row[field])
            at += 1


def _write_cell(sheet: Any, at: tuple[int, int], field: str, value: Any) -> None:
    text = cell_text(value)
    is_number = field in NUMBERS or (isinstance(value, int) and not isinstance(value, bool))
    if is_number and text and Decimal(repr(float(text))) == Decimal(text):
        sheet.write_number(*at, float(text))
    else:
        sheet.write_string(*at, text)
