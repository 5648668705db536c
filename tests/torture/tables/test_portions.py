"""Rows that are read column by column are those that are read one by one, and so is all that is said of them."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
import xlsxwriter
from msgspec import Struct

from scanner_app.domain.catalog import Item, Stock
from sync.central.database.master_tables import MASTER_KINDS
from sync.central.imports import sheets
from sync.central.imports.column_maps import TableMap, find_books
from sync.central.imports.sheet_portions import NotAtOnceError, read_at_once
from sync.central.imports.sheets import Sheet
from sync.central.imports.table_files import TableFile
from tests.extent import SEED, extent
from tests.torture.tools.spoilt_tables import demo_tables, write_spoilt

STRUCTS: dict[str, type[Struct]] = {**{kind.file: kind.struct for kind in MASTER_KINDS}, "stock": Stock}
FOLDERS = extent(12, 500)
_ROWS = 5
_at_once = read_at_once


def _never(*_what: Any) -> Iterator[Any]:
    raise NotAtOnceError


def _lines(book: TableFile, struct: type[Struct]) -> tuple[list[Any], int, tuple[str, ...]]:
    """What is read and what is noted, in the order in which it is told."""
    told: list[Any] = []
    sheet = Sheet(book, struct, "DC1", TableMap(), lambda *note: told.append(note))
    for line in sheet.lines():
        told.append(line)
    return told, sheet.count, sheet.absent


def test_every_table_reads_the_same_at_once_and_row_by_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = demo_tables(tmp_path / "demo")
    taken: list[bool] = []

    def counted(*what: Any) -> Iterator[Any]:
        taken.append(False)
        values = _at_once(*what)
        taken[-1] = True
        return values

    monkeypatch.setattr(sheets, "ROWS", _ROWS)
    for number in range(FOLDERS):
        folder = tmp_path / str(number)
        write_spoilt(folder, tables, Random(f"{SEED}/{number}"))
        for name, book in find_books(folder, STRUCTS, {}).items():
            monkeypatch.setattr(sheets, "read_at_once", _never)
            one_by_one = _lines(book, STRUCTS[name])
            monkeypatch.setattr(sheets, "read_at_once", counted)
            assert _lines(book, STRUCTS[name]) == one_by_one, (number, name)
    assert taken.count(True) > taken.count(False) > 0


def test_a_cell_that_a_spreadsheet_has_made_is_not_taken_for_the_same_text(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "items.xlsx") as workbook:
        sheet = workbook.add_worksheet("items")
        for number, row in enumerate([["item", "name", "base_unit"], ["true", "A", "EA"], [True, "B", "EA"]]):
            sheet.write_row(number, 0, row)
    told, _count, _absent = _lines(TableFile(tmp_path / "items.xlsx", "items"), Item)
    assert (told[0].row, told[0].value.item) == (2, "true")
    (refusal,) = told[1].refusals
    assert (refusal.row, refusal.column) == (3, "item")
    assert refusal.reason.startswith("a spreadsheet has made true or false of this")
