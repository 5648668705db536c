"""Codes against their law: what a spreadsheet has made of them is refused, and a check digit that is wrong is noted."""

import datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from scanner_app.domain.catalog import Barcode, Lot
from sync.central.database.store import CentralStore
from sync.central.exports.lines import export_folder
from sync.central.exports.listings import Selection
from sync.central.imports.run import ImportReport, Wish, run_import
from tests.central.databases import ON_SQLITE
from tests.central.imports.test_files import _rows
from tests.central.warehouse import NOW_US, SITE

pytestmark = ON_SQLITE
HEADERS = {
    "items": ("item", "name", "base_unit"),
    "barcodes": ("code", "item", "unit"),
    "locations": ("location", "zone", "walk_order", "profile"),
    "plates": ("plate", "location"),
    "owners": ("owner", "name"),
    "statuses": ("status", "name"),
}
REST = {
    "items": ("X", "EA"), "barcodes": ("NUT", "EA"), "locations": ("p", "1", "BIN"), "plates": ("A",), "owners": ("X",),
    "statuses": ("X",),
}  # fmt: skip


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


def _table(folder: Path, kind: str, *codes: str) -> Path:
    folder.mkdir(exist_ok=True)
    lines = [HEADERS[kind], *((code, *REST[kind]) for code in codes)]
    text = "".join(",".join(map(_quoted, line)) + "\n" for line in lines)
    (folder / f"{kind}.csv").write_text(text, encoding="utf-8")
    return folder


def _import(store: CentralStore, source: Path, **wish: bool) -> ImportReport:
    return run_import(store, source, NOW_US, Wish(SITE, **wish))


@pytest.mark.parametrize("kind", HEADERS)
@pytest.mark.parametrize(
    "cell",
    ["4.00638e+12", "4.00638E12", "4,00638E+12", "4E+12", "4,006,381,333,931", "4.006.381.333.931", "4006381333931.0",
     "4006381333931,00"],
)  # fmt: skip
def test_numbers_in_disguise_are_refused(store: CentralStore, tmp_path: Path, kind: str, cell: str) -> None:
    report = _import(store, _table(tmp_path / "t", kind, cell))
    assert [(one.row, one.column) for one in report.refusals] == [(2, HEADERS[kind][0])]
    assert "spreadsheet" in report.refusals[0].reason


@pytest.mark.parametrize(
    ("cell", "code"),
    [('="4006381333931"', "4006381333931"), ("'0123456789012", "0123456789012"), ("'A1", "A1"), ("''A1", "'A1")],
)
def test_marks_around_a_text_mean_the_text(store: CentralStore, tmp_path: Path, cell: str, code: str) -> None:
    assert _import(store, _table(tmp_path / "t", "barcodes", cell)).is_taken
    assert (code,) in _rows(store, Barcode, "code")


@pytest.mark.parametrize("code", ["'A1", "'=1", '="x"', "=1", "''", "'5", "-7", "+x"])
def test_odd_codes_come_through_our_own_export(store: CentralStore, tmp_path: Path, code: str) -> None:
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "lots.jsonl").write_bytes(f'{{"item": "GLUE", "lot": {_json(code)}}}\n'.encode())
    assert _import(store, tmp_path / "t").refusals == ()
    export_folder(store, tmp_path / "out", [Selection("lots", SITE)], "csv")
    report = _import(store, tmp_path / "out")
    assert (report.refusals, report.counts["lots"].written) == ((), 0)
    assert ("GLUE", code) in _rows(store, Lot, "item", "lot")


def _json(text: str) -> str:
    return '"' + text.replace('"', '\\"') + '"'


@pytest.mark.parametrize(
    ("kind", "code", "told"),
    [
        ("barcodes", "4006381333932", "the check digit of 4006381333932 is wrong"),
        ("barcodes", "4006380000000", "the check digit of 4006380000000 is wrong"),
        ("barcodes", "36000291452", "36000291452 would be a GTIN with a zero before it"),
        ("plates", "395210000000000995", "the check digit of 395210000000000995 is wrong"),
    ],
)
def test_wrong_check_digits_are_noted(store: CentralStore, tmp_path: Path, kind: str, code: str, told: str) -> None:
    report = _import(store, _table(tmp_path / "t", kind, "FIRST", code), is_trial=True)
    assert [(one.row, one.column) for one in report.notes] == [(3, HEADERS[kind][0])]
    assert report.notes[0].reason.startswith(told)
    assert report.refusals == ()


