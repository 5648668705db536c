"""The order of scans is free, a quantity is in any unit or counted, and places ask for what they want."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from scanner_app.domain.catalog import Barcode, Location, Profile, Stock, Unit
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.moved import Moved
from scanner_app.domain.quantity import whole
from scanner_app.session.context import Settings
from scanner_app.session.view.view import Tone
from scanner_app.workflows.lookups.policy import Policies
from tests.warehouse import CASE_GTIN, GTIN, Floor

PLACES = [
    Profile("single", mixes_items=False),
    Profile("pure", mixes_lots=False),
    Profile("plates", plates_only=True),
    Location("S-1", "S", 20, "single"),
    Location("S-2", "S", 21, "pure"),
    Location("S-3", "S", 22, "plates"),
    Location("C-1", "C", 30, "bin", check_digits="47"),
    Location("C-2", "C", 31, "bin", check_digits="58"),
    Stock("S-1", "100005", "", "", "OWN", "AVAILABLE", whole(1)),
    Stock("S-2", "100002", "L2", "", "OWN", "AVAILABLE", whole(1)),
    Stock("C-1", "100001", "", "", "OWN", "AVAILABLE", whole(3)),
    Stock("A-01-05", "100001", "", "", "OWN", "HOLD", whole(4)),
]


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[Floor]:
    floor = Floor(tmp_path, more=PLACES)
    floor.move()
    yield floor
    floor.close()


@pytest.fixture
def counting(tmp_path: Path) -> Iterator[Floor]:
    """Where pieces are counted."""
    floor = Floor(tmp_path, settings=Settings(policies=Policies(piece_by_piece=True)), more=PLACES)
    floor.move()
    yield floor
    floor.close()


def checking(folder: Path, when: str) -> Floor:
    floor = Floor(folder, settings=Settings(policies=Policies(check_digits=when)), more=PLACES)
    floor.move()
    return floor


def moved(floor: Floor) -> list[Moved]:
    facts = [msgspec.json.decode(payload, type=Event).fact for payload in floor.events()]
    return [fact for fact in facts if isinstance(fact, Moved)]


def test_the_item_may_come_first(floor: Floor) -> None:
    view = floor.say(GTIN)
    assert view.prompt == "Take it from where? Scan the place."
    assert [(line.label, line.text) for line in view.lines] == [("Item", "100001 Plain pen")]
    view = floor.say("A-01-01")
    assert (view.prompt, [line.label for line in view.lines]) == ("How many EA?", ["Item", "From", "Here"])
    floor.say("2", "A-01-04")
    taken, put = moved(floor)[0].legs
    assert (taken.source.place, put.target.place, taken.quantity) == ("A-01-01", "A-01-04", whole(2))


def test_a_label_read_first_answers_what_comes_after_the_place(floor: Floor) -> None:
    assert floor.say(b"]C101040063813339483005\x1d10L1", "A-01-02").prompt == "Put where? Scan the place."


def test_what_one_label_said_is_not_used_for_another_item(floor: Floor) -> None:
    assert floor.say(f"]C101{CASE_GTIN}305", "100003").prompt == "Take it from where? Scan the place."
    assert floor.say(GTIN, "A-01-01").prompt == "How many EA?"


def test_a_label_does_not_say_half_of_what_comes_in_whole_pieces(tmp_path: Path) -> None:
    half = [Unit("100001", "HALF", whole(1) // 2), Barcode("9501101530003", "100001", "HALF")]
    floor = Floor(tmp_path, more=half)
    floor.move()
    assert floor.say("A-01-01", "]C10209501101530003373").prompt == "How many HALF?"
    assert floor.say("3").message == "At most 0 decimals. Type again."
    assert floor.say(".k", "4").prompt == "Put where? Scan the place."
    floor.close()


def test_another_item_before_the_place_is_the_one_that_counts(floor: Floor) -> None:
    view = floor.say("100003", GTIN, "A-01-01")
    assert view.prompt == "How many EA?"
    assert [line.text for line in view.lines if line.label == "Item"] == ["100001 Plain pen"]


def test_a_source_that_was_closed_meanwhile_is_asked_for_again(floor: Floor) -> None:
    floor.say("A-01-01", GTIN, "1")
    with floor.store.transaction:
        floor.store.file.database.execute("UPDATE location SET state = 'closed' WHERE location = 'A-01-01'")
    assert floor.say("A-01-02").prompt == "Take from where? Scan the place."


@pytest.mark.parametrize("typed", ["2 CS", "2CS", "2 cs"])
def test_a_unit_may_be_typed_behind_the_number(floor: Floor, typed: str) -> None:
    floor.say("A-01-01", GTIN, typed, "A-01-04")
    assert floor.on_hand("A-01-04", "100001") == whole(24)


def test_a_unit_that_the_item_has_not_is_refused_with_those_it_has(floor: Floor) -> None:
    view = floor.say("A-01-01", GTIN, "2 PAL")
    assert (view.message, view.halted) == ("No such unit. Use EA, CS.", True)


def test_the_code_of_another_unit_switches_to_it(floor: Floor) -> None:
    assert floor.say("A-01-01", GTIN, CASE_GTIN).prompt == "How many CS?"
    floor.say("3", "A-01-04")
    assert floor.on_hand("A-01-04", "100001") == whole(36)
    assert floor.say(GTIN, CASE_GTIN, ".u").prompt == "How many EA?"


def test_a_number_that_is_also_a_code_is_confirmed(floor: Floor) -> None:
    with floor.store.transaction:
        floor.store.file.database.execute("INSERT INTO barcode VALUES ('12', '100004', 'EA')")
    view = floor.say("A-01-01", GTIN, "12")
    assert (view.message, view.tone) == ("12 is a code too. Enter it again.", Tone.ATTENTION)
    floor.say("12", "A-01-04")
    assert floor.on_hand("A-01-04", "100001") == whole(12)


def test_pieces_are_counted_and_the_target_ends_it(counting: Floor) -> None:
    assert counting.say("A-01-01", GTIN).prompt == "1 EA so far. Scan next or the place."
    view = counting.say(GTIN, GTIN)
    assert view.prompt == "3 EA so far. Scan next or the place."
    assert counting.say(CASE_GTIN).lines[-1].text == "15 EA"
    assert counting.say(".u").prompt == "3 EA so far. Scan next or the place."
    assert counting.restart().prompt == "3 EA so far. Scan next or the place."
    assert counting.say("A-01-04").message == "Moved 3 EA to A-01-04."


def test_a_typed_number_replaces_what_was_counted(counting: Floor) -> None:
    counting.say("A-01-01", GTIN, GTIN, "7", "A-01-04")
    assert counting.on_hand("A-01-04", "100001") == whole(7)


def test_one_label_read_twice_is_one_piece(counting: Floor) -> None:
    counting.say("A-01-01")
    entry = counting.entry(GTIN)
    late = msgspec.structs.replace(entry.stamp, wall_us=entry.stamp.wall_us + 100_000)
    counting.desk.take([entry, msgspec.structs.replace(entry, stamp=late)])
    view = counting.desk.view()
    assert (view.prompt, view.message) == (
        "1 EA so far. Scan next or the place.",
        "Read twice? Scan again to confirm.",
    )


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["A-01-01", GTIN, "1", "S-1"], "Other items here. Scan again to mix."),
        (["A-01-02", "100002", "L1", "1", "S-2"], "Other lots here. Scan again to mix."),
        (["A-01-01", GTIN, "1", "S-3"], "Plates only. Scan a plate, or again."),
    ],
)
def test_what_a_place_does_not_want_is_said_and_confirmed(floor: Floor, lines: list[str], sentence: str) -> None:
    view = floor.say(*lines)
    assert (view.message, view.tone, view.halted) == (sentence, Tone.ATTENTION, False)
    assert floor.events() == []
    floor.say(lines[-1])
    assert len(floor.events()) == 1


def test_two_doubts_are_said_one_after_the_other(floor: Floor) -> None:
    with floor.store.transaction:
        floor.store.file.database.execute("UPDATE location SET state = 'blocked' WHERE location = 'S-1'")
    assert "blocked" in floor.say("A-01-01", GTIN, "1", "S-1").message
    assert floor.say("S-1").message == "Other items here. Scan again to mix."
    assert floor.events() == []
    floor.say("S-1")
    assert len(floor.events()) == 1


def test_what_is_there_already_is_not_mixed(floor: Floor) -> None:
    floor.say("A-01-02", "100002", "L1", "1", "A-01-03", "100002", "L1", "1", "A-01-04")
    with floor.store.transaction:
        floor.store.file.database.execute("UPDATE stock SET lot = 'L1' WHERE place = 'S-2'")
    assert floor.say("A-01-02", "A-01-02", "100002", "L1", "1", "S-2").message == "Moved 1 KG to S-2."


def test_stock_on_hold_is_moved_by_whoever_means_to(floor: Floor) -> None:
    view = floor.say("A-01-05", GTIN)
    assert view.prompt == "HOLD! Scan the item again."
    assert floor.say("100004").message == "Not the same. Scan it again, or F4."
    assert floor.say(".k", GTIN).prompt == "How many EA?"
    floor.say("4", "A-01-02")
    assert moved(floor)[0].legs[0].source.status == "HOLD"


def test_a_double_read_does_not_release_stock_on_hold(floor: Floor) -> None:
    floor.say("A-01-05")
    view = floor.burst(GTIN, GTIN)
    assert (view.prompt, view.message) == ("HOLD! Scan the item again.", "Read twice? Scan again to confirm.")


def test_the_zero_check_is_offered_and_in_nobodys_way(floor: Floor) -> None:
    view = floor.say("C-1", GTIN, "3")
    assert view.prompt == "Put where? Scan the place."
    assert [line.text for line in view.listed] == ["C-1 is empty now.", "Something is left there."]
    assert floor.say("A-01-02").message == "Moved 3 EA to A-01-02."
    assert moved(floor)[0].zero_check == ""


@pytest.mark.parametrize(("typed", "said"), [("1", "empty"), ("2", "not_empty")])
def test_the_zero_check_goes_with_the_move(floor: Floor, typed: str, said: str) -> None:
    view = floor.say("C-1", GTIN, "3", typed)
    assert (view.prompt, view.listed) == ("Put where? Scan the place.", ())
    floor.say("A-01-02")
    assert moved(floor)[0].zero_check == said


def test_a_place_where_something_is_left_is_not_asked_about(floor: Floor) -> None:
    assert floor.say("C-1", GTIN, "2").listed == ()
    assert floor.say("A-01-02", "A-01-03", GTIN, "1", "7").listed == ()


def test_check_digits_prove_the_place(tmp_path: Path) -> None:
    floor = checking(tmp_path, "always")
    assert floor.say("C-1").prompt == "Check digits of C-1?"
    view = floor.say("58")
    assert (view.message, view.halted) == ("Not its digits. Look at the label.", True)
    assert floor.say(".k", "47").prompt == "Take what? Scan the item."
    assert floor.say(GTIN, "1", "C-2").prompt == "Check digits of C-2?"
    floor.say("58")
    assert len(floor.events()) == 1
    floor.close()


@pytest.mark.parametrize("label", ["C-1+47", "C-1-47", "C-1/47", "]C1C-1 47"])
def test_a_label_that_holds_the_digits_is_proof(tmp_path: Path, label: str) -> None:
    floor = checking(tmp_path, "always")
    assert floor.say(label).prompt == "Take what? Scan the item."
    floor.close()


def test_the_digits_of_another_label_are_refused(tmp_path: Path) -> None:
    floor = checking(tmp_path, "off")
    assert floor.say("C-1+58").message == "Not its digits. Look at the label."
    floor.close()


def test_digits_are_asked_for_after_a_place_that_was_typed(tmp_path: Path) -> None:
    settings = Settings(policies=Policies(check_digits="typed"), scans_have_aim=True)
    floor = Floor(tmp_path, settings=settings, more=PLACES)
    floor.move()
    assert floor.say("C-1").prompt == "Check digits of C-1?"
    assert floor.say("47", ".c", "]C0C-1").prompt == "Take what? Scan the item."
    floor.close()


def test_a_typed_number_is_a_number_even_if_it_is_a_code(tmp_path: Path) -> None:
    floor = Floor(tmp_path, settings=Settings(scans_have_aim=True))
    with floor.store.transaction:
        floor.store.file.database.execute("INSERT INTO barcode VALUES ('12', '100004', 'EA')")
    floor.move()
    assert floor.say("]C0A-01-01", f"]E0{GTIN}", "]C012").message == "That is an item. Type how many."
    assert floor.say(".k", "12").prompt == "Put where? Scan the place."
    floor.close()


def test_a_plate_on_its_way_is_shown_while_its_target_is_proved(tmp_path: Path) -> None:
    floor = checking(tmp_path, "always")
    view = floor.say("340123450000000017", GTIN, "1", "1", "A-01-02", "C-1", "C-1")
    assert view.prompt == "Check digits of C-1?"
    assert [(line.label, line.text) for line in view.lines] == [("From", "340123450000000017"), ("To", "C-1")]
    assert floor.say("47").message == "Whole plate moved to C-1."
    floor.close()


def test_a_place_without_digits_asks_for_none(tmp_path: Path) -> None:
    floor = checking(tmp_path, "always")
    assert floor.say("A-01-01").prompt == "Take what? Scan the item."
    floor.close()


def test_counting_more_than_is_known_is_confirmed_where_the_count_ends(counting: Floor) -> None:
    view = counting.say("A-01-02", GTIN, "A-01-04")
    assert (view.message, view.prompt) == ("None known here. Enter again.", "1 EA so far. Scan next or the place.")
    assert counting.say("A-01-04").message == "Moved 1 EA to A-01-04."
