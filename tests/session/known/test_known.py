"""What is known is shown: lots and serials to choose from, a case in pieces, what is on a plate, whose goods it is."""

from pathlib import Path

import pytest

from scanner_app.domain.catalog import Item, Lot, Stock, Tracking, Unit
from scanner_app.domain.quantity import whole
from scanner_app.session.view.view import View
from tests.warehouse import CASE_GTIN, GTIN, Floor

CHEESE, DRILL, PLATE = "4006381333948", "4006381333955", "340123450000000017"
MORE = [
    Lot("100002", "L2", "2026-12-01"),
    Lot("100002", "2", ""),
    Stock("A-01-02", "100002", "L2", "", "OWN", "AVAILABLE", whole(3)),
    Stock("A-01-02", "100002", "L3", "", "ACME", "HOLD", whole(4)),
    Stock("A-01-02", "100002", "GONE", "", "OWN", "AVAILABLE", whole(-1)),
    Stock("A-01-04", "100003", "", "S-2", "OWN", "AVAILABLE", whole(1)),
    Stock(PLATE, "100001", "", "", "ACME", "AVAILABLE", whole(24)),
    Item("100009", "Lots and serials", "EA", Tracking.LOT_SERIAL),
    Unit("100001", "PAL", whole(480)),
]


@pytest.fixture
def stocked(tmp_path: Path) -> Floor:
    return Floor(tmp_path, more=MORE)


def listed(view: View) -> list[str]:
    return [f"{line.label}: {line.text}" for line in view.listed]


def facts(view: View) -> dict[str, str]:
    return {line.label: line.text for line in view.lines}


def test_lots_are_listed_as_they_expire_and_chosen_by_number(stocked: Floor) -> None:
    stocked.move()
    view = stocked.say("A-01-02", CHEESE)
    assert listed(view) == ["1: L2 3 KG 2026-12-01", "2: L1 8 KG 2027-01-31", "3: L3 4 KG ACME HOLD"]
    view = stocked.say("2")
    assert (facts(view)["Lot"], facts(view)["Until"]) == ("L1", "2027-01-31")
    assert facts(stocked.say("1", "A-01-05"))["From"] == "A-01-02"
    assert stocked.on_hand("A-01-05", "100002") == whole(1)


def test_a_lot_is_scanned_and_typed_as_before(stocked: Floor) -> None:
    stocked.move()
    assert facts(stocked.say("A-01-02", CHEESE, "L1"))["Lot"] == "L1"
    assert facts(stocked.say(".u", "]C110L2"))["Lot"] == "L2"
    assert stocked.say(".u", "NEW").message == "Lot not known here. Scan again."


def test_serials_are_listed_and_chosen_by_number(stocked: Floor) -> None:
    stocked.move()
    assert listed(stocked.say("A-01-04", DRILL)) == ["1: S-1", "2: S-2"]
    assert facts(stocked.say("2"))["Serial"] == "S-2"


def test_a_number_that_is_a_lot_as_well_is_never_taken_without_a_word(tmp_path: Path) -> None:
    here = Stock("A-01-02", "100002", "2", "", "OWN", "AVAILABLE", whole(9))
    floor = Floor(tmp_path, more=[*MORE, here])
    floor.move()
    assert listed(floor.say("A-01-02", CHEESE))[1] == "2: L1 8 KG 2027-01-31"
    assert floor.say("2").message == "2 itself, not the row? Again."
    assert facts(floor.say("2"))["Lot"] == "2"
    assert floor.say(".u", "1").message == "", "no code of that name is anywhere"
    floor.close()


def test_a_number_that_is_a_lot_elsewhere_is_confirmed_as_the_row(tmp_path: Path) -> None:
    floor = Floor(tmp_path, more=[*MORE, Stock("A-01-05", "100002", "2", "", "OWN", "AVAILABLE", whole(9))])
    floor.move()
    assert floor.say("A-01-02", CHEESE, "2").message == "Row 2: L1? Again."
    assert facts(floor.say("2"))["Lot"] == "L1"
    floor.close()


def test_a_number_that_a_scanner_read_is_no_row(stocked: Floor) -> None:
    stocked.move()
    assert stocked.say("A-01-02", CHEESE, "]C02").message == "Lot not known here. Scan again."


def test_a_case_is_said_in_pieces(floor: Floor) -> None:
    floor.move()
    assert facts(floor.say("A-01-01", CASE_GTIN))["Unit"] == "CS = 12 EA"
    assert "Unit" not in facts(floor.say(GTIN))


def test_a_plate_shows_what_goes_along_and_where_it_stands(stocked: Floor) -> None:
    stocked.move()
    view = stocked.say(PLATE)
    assert facts(view)["At"] == "B-01-01"
    assert [line.text for line in view.listed] == [
        "100001 24 EA ACME Plain pen", "Damaged or wrong", "B-01-01 is empty now.", "Something is left there.",
    ]  # fmt: skip


def test_whose_goods_are_is_said_where_they_are_not_ours(stocked: Floor) -> None:
    stocked.move()
    assert facts(stocked.say(PLATE, GTIN))["Owner"] == "ACME"
    assert "Owner" not in facts(stocked.say(".m", "1", "A-01-01", GTIN))


def test_looking_up_begins_with_the_item_in_hand(stocked: Floor) -> None:
    stocked.move()
    view = stocked.say("A-01-01", GTIN, "key:F6")
    assert (view.title, facts(view)["Item"]) == ("Look up", "100001 Plain pen")
    assert facts(view)["Units"] == "CS = 12 EA, PAL = 480 EA"
    assert stocked.say("key:F3").prompt == "How many EA?"
    view = stocked.say(".m", "1", "A-01-02", CHEESE, "key:F6")
    assert facts(view)["Tracked"] == "by lot"
    assert "A-01-02 8 KG L1 2027-01-31" in [line.text for line in view.listed]


def test_what_is_listed_is_there_after_a_restart(stocked: Floor) -> None:
    stocked.move()
    before = stocked.say("A-01-02", CHEESE)
    assert stocked.restart().listed == before.listed
