"""What is taken and noted: near misses, names of two kinds, units nobody can count in; and files that are no tables."""

from pathlib import Path

import pytest

from scanner_app.domain.catalog import Item, Lot
from scanner_app.errors import CentralError
from sync.central.database.master_tables import IMPORTED
from sync.central.database.store import CentralStore
from sync.central.imports.column_maps import read_maps
from sync.central.imports.run import ImportReport, Wish, run_import
from tests.central.databases import ON_SQLITE
from tests.central.imports.test_files import _rows, _write
from tests.central.warehouse import NOW_US, SITE

pytestmark = ON_SQLITE
Noted = list[tuple[str, int, str]]


def _import(store: CentralStore, source: Path, **wish: bool) -> ImportReport:
    return run_import(store, source, NOW_US, Wish(SITE, **wish))


def _places(report: ImportReport) -> Noted:
    assert report.refusals == ()
    return [(note.file, note.row, note.column) for note in report.notes]


@pytest.mark.parametrize(
    ("tables", "where"),
    [
        (
            {"locations": "location,zone,walk_order,profile\nD,p,1,BIN\nd,p,2,BIN\n"},
            ("locations.csv", 3, "location"),
        ),
        ({"locations": "location,zone,walk_order,profile\na,p,1,BIN\n"}, ("locations.csv", 2, "location")),
        ({"items": "item,name,base_unit\nnut,Nut,EA\n"}, ("items.csv", 2, "item")),
        ({"items": "item,name,base_unit\nÖse,X,EA\nO\u0308se,X,EA\n"}, ("items.csv", 3, "item")),
        ({"lots": "item,lot\nGLUE,l1\n"}, ("lots.csv", 2, "lot")),
        ({"plates": "plate,location\np1,A\n"}, ("plates.csv", 2, "plate")),
        ({"barcodes": "code,item,unit\nEAN-x,NUT,EA\nEAN-X,NUT,EA\n"}, ("barcodes.csv", 3, "code")),
        ({"items": "item,name,base_unit\nA,Nut,EA\n"}, ("items.csv", 2, "item")),
        ({"items": "item,name,base_unit\nP1,Nut,EA\n"}, ("items.csv", 2, "item")),
        ({"barcodes": "code,item,unit\nB,NUT,EA\n"}, ("barcodes.csv", 2, "code")),
        ({"locations": "location,zone,walk_order,profile\n111,p,1,BIN\n"}, ("locations.csv", 2, "location")),
        ({"locations": "location,zone,walk_order,profile,label\nX,p,1,BIN,222\n"}, ("locations.csv", 2, "label")),
        ({"plates": "plate,location\nNUT,A\n"}, ("plates.csv", 2, "plate")),
        ({"units": "item,unit,factor\nNUT,LB,0.4536\n"}, ("units.csv", 2, "factor")),
        ({"lots": "item,lot\nNUT,L9\n"}, ("lots.csv", 2, "lot")),
        ({"units": "item,unit,factor\nNUT,cs,6\n"}, ("units.csv", 2, "unit")),
        ({"units": "item,unit,factor\nNUT,2,6\n"}, ("units.csv", 2, "unit")),
        ({"units": "item,unit,factor\nNUT,A B,6\n"}, ("units.csv", 2, "unit")),
        ({"barcodes": "code,item,unit\nBOLT,NUT,EA\n"}, ("barcodes.csv", 2, "code")),
        ({"barcodes": "code,item,unit\nb-w1,NUT,EA\n"}, ("barcodes.csv", 2, "code")),
        ({"locations": "location,zone,walk_order,profile\nb-w1,p,1,BIN\n"}, ("locations.csv", 2, "location")),
    ],
)
def test_what_is_odd_is_noted_also_by_a_dry_run(
    store: CentralStore, tmp_path: Path, tables: dict[str, str], where: tuple[str, int, str]
) -> None:
    folder = _write(tmp_path, **tables)
    assert _places(_import(store, folder, is_trial=True)) == [where]
    assert _places(_import(store, folder)) == [where]
    assert _places(_import(store, folder)) == []


@pytest.mark.parametrize("lot", ["CMD:BACK", "7cmd:undo", ".b"])
def test_a_lot_that_looks_like_a_command_is_noted(store: CentralStore, tmp_path: Path, lot: str) -> None:
    folder = _write(tmp_path, lots=f"item,lot\nGLUE,{lot}\n")
    assert _places(_import(store, folder)) == [("lots.csv", 2, "lot")]


def test_what_is_not_odd_is_not_noted(store: CentralStore, tmp_path: Path) -> None:
    folder = _write(
        tmp_path,
        items="item,name,base_unit,decimals\nKG1,X,KG,3\n",
        units="item,unit,factor\nKG1,LB,0.454\nNUT,BOX,0.5\n",
        lots="item,lot\nGLUE,L2\nGLUE,L3\n",
        locations="location,zone,walk_order,profile\nA-1,p,1,BIN\nA-2,p,2,BIN\n",
    )
    assert _places(_import(store, folder)) == []


@pytest.mark.parametrize("text", ["", "item,name,base_unit\n", "\n\n"])
def test_an_empty_table_is_named(store: CentralStore, tmp_path: Path, text: str) -> None:
    report = _import(store, _write(tmp_path, items=text, stock="place,item,quantity\n"))
    assert _places(report) == [("items.csv", 1, ""), ("stock.csv", 1, "")]
    assert ({note.reason for note in report.notes}, report.read) == (
        {"this table has 0 rows"},
        {"items": 0, "stock": 0},
    )