def test_right_codes_are_not_noted(store: CentralStore, tmp_path: Path) -> None:
    codes = ("4006381333931", "036000291452", "96385074", "14006381333938", "1E5", "10.250.300", "12345678901")
    report = _import(store, _table(tmp_path / "t", "barcodes", *codes))
    assert (report.notes, report.refusals, report.counts["barcodes"].new) == ((), (), len(codes))


@pytest.mark.parametrize(
    ("cell", "form", "told"),
    [
        (datetime.date(2026, 3, 1), "yyyy-mm-dd", "made a date of this"),
        (4.5, "", "made a number of this"),
        (42, "00000", "made a number of this"),
        (True, "", "made true or false of this"),
    ],
)
def test_what_is_no_text_is_no_code(store: CentralStore, tmp_path: Path, cell: Any, form: str, told: str) -> None:
    with xlsxwriter.Workbook(tmp_path / "items.xlsx") as workbook:
        sheet = workbook.add_worksheet("items")
        sheet.write_row(0, 0, HEADERS["items"])
        write = sheet.write_datetime if isinstance(cell, datetime.date) else sheet.write
        write(1, 0, cell, workbook.add_format({"num_format": form}) if form else None)
        sheet.write_row(1, 1, REST["items"])
    report = _import(store, tmp_path / "items.xlsx")
    assert [(one.row, one.column) for one in report.refusals] == [(2, "item")]
    assert told in report.refusals[0].reason


def test_a_lot_that_the_floor_can_make_is_read(store: CentralStore, tmp_path: Path) -> None:
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "lots.csv").write_text("item,lot\nGLUE,.L7\nGLUE,'@L8\nGLUE,cmd:9\n")
    assert _import(store, tmp_path / "t").refusals == ()
    assert {("GLUE", ".L7"), ("GLUE", "@L8"), ("GLUE", "cmd:9")} <= _rows(store, Lot, "item", "lot")


def test_a_lot_that_the_floor_refuses_is_refused(store: CentralStore, tmp_path: Path) -> None:
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "lots.csv").write_text(f"item,lot\nGLUE,{'L' * 41}\n")
    assert [one.reason for one in _import(store, tmp_path / "t").refusals] == ["the code is longer than 40 characters"]


@pytest.mark.parametrize("verifier", ["246831", "$argon2id$v=19$m=4194304,t=2,p=1$c2FsdHNhbHQ$" + "A" * 43, "x"])
def test_a_hash_that_is_none_is_refused_and_not_told(store: CentralStore, tmp_path: Path, verifier: str) -> None:
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "operators.csv").write_text(f'operator,name,badge,verifier\nw7,New,b-7,"{verifier}"\n')
    refusals = _import(store, tmp_path / "t").refusals
    assert [(one.row, one.column) for one in refusals] == [(2, "verifier")]
    assert "246831" not in refusals[0].reason


@pytest.mark.parametrize("pin", ["123456", "111111", "100138"])
def test_a_simple_pin_is_refused(store: CentralStore, tmp_path: Path, pin: str) -> None:
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "operators.csv").write_text(f"operator,name,badge,pin\n1001,New,B-1001,{pin}\n")
    refusals = _import(store, tmp_path / "t").refusals
    assert [(one.row, one.column) for one in refusals] == [(2, "pin")]
    assert pin not in refusals[0].reason


@pytest.mark.parametrize("lot", ["1E+5", "1E+05", "1e+05", "1E-5", "1.5E5", "4.00638E+12"])
def test_a_lot_that_looks_like_a_number_with_an_exponent_is_taken_and_noted(
    store: CentralStore, tmp_path: Path, lot: str
) -> None:
    """Goods may bear such a lot; no item and no barcode does, where it is refused."""
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "lots.csv").write_text(f"item,lot\nGLUE,{lot}\n", encoding="utf-8")
    report = _import(store, tmp_path / "t")
    assert [(one.row, one.column) for one in report.notes] == [(2, "lot")]
    assert "a spreadsheet has written" in report.notes[0].reason
    assert ("GLUE", lot) in _rows(store, Lot, "item", "lot")
