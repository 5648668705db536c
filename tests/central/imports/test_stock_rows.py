"""Opening stock is held against its item: what the floor refuses, no table brings in."""

from pathlib import Path

import pytest

from scanner_app.domain.catalog import Tracking
from sync.central.audit.verification import verify
from sync.central.database.store import CentralStore
from sync.central.imports.run import ImportReport, Wish, run_import
from tests.central.databases import ON_SQLITE
from tests.central.warehouse import NOW_US, SITE, event, move, push

pytestmark = ON_SQLITE
ITEMS = "item,name,base_unit,tracking,decimals\n" + "".join(
    f"{tracking.upper()}{decimals},X,EA,{tracking},{decimals}\n" for tracking in Tracking for decimals in (0, 3)
)


def _import(store: CentralStore, folder: Path, stock: str, items: str = ITEMS, **wish: bool) -> ImportReport:
    folder.mkdir(exist_ok=True)
    (folder / "items.csv").write_text(items)
    (folder / "stock.csv").write_text(f"place,item,lot,serial,quantity\n{stock}")
    return run_import(store, folder, NOW_US, Wish(SITE, **wish))


@pytest.mark.parametrize(
    ("row", "column", "told"),
    [
        ("A,NONE0,,,0.5", "quantity", "at most 0 decimals"),
        ('A,NONE0,,,"1,234"', "quantity", "at most 0 decimals"),
        ("A,NONE3,,,0.0001", "quantity", "at most 3 decimals"),
        ("A,NONE0,L1,,1", "lot", "item NONE0 is not kept by lot"),
        ("A,NONE0,,S1,1", "serial", "item NONE0 is not kept by serial"),
        ("A,LOT0,,,1", "lot", "item LOT0 is kept by lot: which lot"),
        ("A,LOT0,L1,S1,1", "serial", "item LOT0 is not kept by serial"),
        ("A,SERIAL0,,,1", "serial", "item SERIAL0 is kept by serial: which serial"),
        ("A,SERIAL0,,S1,2", "quantity", "a serial is one piece"),
        ("A,SERIAL3,,S1,0.5", "quantity", "a serial is one piece"),
        ("A,LOT_SERIAL0,L1,,1", "serial", "item LOT_SERIAL0 is kept by serial: which serial"),
        ("A,LOT_SERIAL0,,S1,1", "lot", "item LOT_SERIAL0 is kept by lot: which lot"),
        ("@hand:w1,NONE0,,,0.5", "quantity", "at most 0 decimals"),
    ],
)
def test_stock_that_cannot_be_is_refused(store: CentralStore, tmp_path: Path, row: str, column: str, told: str) -> None:
    report = _import(store, tmp_path, f"{row}\nB,NONE0,,,1\n", skips_bad=True)
    assert [(one.row, one.column) for one in report.refusals] == [(2, column)]
    assert report.refusals[0].reason.startswith(told)
    assert (report.is_taken, report.stock, verify(store)) == (True, 1, [])


@pytest.mark.parametrize("row", ["A,NONE3,,,1.234", "A,LOT_SERIAL3,L1,S1,1", "A,SERIAL0,,S1,1", "A,NONE0,,,1.000"])
def test_stock_that_can_be_is_taken_without_a_word(store: CentralStore, tmp_path: Path, row: str) -> None:
    report = _import(store, tmp_path, f"{row}\n")
    assert (report.refusals, report.stock) == ((), 1)
    assert [note for note in report.notes if note.column != "lot"] == []


def test_a_mark_before_three_digits_is_noted(store: CentralStore, tmp_path: Path) -> None:
    report = _import(store, tmp_path, 'A,NONE3,,,"1,234"\n')
    assert [(one.row, one.column, one.reason) for one in report.notes] == [
        (2, "quantity", "1,234 was read as 1.234, and not as 1234")
    ]


def test_a_serial_is_in_one_place(store: CentralStore, tmp_path: Path) -> None:
    report = _import(store, tmp_path, "A,SERIAL0,,S1,1\nB,SERIAL0,,S1,1\nB,SERIAL0,,S2,1\n", skips_bad=True)
    assert [(one.row, one.column, one.reason[:25]) for one in report.refusals] == [
        (2, "serial", "serial S1 is in row 3, to"),
        (3, "serial", "serial S1 is in row 2, to"),
    ]
    assert report.stock == 1
    again = _import(store, tmp_path, "A,SERIAL0,,S2,1\n")
    assert [one.reason for one in again.refusals] == ["serial S2 is at B already: of each there is one"]
    assert _import(store, tmp_path, "B,SERIAL0,,S2,1\n").refusals == ()


def test_a_serial_that_the_floor_has_moved_stays_opened(store: CentralStore, tmp_path: Path) -> None:
    _import(store, tmp_path, "A,SERIAL0,,S1,1\n")
    push(store, [event(1, move("A", "B", item="SERIAL0", serial="S1"))])
    report = _import(store, tmp_path, "A,SERIAL0,,S1,1\n")
    assert (report.refusals, report.stock) == ((), 0)


def test_stock_in_lots_that_nobody_knows_is_noted(store: CentralStore, tmp_path: Path) -> None:
    report = _import(store, tmp_path, "B,GLUE,L1,,1\nB,GLUE,NEW,,1\n", items="item,name,base_unit\nX,X,EA\n")
    assert (report.refusals, [(one.row, one.column) for one in report.notes]) == ((), [(3, "lot")])
