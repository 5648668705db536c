"""A worker scans labels: each is one thing, and what is wrong with one is said before anything is booked."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from scanner_app.domain.catalog import Barcode, Item, Location, Lot, Stock, Tracking
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.moved import Moved
from scanner_app.domain.quantity import whole
from scanner_app.session.context import Settings
from scanner_app.session.view.view import Tone, View
from scanner_app.workflows.questions.limits import Limits, TypedCodes
from tests.warehouse import GTIN, Floor, Ticking

GLUE, PASTE, DRILL = "04006381330015", "04006381330022", "04006381330039"
PLATE = "340123450000000017"
HERE = "A-01-05"
TODAY_US = 1_790_000_000_000_000
"""In September 2026."""
MORE = [
    Item("GLUE", "Glue", "EA", Tracking.LOT, has_expiry=True),
    Barcode(GLUE, "GLUE", "EA"),
    Lot("GLUE", "L1", "2030-01-01"),
    Lot("GLUE", "OLD", "2020-01-01"),
    Item("PASTE", "Paste", "EA", Tracking.LOT),
    Barcode(PASTE, "PASTE", "EA"),
    Item("DRILL", "Drill", "EA", Tracking.LOT_SERIAL),
    Barcode(DRILL, "DRILL", "EA"),
    *(Stock(HERE, "GLUE", lot, "", "OWN", "AVAILABLE", whole(50)) for lot in ("L1", "OLD", "AB12")),
    Stock(HERE, "PASTE", "L1", "", "OWN", "AVAILABLE", whole(50)),
    Stock(HERE, "PASTE", "P7", "", "OWN", "AVAILABLE", whole(50)),
    Stock(HERE, "DRILL", "D1", "S1", "OWN", "AVAILABLE", whole(1)),
    Stock(HERE, "DRILL", "D1", "S2", "OWN", "AVAILABLE", whole(1)),
    Location("100001", "N", 90, "bin"),
    Location("7001", "N", 91, "bin", label="LBL-N"),
    Location("LBL-N", "N", 92, "bin"),
    Location("0104006381330039", "N", 93, "bin"),
    Item("7001", "Numbered", "EA"),
    Stock("7001", "7001", "", "", "OWN", "AVAILABLE", whole(9)),
]


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Floor]:
    """A worker at a shelf with glue and paste of the same lot."""
    floor = Floor(tmp_path, Ticking(TODAY_US), more=MORE)
    floor.move()
    yield floor
    floor.close()


def facts(floor: Floor) -> list[Moved]:
    events = [msgspec.json.decode(payload, type=Event) for payload in floor.events()]
    return [event.fact for event in events if isinstance(event.fact, Moved)]


def told(view: View) -> tuple[str, bool]:
    return view.message, view.halted


@pytest.mark.parametrize("label", [f"]C101{PASTE}10L1", f"01{PASTE}10L1", f"]C102{PASTE}373\x1d10L1", f"]E0{PASTE}"])
def test_the_label_of_paste_gives_no_lot_of_glue(shelf: Floor, label: str) -> None:
    assert told(shelf.say(HERE, GLUE, label)) == ("This is PASTE, not GLUE.", True)
    shelf.say(".k", f"]C101{GLUE}10L1", "7", "A-01-01")
    assert [leg.source.item for fact in facts(shelf) for leg in fact.legs] == ["GLUE", "GLUE"]


def test_the_label_of_paste_gives_no_serial_of_a_drill_and_no_quantity(shelf: Floor) -> None:
    assert shelf.say(HERE, DRILL, "D1").prompt == "Which serial? Scan or type it."
    assert told(shelf.say(f"]C101{PASTE}21S1")) == ("This is PASTE, not DRILL.", True)
    assert told(shelf.say(".k", ".m", "1", HERE, GLUE, "L1", f"]C101{PASTE}305")) == ("This is PASTE, not GLUE.", True)
    assert told(shelf.say(".k", f"]C101{GLUE}10AB12")) == ("This is AB12, not L1.", True)


def test_the_label_of_a_load_unit_gives_the_lot_of_what_is_on_it_only(shelf: Floor) -> None:
    unit = "]C100340123450000000024" + "02"
    assert told(shelf.say(HERE, GLUE, f"{unit}{PASTE}373\x1d10L1"))[0] == "This is PASTE, not GLUE."
    assert shelf.say(".k", f"{unit}{GLUE}373\x1d10L1").prompt == "How many EA?"


def test_the_label_of_a_known_plate_is_the_plate_whatever_is_on_it(shelf: Floor) -> None:
    view = shelf.say(f"]C100{PLATE}02{GLUE}373\x1d10L1")
    assert [line.text for line in view.lines] == [PLATE, "B-01-01"], "the plate and where it stands"


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["]C10104006381330016"], "Misread: scan again."),
        ([HERE, "]C10104006381330016" + "10L1"], "Misread: scan again."),
        ([HERE, GLUE, "]C1010400638133001610L1"], "Misread: scan again."),
        ([HERE, GLUE, "0104006381330016" + "10L1"], "Misread: scan again."),
        ([HERE, GLUE, "]C100340123450000000018"], "Misread: scan again."),
        ([HERE, "4006381330016"], "Wrong check digit. Scan or type again."),
        ([HERE, "340123450000000018"], "Wrong check digit. Scan or type again."),
        ([HERE, f"]C101{GLUE}17260431"], "Label has a wrong date. Scan another."),
        ([HERE, GLUE, f"01{GLUE}17260431" + "10L1"], "Label has a wrong date. Scan another."),
        ([HERE, f"]C101{GLUE}01{PASTE}"], "Two labels in one. Scan only one."),
        ([HERE, "]C1HELLO"], "Not a right label. Scan another code."),
        ([HERE, GLUE, f"]C101{GLUE}"], "No lot in this code. Scan or type a lot."),
        ([HERE, GLUE, f"]E0{GLUE}"], "No lot in this code. Scan or type a lot."),
        ([HERE, GLUE, PASTE], "This is PASTE, not GLUE."),
        ([HERE, GLUE, "A-01-01"], "That is a place. Scan or type a lot."),
        ([HERE, GLUE, "B-1001"], "That is a badge. Scan or type a lot."),
        ([HERE, GLUE, "]C10109521234543213" + "10L1"], "Unknown item on it. Scan or type a lot."),
        ([HERE, DRILL, "D1", DRILL], "No serial in it. Scan the serial."),
        ([HERE, DRILL, "D1", GTIN], "This is 100001, not DRILL."),
        ([HERE, DRILL, "D1", "A-01-01"], "That is a place. Scan the serial."),
        ([HERE, DRILL, "D1", "B-1001"], "That is a badge. Scan the serial."),
        ([HERE, "P7"], "A lot of PASTE. Scan place or item."),
        ([HERE, "]C110P7"], "A lot of PASTE. Scan place or item."),
        (["P7"], "A lot of PASTE. Scan place or item."),
        ([HERE, "S2"], "Serial of DRILL. Scan place or item."),
        ([HERE, "]C10109521234543213"], "Unknown item on it. Scan place or item."),
    ],
)
def test_each_fault_of_a_label_has_its_sentence(shelf: Floor, lines: list[str], sentence: str) -> None:
    view = shelf.say(*lines)
    assert (view.message, view.tone, view.halted) == (sentence, Tone.BAD, True)
    assert shelf.events() == []


def test_the_same_code_of_the_item_once_more_is_no_mistake(shelf: Floor) -> None:
    assert told(shelf.say(HERE, GLUE, GLUE)) == ("That is what you have just scanned.", False)


def test_a_misread_load_unit_is_no_new_plate(shelf: Floor) -> None:
    for line in ("]C100395210000000000995", "00395210000000000995", "395210000000000995"):
        view = shelf.say(".m", "4", "1", line)
        assert (view.tone, view.halted) == (Tone.BAD, True), view
        shelf.say(".k")
    assert shelf.say("]C100340123450000000024").prompt == "Where does it stand? Scan the place."


def test_sixteen_digits_are_a_label_unless_they_are_known_as_they_stand(shelf: Floor) -> None:
    assert shelf.say(HERE, f"01{GLUE}").prompt == "Which lot? Scan or type it."
    view = shelf.say(".m", "1", f"01{DRILL}")
    assert [line.text for line in view.lines] == [f"01{DRILL}"]


def test_a_lot_that_is_called_like_an_item_is_taken_where_it_is_known(shelf: Floor) -> None:
    with shelf.store.transaction:
        shelf.store.feed.put([(999, Stock(HERE, "PASTE", "100001", "", "OWN", "AVAILABLE", whole(1)))])
    assert shelf.say(HERE, PASTE, "]C0100001").prompt == "How many EA?"


def test_a_lot_on_the_label_that_is_not_known_here_is_told_and_the_same_label_confirms_it(shelf: Floor) -> None:
    label = f"]C101{PASTE}1731010110NEW"
    assert shelf.burst(HERE, label, label).message == "Read twice? Scan again to confirm."
    view = shelf.say(".m", "1", HERE, label)
    assert (view.prompt, view.message) == ("Which lot? Scan or type it.", "Lot not known here. Scan again.")
    assert shelf.say(label).prompt == "How many EA?"
    assert shelf.say(".m", "1", HERE, label, "L1").prompt == "How many EA?"


class TestSeparatorsThatAreLost:
    LOST = f"01{GLUE}10AB12172612312112345"

    def test_a_lot_that_is_known_here_decides(self, shelf: Floor) -> None:
        assert shelf.say(HERE, self.LOST).prompt == "How many EA?"
        shelf.say("1", "A-01-01")
        (moved,) = facts(shelf)
        assert (moved.legs[0].source.lot, moved.label_expires) == ("AB12", "2026-12-31")

    def test_without_one_the_worker_is_asked_and_told_why_and_the_same_again_is_no_answer(self, shelf: Floor) -> None:
        lost = f"]C101{PASTE}10AB12172612312112345"
        view = shelf.say(HERE, lost)
        assert (view.prompt, view.message) == ("Which lot? Scan or type it.", "The gun sends no separator. Type it.")
        assert (view.tone, view.halted) == (Tone.ATTENTION, False)
        assert told(shelf.say(lost))[0] == "The gun sends no separator. Type it."
        assert shelf.say(".k", "L1").prompt == "How many EA?"

    def test_two_known_lots_that_it_may_be_are_asked_for(self, shelf: Floor) -> None:
        with shelf.store.transaction:
            shelf.store.feed.put([(999, Stock(HERE, "GLUE", "AB1217261231", "", "OWN", "AVAILABLE", whole(1)))])
        assert shelf.say(HERE, self.LOST).message == "The gun sends no separator. Type it."

    def test_a_separator_eaten_between_lot_and_day_asks_and_never_guesses(self, shelf: Floor) -> None:
        view = shelf.say(HERE, f"]C101{PASTE}10XY17261231\x1d21S1")
        assert (view.prompt, view.message) == ("Which lot? Scan or type it.", "The gun sends no separator. Type it.")

    def test_what_only_may_hold_another_element_is_confirmed(self, shelf: Floor) -> None:
        view = shelf.say(HERE, PASTE, f"]C101{PASTE}10L2101")
        assert (view.message, view.halted) == ("No separator? Scan again if it is whole", False)
        assert shelf.say(f"]C101{PASTE}10L2101").message == "Lot not known here. Scan again."
        assert shelf.say(f"]C101{PASTE}10L2101").prompt == "How many EA?"


class TestTheDayOnTheLabel:
    def test_another_day_than_in_the_book_is_said_confirmed_and_kept(self, shelf: Floor) -> None:
        label = f"]C101{GLUE}1720010110L1"
        view = shelf.say(HERE, label)
        assert (view.message, view.tone) == ("Label: 2020-01-01. Book: 2030-01-01.", Tone.ATTENTION)
        assert view.prompt == "Use it? Scan the item again."
        shelf.say(label, "2", "A-01-01")
        (moved,) = facts(shelf)
        assert moved.label_expires == "2020-01-01"

    def test_at_the_question_for_the_lot_too(self, shelf: Floor) -> None:
        assert shelf.say(HERE, GLUE, f"]C101{GLUE}1720010110L1").message == "Label: 2020-01-01. Book: 2030-01-01."

    def test_a_lot_that_is_typed_behind_a_label_with_a_day_is_held_against_the_book(self, shelf: Floor) -> None:
        assert shelf.say(HERE, f"]C101{GLUE}17200101", "L1").message == "Label: 2020-01-01. Book: 2030-01-01."

    def test_a_day_that_is_past_is_said(self, shelf: Floor) -> None:
        view = shelf.say(HERE, f"]C101{GLUE}1720010110OLD")
        assert (view.message, view.tone) == ("Label says 2020-01-01: past.", Tone.ATTENTION)

    def test_a_double_read_confirms_no_day(self, shelf: Floor) -> None:
        view = shelf.burst(HERE, *[f"]C101{GLUE}1720010110L1"] * 2)
        assert view.prompt == "Use it? Scan the item again."

    def test_the_day_of_the_book_is_kept_and_nothing_said(self, shelf: Floor) -> None:
        shelf.say(HERE, f"]C101{GLUE}1730010110L1", "2", "A-01-01")
        assert [fact.label_expires for fact in facts(shelf)] == ["2030-01-01"]

    def test_an_item_without_days_is_not_held_against_the_day(self, shelf: Floor) -> None:
        assert shelf.say(HERE, f"]C101{PASTE}1720010110L1").prompt == "How many EA?"

    def test_after_a_restart_it_is_asked_again(self, shelf: Floor) -> None:
        shelf.say(HERE, f"]C101{GLUE}1720010110L1")
        view = shelf.restart()
        assert (view.prompt, view.message) == ("Use it? Scan the item again.", "Label: 2020-01-01. Book: 2030-01-01.")


class TestACodeOfSeveralThings:
    def test_at_a_place_the_place_wins_and_at_goods_the_item(self, shelf: Floor) -> None:
        view = shelf.say("7001")
        assert [line.text for line in view.lines] == ["7001"]
        assert shelf.say("7001").prompt == "How many EA?"
        assert [line.text for line in shelf.say("3", "100001").lines] == ["7001"]
        assert facts(shelf)[0].legs[1].target.place == "100001"

    def test_items_that_share_a_code_are_chosen_by_number(self, shelf: Floor) -> None:
        view = shelf.say("A-01-01", "SHARED")
        assert (view.prompt, view.halted) == ("Several have it. Type the number.", False)
        assert [line.text for line in view.listed] == ["100004 EA Shared one", "100005 EA Shared two"]
        assert told(shelf.say("9")) == ("Not on the list. Type a list number.", True)
        view = shelf.say(".k", "2")
        assert [line.text for line in view.lines][:2] == ["A-01-01", "100005 Shared two"]

    def test_places_that_share_a_code_are_chosen_by_number(self, shelf: Floor) -> None:
        view = shelf.say("LBL-N")
        assert [line.text for line in view.listed] == ["7001", "LBL-N"]
        assert [line.text for line in shelf.say("1").lines] == ["7001"]

    def test_where_both_are_asked_for_the_worker_says_which(self, shelf: Floor) -> None:
        view = shelf.say(PLATE, "7001")
        assert [line.text for line in view.listed] == ["7001", "7001 EA Numbered"]
        assert shelf.say("2").prompt == "How many EA?"

    def test_undo_takes_back_the_code_and_nothing_before_it(self, shelf: Floor) -> None:
        view = shelf.say("SHARED", ".u")
        assert (view.message, view.prompt) == ("Taken back: SHARED.", "Take from where? Scan the place.")
        assert shelf.say("A-01-01", "SHARED", ".b").message == "Taken back: SHARED."
        assert [line.text for line in shelf.say(GTIN).lines][:1] == ["A-01-01"]

    def test_something_else_may_be_scanned_instead_and_undo_goes_back(self, shelf: Floor) -> None:
        assert shelf.say("A-01-01", "SHARED", ".u").prompt == "Take what? Scan the item."
        assert shelf.say("SHARED", GTIN).prompt == "How many EA?"

    def test_after_a_restart_the_list_is_there(self, shelf: Floor) -> None:
        shelf.say("A-01-01", "SHARED")
        assert [line.text for line in shelf.restart().listed] == ["100004 EA Shared one", "100005 EA Shared two"]
        assert shelf.say("1").prompt == "How many EA?"

    def test_what_was_chosen_by_number_was_scanned_unless_its_code_was_typed(self, tmp_path: Path) -> None:
        limits = Limits(typed_codes=TypedCodes.REASON)
        floor = Floor(tmp_path / "typed", settings=Settings(scans_have_aim=True, limits=limits))
        floor.move()
        assert floor.say("]C0A-01-01", "]C0SHARED", "1").prompt == "How many EA?"
        assert floor.say(".u", "SHARED", "1").prompt == "Why typed? Type the number."
        floor.close()


@pytest.mark.parametrize("number", ["007", " 5 "])
def test_a_number_is_one_with_zeros_before_it_and_blanks_around_it(shelf: Floor, number: str) -> None:
    assert shelf.say(HERE, GLUE, "L1", number).prompt == "Put where? Scan the place."


@pytest.mark.parametrize("number", ["1e3", "５", "٥", "0x5", "5-", "½"])
def test_what_only_looks_like_a_number_is_none(shelf: Floor, number: str) -> None:
    view = shelf.say(HERE, GLUE, "L1", number)
    assert (view.tone, view.halted, view.prompt) == (Tone.BAD, True, "How many EA?")


@pytest.mark.parametrize("aim", ["]C1", "]d2", "]Q3", "]e0", ""])
@pytest.mark.parametrize("lead", ["", "\x1d"])
def test_a_label_in_two_rows_gives_its_item_and_then_its_lot(shelf: Floor, aim: str, lead: str) -> None:
    assert shelf.say(HERE, f"{aim}{lead}01{GLUE}").prompt == "Which lot? Scan or type it."
    lot = f"{aim}{lead}10L1" if aim or lead else "]C110L1"
    assert shelf.say(lot).prompt == "How many EA?"


@pytest.mark.parametrize(("count", "quantity"), [("305", 5), (f"\x1d02{GLUE}373", 3)])
def test_a_count_on_the_label_answers_how_many(shelf: Floor, count: str, quantity: int) -> None:
    goods = f"01{GLUE}10L1\x1d{count}" if count.startswith("30") else f"{count[1:]}\x1d10L1"
    shelf.say(HERE, f"]C1{goods}", "A-01-01")
    assert [leg.quantity for leg in facts(shelf)[0].legs] == [whole(quantity)] * 2


@pytest.mark.parametrize("first", ["1", "12345"])
def test_a_quantity_that_is_the_number_of_the_item_is_taken_when_it_is_entered_again(
    tmp_path: Path, first: str
) -> None:
    item = Item(first, "Numbered alike", "EA")
    floor = Floor(tmp_path, more=[*MORE, item, Stock(HERE, first, "", "", "OWN", "AVAILABLE", whole(20_000))])
    floor.move()
    assert floor.say(HERE, first).prompt == "How many EA?"
    assert told(floor.say(first)) == (f"{first} is a code too. Enter it again.", False)
    view = floor.say(first)
    assert (view.prompt, view.lines[-1].text) == ("Put where? Scan the place.", f"{first} EA")
    floor.close()


@pytest.mark.parametrize(("text", "says"), [("1e3", "Not a number."), ("1E3", "Not a number."), ("2 XX", "No such")])
def test_a_number_as_a_machine_writes_it_is_none(shelf: Floor, text: str, says: str) -> None:
    assert shelf.say(HERE, GLUE, "L1", text).message.startswith(says)
