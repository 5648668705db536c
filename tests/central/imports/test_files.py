"""Importing what others write: any table, their column names, only a part, and nothing that would falsify the book."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from scanner_app.domain.catalog import Barcode, Item, Tolerance
from scanner_app.domain.item_rules import StockFault
from scanner_app.errors import CentralError
from sync.central.audit.verification import verify
from sync.central.book.counters import site_version
from sync.central.database.master_tables import BY_STRUCT, IMPORTED
from sync.central.database.store import CentralStore
from sync.central.exchange.feed import page_after
from sync.central.imports.column_maps import read_maps, with_columns
from sync.central.imports.formulas import plain_cell, safe_cell
from sync.central.imports.refusal_report import report_lines
from sync.central.imports.run import ImportReport, Wish, run_import
from sync.central.imports.stock_rows import WORDS
from sync.protocol import SINCE
from tests.central.warehouse import NOW_US, SHEETS, SITE, VERIFIER, event, move, push

ROWS = [["item", "name", "base_unit", "cost"], ["M8", "Müller-Öse, 8 mm", "EA", "1.25"], ["00042", "Größe", "M", "0.5"]]
Writer = Callable[[Path], None]


def _text(encoding: str, delimiter: str, bom: str = "") -> Writer:
    def write(folder: Path) -> None:
        text = io.StringIO()
        csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(ROWS)
        (folder / "items.csv").write_bytes((bom + text.getvalue()).encode(encoding))

    return write


def _xlsx(folder: Path) -> None:
    with xlsxwriter.Workbook(folder / "items.xlsx") as workbook:
        sheet = workbook.add_worksheet("anything")
        for number, row in enumerate(ROWS):
            sheet.write_row(number + 2, 0, row[:3])
            sheet.write(number + 2, 3, float(row[3]) if number else row[3])


def _json(folder: Path) -> None:
    lines = ['{"item": "M8", "name": "Müller-Öse, 8 mm", "base_unit": "EA", "cost": 1.25}']
    lines.append('{"item": "00042", "name": "Größe", "base_unit": "M", "cost": "0.5"}')
    (folder / "items.jsonl").write_text("\n".join(lines), encoding="utf-8")


def _import(store: CentralStore, source: Path, wish: Wish | None = None) -> ImportReport:
    return run_import(store, source, NOW_US, wish or Wish(SITE))


def _write(tmp_path: Path, **tables: str) -> Path:
    folder = tmp_path / "tables"
    folder.mkdir(exist_ok=True)
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def _rows(store: CentralStore, struct: type, *columns: str) -> set[tuple[Any, ...]]:
    table = BY_STRUCT[struct].table
    with store.reading() as connection:
        return {tuple(row) for row in connection.execute(select(*(table.c[name] for name in columns)))}


@pytest.mark.parametrize(
    "write",
    [
        _text("utf-8", ","),
        _text("utf-8", ";", "\ufeff"),
        _text("utf-16", "\t"),
        _text("utf-16-le", ";"),
        _text("cp1252", ";"),
        _xlsx,
        _json,
    ],
    ids=[
        "utf-8",
        "semicolons and mark",
        "utf-16 and tabs",
        "utf-16 without mark",
        "windows-1252",
        "xlsx",
        "json lines",
    ],
)
def test_the_same_table_in_any_form(store: CentralStore, tmp_path: Path, write: Writer) -> None:
    write(tmp_path)
    report = _import(store, next(path for path in tmp_path.iterdir() if path.stem == "items"))
    assert (report.refusals, report.counts["items"].new) == ((), 2)
    found = _rows(store, Item, "item", "name", "base_unit", "cost")
    assert {("M8", "Müller-Öse, 8 mm", "EA", 1_250_000), ("00042", "Größe", "M", 500_000)} <= found
    assert _import(store, tmp_path).counts["items"].written == 0


def test_what_a_spreadsheet_spoilt_is_refused(store: CentralStore, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "items.xlsx") as workbook:
        sheet = workbook.add_worksheet("items")
        sheet.write_row(0, 0, ["item", "name", "base_unit"])
        sheet.write_row(1, 0, [12345678901234567890, "X", "EA"])
        sheet.write_row(2, 0, [4006381333931, "Y", "EA"])
        sheet.write_row(3, 0, ["Z", "#N/A", "EA"])
    report = _import(store, tmp_path, Wish(SITE, skips_bad=True))
    assert [(refusal.row, refusal.column) for refusal in report.refusals] == [(2, "item"), (4, "name")]
    assert ("4006381333931",) in _rows(store, Item, "item")
    report = _import(store, _write(tmp_path, items="item,name,base_unit\n4.00638E+12,X,EA\n"))
    assert "shortened" in report.refusals[0].reason


@pytest.mark.parametrize(("formula", "value", "what"), [("=NA()", "#N/A", "error"), ('=A9&"x"', "", "worked out")])
def test_a_cell_that_shows_an_error_is_not_empty(
    store: CentralStore, tmp_path: Path, formula: str, value: str, what: str
) -> None:
    with xlsxwriter.Workbook(tmp_path / "lots.xlsx") as workbook:
        workbook.add_worksheet("read me")
        sheet = workbook.add_worksheet("lots")
        sheet.write_row(0, 0, ["item", "lot", "expires"])
        sheet.write_row(1, 0, ["GLUE", "L7"])
        sheet.write_formula(1, 2, formula, None, value)
    refusal = _import(store, tmp_path).refusals[0]
    assert "C2" in refusal.reason
    assert what in refusal.reason


@pytest.mark.parametrize(
    ("tables", "column"),
    [
        ({"units": "item,unit,factor\nNUT,EA,10\n"}, "factor"),
        ({"units": "item,unit,factor\nNUT,ea,10\n"}, "factor"),
        ({"items": "item,name,base_unit\nNUT,Nut,CS\n"}, "base_unit"),
        ({"operators": "operator,name,badge,pin,verifier\n9,Nine,B-9,380152,x\n"}, "pin"),
        ({"barcodes": "code,item,unit\n]C1010400,NUT,EA\n"}, "code"),
        ({"items": "item,name,base_unit\n7CMD:UNDO,X,EA\n"}, "item"),
    ],
)
def test_what_nobody_could_use_rightly_is_refused(
    store: CentralStore, tmp_path: Path, tables: dict[str, str], column: str
) -> None:
    assert _import(store, _write(tmp_path, **tables)).refusals[0].column == column


def test_columns_have_their_own_names(store: CentralStore, tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text(
        '[items]\nfile = "Artikel.csv"\nvalues = { base_unit = "EA" }\n[items.columns]\nArtNr = "item"\nPreis = ""\n'
    )
    maps = with_columns(read_maps(tmp_path / "map.toml", IMPORTED), ["items:Bezeichnung=name"], IMPORTED)
    (tmp_path / "Artikel.csv").write_text("ArtNr;Bezeichnung;Preis\nM8;Öse;x\n@;Y;z\n", encoding="utf-8")
    report = run_import(store, tmp_path, NOW_US, Wish(SITE, skips_bad=True), maps=maps)
    assert [str(refusal)[:40] for refusal in report.refusals] == ["Artikel.csv, row 3, column ArtNr: a code"]
    assert ("M8", "Öse", "EA") in _rows(store, Item, "item", "name", "base_unit")


@pytest.mark.parametrize(
    "text", ["[nuts]\n", '[items]\ncolumn = "x"\n', "[items\n"], ids=["no such kind", "no such setting", "not TOML"]
)
def test_wrong_maps_are_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "map.toml").write_text(text)
    with pytest.raises(CentralError, match="map"):
        read_maps(tmp_path / "map.toml", IMPORTED)


def test_a_dry_run_says_the_same_and_does_nothing(store: CentralStore, tmp_path: Path) -> None:
    with store.reading() as connection:
        before = site_version(connection, SITE)
    folder = _write(tmp_path, items="item,name,base_unit\nNEW,New,EA\n", stock="place,item,quantity\nA,NEW,3\n")
    trial = _import(store, folder, Wish(SITE, is_trial=True))
    with store.reading() as connection:
        assert site_version(connection, SITE) == before
    real = _import(store, folder)
    assert (trial.is_taken, real.is_taken) == (False, True)
    assert (trial.counts, trial.stock) == (real.counts, real.stock)


def test_bad_rows_are_left_out_with_what_names_them(store: CentralStore, tmp_path: Path) -> None:
    folder = _write(
        tmp_path,
        items="item,name,base_unit\nGOOD,Good,EA\n.BAD,Bad,EA\nWORSE,Worse,EA\nWORSE,Worse,EA\n",
        barcodes="code,item,unit\n1,GOOD,EA\n2,.BAD,EA\n3,NONE,EA\n",
        stock="place,item,quantity\nA,GOOD,1\nB,GOOD,1\nB,GOOD,2\nA,NONE,5\n",
    )
    report = _import(store, folder, Wish(SITE, skips_bad=True))
    assert [(refusal.file, refusal.row) for refusal in report.refusals] == [
        ("barcodes.csv", 3),
        ("barcodes.csv", 4),
        ("items.csv", 3),
        ("items.csv", 5),
        ("stock.csv", 4),
        ("stock.csv", 5),
    ]
    assert (report.is_taken, report.stock, report.counts["items"].new, report.counts["barcodes"].new) == (True, 1, 2, 1)
    assert verify(store) == []


def test_a_column_that_is_not_there_says_nothing(store: CentralStore, tmp_path: Path) -> None:
    _import(store, _write(tmp_path, items="item,name,base_unit,abc\nNUT,Nut,EA,A\n"))
    _import(store, _write(tmp_path, items="item,name,base_unit\nNUT,Wing nut,EA\n"))
    assert ("NUT", "Wing nut", "A") in _rows(store, Item, "item", "name", "abc")


def test_an_operator_keeps_his_pin_and_a_new_one_needs_one(store: CentralStore, tmp_path: Path) -> None:
    report = _import(store, _write(tmp_path, operators="operator,name,badge\nw1,Renamed,b-w1\nw7,New,b-w7\n"))
    assert [refusal.row for refusal in report.refusals] == [3]
    assert _import(store, _write(tmp_path, operators="operator,name,badge\nw1,Renamed,b-w1\n")).is_taken


def test_rows_go_out_of_use(store: CentralStore, tmp_path: Path) -> None:
    report = _import(store, _write(tmp_path, items="item,name,base_unit,active\nBOLT,Bolt,EA,no\nNUT,Nut,EA,no\n"))
    assert report.counts["items"].deactivated == 2
    assert [note.reason[:28] for note in report.notes] == ["NUT goes out of use and stil"]
    assert {("BOLT", False), ("NUT", False), ("GLUE", True)} == _rows(store, Item, "item", "active")


def test_what_a_list_no_longer_has_goes_out_of_use(store: CentralStore, tmp_path: Path) -> None:
    wish = Wish(SITE, missing_percent_max=20)
    names = [f"I{number}" for number in range(100)]

    def table(kept: int) -> str:
        return "item,name,base_unit,tracking\nGLUE,Glue,EA,lot\n" + "".join(
            f"{name},X,EA,none\n" for name in names[:kept]
        )

    assert _import(store, _write(tmp_path, items=table(100)), wish).counts["items"].deactivated == 2
    assert _import(store, _write(tmp_path, items=table(85)), wish).counts["items"].deactivated == 15
    refused = _import(store, _write(tmp_path, items=table(5)), wish)
    assert (refused.is_taken, refused.refusals[0].reason[:36]) == (False, "80 of 86 rows are not in this table;")
    assert _import(store, _write(tmp_path, items=table(100)), wish).counts["items"].changed == 15


def test_a_barcode_moves_to_another_item_as_one_change(store: CentralStore, tmp_path: Path) -> None:
    report = _import(store, _write(tmp_path, barcodes="code,item,unit\n111,BOLT,EA\n"))
    assert [note.reason for note in report.notes] == ["111 was EA of item NUT and is now EA of item BOLT"]
    assert report.counts["barcodes"][:3] == (1, 0, 1)
    rows = {row[:3]: row[3] for row in _rows(store, Barcode, "code", "item", "active", "version")}
    assert rows["111", "NUT", False] == rows["111", "BOLT", True]
    with store.reading() as connection:
        pages = page_after(connection, SITE, rows["111", "BOLT", True] - 1, 1)
    assert {row.row for row in pages.rows} == {Barcode("111", "NUT", "EA", active=False), Barcode("111", "BOLT", "EA")}


def test_a_code_that_two_items_keep_stays_ambiguous(store: CentralStore, tmp_path: Path) -> None:
    report = _import(store, _write(tmp_path, barcodes="code,item,unit\n111,NUT,EA\n111,BOLT,EA\n"))
    assert (report.notes, report.counts["barcodes"][:3]) == ((), (1, 0, 0))
    assert _import(store, _write(tmp_path, barcodes="code,item,unit\n111,NUT,EA\n")).counts["barcodes"].written == 0


@pytest.mark.parametrize(
    ("row", "column"),
    [("NUT,Nut,KG,none,0", "base_unit"), ("NUT,Nut,EA,lot,0", "tracking"), ("GLUE,Glue,EA,lot,0", "")],
)
def test_stock_is_not_made_to_mean_something_else(store: CentralStore, tmp_path: Path, row: str, column: str) -> None:
    _import(store, _write(tmp_path, items="item,name,base_unit,tracking,decimals\nBOLT,Bolt,KG,lot,2\n"))
    report = _import(store, _write(tmp_path, items=f"item,name,base_unit,tracking,decimals\n{row}\n"))
    assert [refusal.column for refusal in report.refusals] == ([column] if column else [])


def test_fewer_decimals_are_refused_while_there_is_stock(store: CentralStore, tmp_path: Path) -> None:
    header = "item,name,base_unit,decimals\n"
    assert _import(store, _write(tmp_path, items=f"{header}NUT,Nut,EA,2\n")).is_taken
    assert _import(store, _write(tmp_path, items=f"{header}NUT,Nut,EA,1\n")).refusals[0].column == "decimals"


def test_accounts_are_left_out_and_what_is_in_a_hand_is_opened(store: CentralStore, tmp_path: Path) -> None:
    stock = "place,item,quantity\n'@adjustment,NUT,-7\n@hand:w1,BOLT,2\n@hand:nobody,BOLT,2\n@else,BOLT,1\nA,BOLT,-1\n"
    report = _import(store, _write(tmp_path, stock=stock), Wish(SITE, skips_bad=True))
    assert [(refusal.row, refusal.column) for refusal in report.refusals] == [
        (4, "place"),
        (5, "place"),
    ]
    notes = [(note.row, note.reason[:21]) for note in report.notes]
    assert (report.stock, notes) == (1, [(6, "the book was 1 of BOL"), (1, "1 rows of accounts we")])
    assert push(store, [event(1, move("A", "B"))])[0].outcome.counts_as_stock
    assert verify(store) == []


def test_tables_that_nobody_asks_for_are_named(store: CentralStore, tmp_path: Path) -> None:
    report = _import(store, _write(tmp_path, item="item\nX\n", owners="owner,name\nO,Owner\n"))
    assert [(note.file, report.is_taken) for note in report.notes] == [("item.csv", True)]
    (tmp_path / "tables" / "owners.jsonl").touch()
    with pytest.raises(CentralError, match=r"owners\.csv and owners\.jsonl"):
        _import(store, tmp_path / "tables")


def test_tolerances_are_kept_from_devices_that_do_not_know_them(store: CentralStore, tmp_path: Path) -> None:
    text = "tolerance,item,abc,percent,quantity\nnuts,NUT,,,5\nall,,,2.5,\nwrong,,A,,\n"
    report = _import(store, _write(tmp_path, tolerances=text), Wish(SITE, skips_bad=True))
    assert [(refusal.row, refusal.column) for refusal in report.refusals] == [(4, "percent")]
    with store.reading() as connection:
        sent = page_after(connection, SITE, 0, 1_000)
        kept_back = page_after(connection, SITE, 0, 1_000, protocol=1)
    tolerances = {row.row for row in sent.rows if isinstance(row.row, Tolerance)}
    assert tolerances == {Tolerance("nuts", item="NUT", quantity=5_000_000), Tolerance("all", percent=2_500_000)}
    assert [row for row in sent.rows if not isinstance(row.row, tuple(SINCE))] == list(kept_back.rows)
    assert kept_back.cursor == sent.cursor


@pytest.mark.parametrize(
    ("situation", "badges", "refused"),
    [
        ("a name of their own", {"w1": "ANN", "w2": "ANN"}, []),
        ("the other badge is the person", {"w1": "", "w2": "w1"}, []),
        ("a person named like oneself", {"w1": "w1", "w2": "w1"}, []),
        ("who is named is a badge of somebody else", {"w1": "ANN", "w2": "w1"}, [2, 3]),
        ("in a ring", {"w1": "w2", "w2": "w1"}, [2, 3]),
    ],
)
def test_a_badge_names_a_person_and_no_other_badge(
    store: CentralStore, tmp_path: Path, situation: str, badges: dict[str, str], refused: list[int]
) -> None:
    rows = "".join(f'{name},Ann,b-{name},"{VERIFIER}",{person}\n' for name, person in badges.items())
    text = f"operator,name,badge,verifier,person\n{rows}"
    report = _import(store, _write(tmp_path, operators=text), Wish(SITE, skips_bad=True))
    assert [(one.row, one.column) for one in report.refusals] == [(row, "person") for row in refused], situation


def test_a_person_does_not_become_a_badge_while_another_badge_names_it(store: CentralStore, tmp_path: Path) -> None:
    header = "operator,name,badge,verifier,person\n"
    rows = f'w1,Ann,b-w1,"{VERIFIER}",\nw2,Ann,b-w2,"{VERIFIER}",w1\n'
    assert _import(store, _write(tmp_path, operators=header + rows)).is_taken
    again = _import(store, _write(tmp_path, operators=f"{header}w1,Ann,b-w1,,ANN\n"))
    assert [one.column for one in again.refusals] == ["person"]


def test_reports_are_csv_that_is_safe_to_open(store: CentralStore, tmp_path: Path) -> None:
    report = _import(store, _write(tmp_path, items="item,name,base_unit,=cmd()\nX,Y,EA,1\n"))
    rows = list(csv.DictReader(report_lines(report)))
    assert [(row["what"], row["file"], row["row"], row["column"]) for row in rows] == [
        ("refused", "items.csv", "1", "'=cmd()")
    ]


@given(st.text())
def test_neutralised_cells_read_back(text: str) -> None:
    assert plain_cell(safe_cell(text)) == text
    assert safe_cell(text)[:1] not in tuple("=+-@\t\r")


def test_the_sheets_of_the_small_warehouse_are_all_of_the_tables() -> None:
    assert set(SHEETS) | {"tolerances", "double_counts", "reasons", "limits", "tasks", "plans"} == set(IMPORTED)


def test_every_fault_of_stock_has_its_words() -> None:
    assert set(WORDS) == set(StockFault)
