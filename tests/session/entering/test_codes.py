"""A worker scans what suppliers print: goods by any label, weights as quantities, and what is no code by its name."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from scanner_app.domain.catalog import Barcode, Item, Location, Stock, Tracking
from scanner_app.domain.check_digit import check_digit
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.moved import Moved
from scanner_app.domain.quantity import whole
from scanner_app.session.context import Settings
from tests.warehouse import Floor, Ticking

CHEESE, GLUE = "04006381330046", "04006381330015"
HERE, THERE = "A-01-05", "A-01-01"
SHOP = "211234500000" + check_digit("211234500000")
MORE = [
    Item("CHEESE", "Cheese", "KG", decimals=3),
    Barcode(CHEESE, "CHEESE", "KG"),
    Barcode(SHOP, "CHEESE", "KG"),
    Item("GLUE", "Glue", "EA", Tracking.LOT),
    Barcode(GLUE, "GLUE", "EA"),
    Barcode("H7R9PUMP11", "GLUE", "EA"),
    Barcode("GL-5", "GLUE", "EA"),
    Stock(HERE, "CHEESE", "", "", "OWN", "AVAILABLE", whole(50)),
    Stock(HERE, "GLUE", "L1", "", "OWN", "AVAILABLE", whole(50)),
    Location("A-09-09", "N", 90, "bin"),
]


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Floor]:
    settings = Settings(patterns=("21IIIIIWWWWWC", "LOC:*"))
    floor = Floor(tmp_path, Ticking(1_790_000_000_000_000), more=MORE, settings=settings)
    floor.move()
    yield floor
    floor.close()


def moved(floor: Floor) -> list[tuple[str, str, int]]:
    events = [msgspec.json.decode(payload, type=Event) for payload in floor.events()]
    legs = [leg for event in events if isinstance(event.fact, Moved) for leg in event.fact.legs[:1]]
    return [(leg.source.item, leg.source.lot, abs(leg.quantity)) for leg in legs]


@pytest.mark.parametrize(
    "code", [f"]e001{CHEESE}3103001250", f"]E0211234501250{check_digit('211234501250')}",
             f"]Q1https://example.com/01/{CHEESE}?3103=001250"]
)  # fmt: skip
def test_a_weight_on_a_label_is_the_quantity(shelf: Floor, code: str) -> None:
    shelf.say(HERE, code, THERE)
    assert moved(shelf) == [("CHEESE", "", 1_250_000)]


@pytest.mark.parametrize(
    "code", [f"(01){GLUE}(10)L1", f"01{GLUE}10L1~30005", f"https://example.com/gtin/{GLUE}/lot/L1",
             "[)>\x1e06\x1dPGL-5\x1d1TL1\x1e\x04", "+H7R9PUMP11/$L15", f"]d2\x1d01{GLUE}10L1"]
)  # fmt: skip
def test_goods_and_their_lot_come_by_any_label(shelf: Floor, code: str) -> None:
    view = shelf.say(HERE, code)
    view = view if "30005" in code else shelf.say("5")
    assert not view.halted, view.message
    shelf.say(THERE)
    assert moved(shelf) == [("GLUE", "L1", whole(5))]


def test_what_is_printed_around_a_place_is_left_off(shelf: Floor) -> None:
    assert not shelf.say("LOC:" + HERE, GLUE, "L1", "5", "LOC:" + THERE).halted
    assert moved(shelf) == [("GLUE", "L1", whole(5))]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("WIFI:S:office;T:WPA;P:none;;", "A Wi-Fi code. Scan place or item."),
        ("https://example.com/shop", "A web link. Scan place or item."),
        ("RR473124829DE", "A parcel number. Scan place or item."),
        ("]C14144006381000018", "Misread: scan again."),
        ("]C110L99", "Half of a label. Scan place or item."),
        ("]C14144006381000017", "No item in it. Scan place or item."),
        ("[)>06PGL-5", "The gun drops signs. Scan another."),
    ],
)  # fmt: skip
def test_what_is_no_code_of_goods_is_called_by_its_name(shelf: Floor, code: str, told: str) -> None:
    assert shelf.say(HERE, code).message == told


@pytest.mark.parametrize("code", ["WIFI:S:office;;", "https://example.com/shop", "]C18007DE02120300000000202052"])
def test_nothing_of_that_becomes_a_lot(shelf: Floor, code: str) -> None:
    assert shelf.say(HERE, GLUE, code).halted
    assert shelf.say(".k", code, ".k", "L1", "5", THERE)
    assert moved(shelf) == [("GLUE", "L1", whole(5))]
