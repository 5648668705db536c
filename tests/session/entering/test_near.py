"""A code in another case, or written otherwise: the one that was meant is asked for, and no twin of it is made."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from scanner_app.domain.catalog import Item, Location, Lot, Plate, Stock, Tracking
from scanner_app.domain.quantity import whole
from scanner_app.session.view.view import Tone
from scanner_app.workflows.questions.ask.again import AskAgain
from scanner_app.workflows.questions.ask.pick import AskPick
from scanner_app.workflows.questions.ask.piece import AskPiece
from scanner_app.workflows.questions.ask.quantity import AskQuantity
from scanner_app.workflows.questions.question import Question
from tests.asked import questions
from tests.session.test_labels import DRILL, GLUE
from tests.session.test_labels import MORE as LABELLED
from tests.warehouse import GTIN, PIN, Floor

CHEESE = "4006381333948"
MORE = [
    Location("Halle-1", "H", 30, "bin"),
    Location("GRÜN-1", "H", 31, "bin"),
    Location("ab", "H", 32, "bin"),
    Location("AB", "H", 33, "bin"),
    Plate("PAL-1", "A-01-01"),
    Item("DRILL-X", "Drill", "EA"),
    Item("100009", "Lot and serial", "EA", Tracking.LOT_SERIAL),
    Lot("100002", "Old-7", ""),
    Stock("A-01-02", "100009", "L1-1", "SN-1", "OWN", "AVAILABLE", whole(1)),
    Stock("GRÜN-1", "100001", "", "", "OWN", "AVAILABLE", whole(3)),
]


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[Floor]:
    floor = Floor(tmp_path, more=MORE)
    yield floor
    floor.close()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("a-01-01", "A-01-01"), ("HALLE-1", "Halle-1"), ("halle-1", "Halle-1"), ("A\u201301\u201301", "A-01-01"),
        (unicodedata.normalize("NFD", "grün-1"), "GRÜN-1"), ("lbl-b1", "LBL-B1"), ("pal-1", "PAL-1"),
    ],
)  # fmt: skip
def test_a_place_in_another_case_is_asked_and_meant_by_the_same_again(floor: Floor, typed: str, meant: str) -> None:
    floor.move()
    view = floor.say(typed)
    assert (view.message, view.tone, view.halted) == (f"You mean {meant}? Enter it again.", Tone.ATTENTION, False)
    goods = "Scan goods, or the place for all of it." if meant == "PAL-1" else "Take what? Scan the item."
    assert floor.say(typed).prompt == goods


def test_the_right_code_and_another_answer_go_on_as_well(floor: Floor) -> None:
    floor.move()
    assert floor.say("a-01-01", "A-01-01").prompt == "Take what? Scan the item."
    assert floor.say("drill-x").message == "You mean DRILL-X? Enter it again."
    assert floor.say(GTIN).prompt == "How many EA?"


def test_a_double_read_of_a_near_miss_confirms_nothing(floor: Floor) -> None:
    floor.move()
    assert floor.burst("a-01-01", "a-01-01").message == "Read twice? Scan again to confirm."


def test_two_that_may_be_meant_are_none(floor: Floor) -> None:
    floor.move()
    assert floor.say("aB").message == "Unknown code. Scan place or item."


def test_what_keeps_the_meant_one_from_an_answer_is_said_of_it(floor: Floor) -> None:
    floor.move()
    assert floor.say("closed").message == "CLOSED closed. Use another place."
    floor.say(".k", "blocked")
    assert floor.say("blocked").message == "BLOCKED blocked. Scan again to use."
    assert floor.say("blocked").prompt == "Take what? Scan the item."


@pytest.mark.parametrize("text", ["l1", "\uff2c1", "old-7", "OLD-7"])
def test_no_lot_is_made_beside_one_that_the_item_has(floor: Floor, text: str) -> None:
    floor.move()
    view = floor.say("A-01-02", CHEESE, text)
    meant = "L1" if "1" in text else "Old-7"
    assert (view.prompt, view.message) == ("Which lot? Scan or type it.", f"You mean {meant}? Enter it again.")
    floor.say(text, *([text] if meant == "Old-7" else []))
    view = floor.desk.view()
    assert (view.prompt, [line.text for line in view.lines if line.label == "Lot"]) == ("How many KG?", [meant])


def test_nor_by_a_label(floor: Floor) -> None:
    floor.move()
    view = floor.say("A-01-02", CHEESE, b"]C110l1")
    assert view.message == "You mean L1? Enter it again."


def test_nor_by_a_label_that_names_its_item(floor: Floor) -> None:
    label = b"]C1010400638133394817300101" + b"10l1"
    floor.move()
    assert floor.say("A-01-02", label).message == "You mean L1? Enter it again."
    assert floor.say(label).message == "Label: 2030-01-01. Book: 2027-01-31."
    view = floor.say(CHEESE)
    assert (view.prompt, [line.text for line in view.lines if line.label == "Lot"]) == ("How many KG?", ["L1"])
    floor.say("1", "A-01-03")
    assert b'"label_expires":"2030-01-01"' in floor.events()[-1]


def test_a_lot_that_is_told_as_one_is_no_near_miss_of_a_place(floor: Floor) -> None:
    floor.move()
    with floor.store.transaction:
        floor.store.feed.put([(999, Location("l1", "H", 34, "bin"))])
    assert floor.say("L1").message == "A lot of 100002. Scan place or item."


def test_nor_a_serial(floor: Floor) -> None:
    floor.move()
    view = floor.say("A-01-04", "4006381333955", "s-1")
    assert view.message == "You mean S-1? Enter it again."
    assert floor.say("s-1").prompt == "Put where? Scan the place."


def test_a_lot_of_another_item_is_no_near_miss(floor: Floor) -> None:
    floor.move()
    assert floor.say("A-01-02", CHEESE, "l1-1").message == "Lot not known here. Scan again."


def test_no_plate_is_made_beside_one_or_beside_a_place(floor: Floor) -> None:
    floor.sign_in()
    assert floor.say("4", "1", "pal-1").message == "You mean PAL-1? Enter it again."
    assert floor.say("a-01-01").message == "That is a place. Scan a plate."


def test_a_badge_as_well(floor: Floor) -> None:
    assert floor.say("b-1001").message == "You mean B-1001? Enter it again."
    assert floor.say("b-1001", PIN).title == "Menu"


def test_a_near_miss_is_there_again_after_a_restart(floor: Floor) -> None:
    floor.move()
    floor.say("a-01-01")
    assert floor.restart().message == "You mean A-01-01? Enter it again."
    assert floor.say("a-01-01").prompt == "Take what? Scan the item."


@pytest.mark.parametrize("process", ["1", "2"])
def test_a_near_lot_on_the_label_of_goods_is_asked_at_once(tmp_path: Path, process: str) -> None:
    floor = Floor(tmp_path, more=LABELLED)
    floor.move()
    label = f"]C101{GLUE}10l1"
    view = floor.say(".m", process, "A-01-05", label)
    assert (view.message, view.halted) == ("You mean L1? Enter it again.", False)
    view = floor.say(label)
    assert (view.prompt, "L1" in [line.text for line in view.lines]) == ("How many EA?", True)
    floor.say(".m", process, "A-01-05", f"]C101{GLUE}10L1")
    assert floor.desk.view().prompt == "How many EA?"
    floor.close()


def test_a_near_serial_on_the_label_of_goods_is_asked_at_once(tmp_path: Path) -> None:
    floor = Floor(tmp_path, more=LABELLED)
    floor.move()
    label = f"]C101{DRILL}10d1\x1d21s1"
    assert floor.say("A-01-05", label).message == "You mean S1? Enter it again."
    shown = [line.text for line in floor.say(label).lines]
    assert {"D1", "S1"} <= {*shown}
    floor.close()


def test_where_nobody_asks_for_a_lot_none_is_meant(tmp_path: Path) -> None:
    floor = Floor(tmp_path, more=LABELLED)
    floor.sign_in()
    assert "You mean" not in floor.say(".i", f"]C101{GLUE}10l1").message
    floor.close()


ROWS = {
    "put": ((".m", "2", "A-01-05", GLUE, "L1", "2", ".m", "3"), f"]C101{GLUE}10l1", "L1"),
    "piece": (("A-01-05", f"]C101{DRILL}10D1\x1d21S1"), f"]C101{DRILL}10d1\x1d21S2", "D1"),
    "again": (("A-01-05", f"]C101{GLUE}1720010110OLD",), f"]C101{GLUE}1720010110old", "OLD"),
}  # fmt: skip
"""A way to each kind of question that holds a label against rows, a label that is nearly of one, and what was meant."""


def test_every_kind_that_holds_a_label_against_rows_is_tried() -> None:
    kinds = {type(asked.question) for asked in questions().values() if type(asked.question).of_rows != Question.of_rows}
    assert kinds == {AskPick, AskPiece, AskAgain, AskQuantity}


@pytest.mark.parametrize("name", ROWS)
def test_a_label_that_is_nearly_of_a_row_is_asked_and_no_mistake(tmp_path: Path, name: str) -> None:
    floor = Floor(tmp_path, more=LABELLED)
    floor.move()
    lines, label, meant = ROWS[name]
    before = floor.say(*lines)
    view = floor.say(label)
    assert (view.message, view.halted) == (f"You mean {meant}? Enter it again.", False), before
    after = floor.say(label)
    assert (after.halted, after.prompt != before.prompt or after.lines != before.lines) == (False, True), after
    floor.close()


def test_where_it_would_be_no_answer_all_the_same_the_difference_is_told(tmp_path: Path) -> None:
    floor = Floor(tmp_path, more=LABELLED)
    floor.move()
    assert floor.say("A-01-05", GLUE, "L1", f"]C101{GLUE}10l1").message == "This is l1, not L1."
    floor.close()


def test_two_rows_that_may_be_meant_are_none(tmp_path: Path) -> None:
    stock = [Stock("A-01-05", "GLUE", lot, "", "OWN", "AVAILABLE", whole(5)) for lot in ("Xy", "xY")]
    floor = Floor(tmp_path, more=[*LABELLED, *stock])
    floor.move()
    floor.say(".m", "2", "A-01-05", GLUE, "Xy", "2", GLUE, "xY", "2", ".m", "3")
    assert floor.say(f"]C101{GLUE}10XY").message == "Not among these. Scan one of these."
    floor.close()