def test_files_that_are_not_taken_are_named(store: CentralStore, tmp_path: Path) -> None:
    folder = _write(tmp_path, items="item,name,base_unit\nX,X,EA\n")
    names = ("items.xls", "items.ods", "stock.txt", "~$items.xlsx", "other.csv", "Stock.CSV")
    for name in (*names, "README.md"):
        (folder / name).touch()
    report = _import(store, folder)
    assert {note.file for note in report.notes} == set(names)
    assert next(note.reason for note in report.notes if note.file == "Stock.CSV").endswith(
        "write its name small, stock.csv"
    )
    with pytest.raises(CentralError, match=r"save it as \.csv, \.jsonl, \.xlsx"):
        _import(store, folder / "items.xls")


@pytest.mark.parametrize("first", ["sep=;\r\n", "SEP=;\n", '"sep=;"\n', "\ufeffsep=;\r\n"])
def test_a_line_that_names_the_separator_is_passed_over(store: CentralStore, tmp_path: Path, first: str) -> None:
    report = _import(store, _write(tmp_path, items=f"{first}item;name;base_unit\nX,1;Y;EA\n@;Y;EA\n"), skips_bad=True)
    assert [(refusal.row, refusal.column) for refusal in report.refusals] == [(4, "item")]
    assert ("X,1",) in _rows(store, Item, "item")


def test_headers_are_read_whatever_their_case_and_blanks(store: CentralStore, tmp_path: Path) -> None:
    assert _import(store, _write(tmp_path, items="ITEM, Name ,Base  Unit\nX,Y,EA\n")).refusals == ()
    assert ("X", "Y", "EA") in _rows(store, Item, "item", "name", "base_unit")


def test_a_map_may_leave_the_others_and_say_how_days_are_written(store: CentralStore, tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text(
        '[lots]\nothers = "leave"\ndays = "DD/MM/YYYY"\n'
        '[lots.columns]\nArtikel = "item"\ncharge = "lot"\nMHD = "expires"\n'
    )
    folder = _write(tmp_path, lots="ARTIKEL,Charge,MHD,Preis\nGLUE,L2,31/01/2025,9\nGLUE,L3,01/31/2025,9\nGLUE,L4,,9\n")
    maps = read_maps(tmp_path / "map.toml", IMPORTED)
    report = run_import(store, folder, NOW_US, Wish(SITE, skips_bad=True), maps=maps)
    assert [(refusal.row, refusal.column) for refusal in report.refusals] == [(3, "MHD")]
    assert {("L2", "2025-01-31"), ("L4", "")} <= _rows(store, Lot, "lot", "expires")


def test_a_day_is_never_guessed(store: CentralStore, tmp_path: Path) -> None:
    folder = _write(tmp_path, lots="item,lot,expires\nGLUE,L2,31/01/2025\n")
    assert [refusal.column for refusal in _import(store, folder).refusals] == ["expires"]


@pytest.mark.parametrize("line", ['others = "guess"', 'days = "DD.MM.YY"', 'days = "DD/DD/YYYY"'])
def test_a_wrong_map_is_told(store: CentralStore, tmp_path: Path, line: str) -> None:
    (tmp_path / "map.toml").write_text(f"[lots]\n{line}\n")
    with pytest.raises(CentralError, match="column map"):
        read_maps(tmp_path / "map.toml", IMPORTED)


@pytest.mark.parametrize(
    ("rows", "noted"),
    [
        ("A,GLUE,L1,,1\nB,GLUE,l1,,1\n", [3, 3]),
        ("A,GLUE,L7,,1\nB,GLUE,l7,,1\n", [2, 3, 3]),
        ("A,SAW,,s9,1\nB,SAW,,S9,1\n", [3]),
        ("A,SAW,,s9,1\nB,DRILL,,S9,1\nA,SAW,,s8,1\n", []),
    ],
)
def test_stock_that_would_be_a_twin_is_noted(store: CentralStore, tmp_path: Path, rows: str, noted: list[int]) -> None:
    items = "item,name,base_unit,tracking\nSAW,Saw,EA,serial\nDRILL,Drill,EA,serial\n"
    folder = _write(tmp_path, items=items, stock=f"place,item,lot,serial,quantity\n{rows}")
    assert [note.row for note in _import(store, folder, is_trial=True).notes] == noted


def test_that_only_one_person_may_decide_is_noted_and_two_badges_of_one_are_one(
    store: CentralStore, tmp_path: Path
) -> None:
    head = "operator,name,badge,pin,roles,person\n"
    one_more = f"{head}s1,Supervisor 1,b-s1,,supervisor,\ns9,Supervisor 1,b-s9,481516,supervisor,s1\n"
    report = _import(store, _write(tmp_path, operators=one_more))
    notes = [note for note in report.notes if note.column == "roles"]
    assert [(note.row, note.reason.startswith("only s1 may decide here")) for note in notes] == [(2, True)]
    another = f"{head}s2,Supervisor 2,b-s2,481516,supervisor,\n"
    assert "roles" not in {note.column for note in _import(store, _write(tmp_path, operators=another)).notes}
