"""The CSV files of the demo warehouse, and the handout and the sheet that go with them."""

import csv
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

import pytest
import zxingcpp

from scanner_app.demo.files import FILES, columns, write_warehouse
from scanner_app.demo.handout import Handout
from scanner_app.demo.limits import ADJUST_ABOVE, CASE_ABOVE, told
from scanner_app.demo.people import DemoOperator
from scanner_app.demo.scale import SMALL, Scale
from scanner_app.demo.sheet import code128_svg, modules_of, sheet
from scanner_app.demo.warehouse import make_warehouse
from scanner_app.domain.capture.barcode import Reading, read
from scanner_app.domain.catalog import Barcode, Item, Location, LocationState
from scanner_app.domain.quantity import parse_quantity
from scanner_app.errors import ScannerError
from sync.central.database.store import init_store
from sync.central.imports.run import Wish, run_import

Table = list[dict[str, str]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "new" / "csv"


@pytest.fixture(scope="module")
def handout(folder: Path) -> Handout:
    return write_warehouse(folder, SMALL)


@pytest.fixture(scope="module")
def tables(folder: Path, handout: Handout) -> dict[str, Table]:
    return {path.name: list(csv.DictReader(path.open(encoding="utf-8", newline=""))) for path in folder.iterdir()}


def test_the_centre_takes_every_file_as_it_is(folder: Path, handout: Handout, tmp_path: Path) -> None:
    del handout
    with closing(init_store(str(tmp_path / "central.db"))) as store:
        report = run_import(store, folder, 1_790_000_000_000_000, Wish(is_trial=True))
    assert report.refusals == ()


def test_there_is_a_file_for_each_kind_with_its_columns(folder: Path, tables: dict[str, Table]) -> None:
    assert set(tables) == set(FILES.values())
    for kind, name in FILES.items():
        assert (folder / name).read_text(encoding="utf-8").splitlines()[0] == ",".join(columns(kind))
    assert columns(DemoOperator) == ["operator", "name", "badge", "pin", "roles", "language"]
    assert columns(Item)[-1] == "abc"


def test_rows_come_back_as_they_were(tables: dict[str, Table]) -> None:
    warehouse = make_warehouse(SMALL)
    stock = [(row["place"], row["serial"], parse_quantity(row["quantity"])) for row in tables["stock.csv"]]
    assert stock == [(row.place, row.serial, row.quantity) for row in warehouse.stock()]
    items = [(row["item"], row["name"], row["tracking"], row["has_expiry"]) for row in tables["items.csv"]]
    made = [good.item for good in warehouse.goods]
    assert items == [(item.item, item.name, item.tracking.value, str(item.has_expiry).lower()) for item in made]
    assert {row["roles"] for row in tables["operators.csv"]} == {"worker", "worker counter", "counter", "supervisor"}


def test_one_item_has_a_limit_and_the_visitor_is_told_which(tables: dict[str, Table], handout: Handout) -> None:
    limit, adjusting = tables["limits.csv"]
    assert (adjusting["item"], adjusting["process"], adjusting["case_quantity"]) == ("", "adjust", str(ADJUST_ABOVE))
    assert (limit["item"], limit["process"], limit["role"]) == (handout.plain[-1].item, "move", "worker")
    assert (limit["reason_quantity"], limit["case_quantity"], limit["case_value"]) == ("5", "20", "")
    assert int(handout.plain[-1].on_hand) > CASE_ABOVE
    assert handout.plain[-1].barcode in told(handout)[0]
    assert f"more than {ADJUST_ABOVE};" in told(handout)[1]


def test_writing_again_changes_nothing(folder: Path, handout: Handout, tmp_path: Path) -> None:
    assert write_warehouse(tmp_path, SMALL) == handout
    assert all(path.read_bytes() == (tmp_path / path.name).read_bytes() for path in folder.iterdir())


@pytest.mark.parametrize("scale", [SMALL, Scale(100, 300), Scale(2_000, 15_000)], ids=str)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_the_handout_says_is_so(scale: Scale, seed: int, tmp_path: Path) -> None:
    handout = write_warehouse(tmp_path, scale, seed)
    warehouse = make_warehouse(scale, seed)
    stock = list(warehouse.stock())
    place_of = {location.label or location.location: location for location in warehouse.locations}
    codes = {row.code: row for row in warehouse.masters() if isinstance(row, Barcode)}
    for find in (*handout.plain, *handout.lots):
        place = place_of[find.place].location
        there = [row for row in stock if (row.place, row.item, row.lot) == (place, find.item, find.lot)]
        assert [row.quantity for row in there] == [parse_quantity(find.on_hand)]
        assert codes[find.barcode].item == find.item
    assert len(handout.plain) == len(handout.lots) == 3
    assert all(codes[find.gs1[5:19]].item == find.item and find.gs1.endswith(f"10{find.lot}") for find in handout.lots)
    assert sum(row.place == handout.plate.place and row.item == handout.plate.item for row in stock) == 1
    assert not {row.place for row in stock} & set(handout.empty_places)
    assert len(handout.empty_places) == 3
    assert _states(handout, place_of) == (LocationState.BLOCKED, LocationState.CLOSED)


def _states(handout: Handout, place_of: dict[str, Location]) -> tuple[LocationState, LocationState]:
    return place_of[handout.blocked_place].state, place_of[handout.closed_place].state


def test_the_handout_fits_a_terminal_and_names_every_pin(handout: Handout) -> None:
    lines = [*handout.lines(), *told(handout)]
    assert max(map(len, lines)) <= 80
    assert all(any(person.pin in line and person.badge in line for line in lines) for person in handout.operators)


@pytest.mark.parametrize("code", ["B-1001", "A-01-02-03", "9520000005627", "395210000000000019", "%UNDO", "a\x1db"])
def test_a_printed_code_is_read_back_byte_for_byte(code: str) -> None:
    found = zxingcpp.read_barcode(_picture(code))
    assert found is not None
    assert found.bytes == code.encode()


def test_a_case_label_is_read_back_as_gs1(handout: Handout) -> None:
    found = zxingcpp.read_barcode(_picture(handout.lots[0].gs1))
    assert found is not None
    assert found.symbology_identifier == "]C1"
    assert "]C1" + found.bytes.decode() == handout.lots[0].gs1


def test_the_program_itself_reads_the_handout_as_meant(handout: Handout) -> None:
    for find in handout.lots:
        reading = read(find.gs1.encode())
        assert isinstance(reading, Reading)
        assert reading.label is not None
        assert (reading.label.gtin, reading.label.lot) == (find.gs1[5:19], find.lot)
    for code in (handout.plate.place, *handout.empty_places, *(find.place for find in handout.plain)):
        plain = read(code.encode())
        assert isinstance(plain, Reading)
        assert (plain.text, plain.codes[0], plain.label, plain.why.value) == (code, code, None, "")


@pytest.mark.parametrize("code", ["", "Müsli"])
def test_what_no_symbol_can_hold_is_refused(code: str) -> None:
    with pytest.raises(ScannerError, match="cannot be printed"):
        modules_of(code)


def test_the_bars_drawn_are_the_bars_of_the_symbol() -> None:
    path = ElementTree.fromstring(code128_svg("B-1001")).find("{http://www.w3.org/2000/svg}path")
    assert path is not None
    bars = [bar.split() for bar in path.attrib["d"].replace("M", "").split("z") if bar]
    drawn = {10 + i for i, module in enumerate(modules_of("B-1001")) if module == "1"}
    widths = [(int(start), int(rest.split("h")[1].split("v")[0])) for start, rest in bars]
    assert {start + i for start, width in widths for i in range(width)} == drawn


def test_the_sheet_holds_badges_commands_and_goods_as_safe_html(handout: Handout) -> None:
    page = sheet(handout, {"Undo <last>": "%UNDO"})
    assert page.count("<svg") == page.count("<figure>") == 8 + 1 + 6 + 12 + 2 + 6
    assert "Undo &lt;last&gt;" in page
    assert "PIN " + handout.operators[0].pin in page


def _picture(code: str) -> memoryview:
    """Rasterise the symbol as grey pixels: two a module, white around it."""
    row = (
        b"\xff" * 40
        + b"".join((b"\x00" if module == "1" else b"\xff") * 2 for module in modules_of(code))
        + b"\xff" * 40
    )
    return memoryview(row * 60).cast("B", (60, len(row)))
