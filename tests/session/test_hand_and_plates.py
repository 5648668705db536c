"""Goods in a hand, on totes and on plates: taken, put, built, broken, nested, moved as they stand."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from scanner_app.domain.catalog import Item, Plate, Stock
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.events.moved import Moved
from scanner_app.domain.events.plate_moved import PlateMoved
from scanner_app.domain.quantity import whole
from scanner_app.session.context import Settings
from scanner_app.session.view.view import Tone
from scanner_app.workflows.lookups.places import Where
from scanner_app.workflows.lookups.policy import Policies
from tests.warehouse import GTIN, Floor

PALLET, TOTE, OTHER, FRESH = "340123450000000017", "340123450000000024", "340123450000000031", "340123450000000048"
TAKE, PUT, PLATES = "2", "3", "4"
MORE = [
    Plate(TOTE, "A-01-01"),
    Plate(OTHER, "", PALLET),
    Stock(PALLET, "100001", "", "", "OWN", "AVAILABLE", whole(20)),
    Stock(PALLET, "100002", "L1", "", "OWN", "AVAILABLE", whole(3)),
]


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[Floor]:
    floor = Floor(tmp_path, more=MORE)
    floor.sign_in()
    yield floor
    floor.close()


def facts(floor: Floor) -> list[Fact]:
    return [msgspec.json.decode(payload, type=Event).fact for payload in floor.events()]


def stands(floor: Floor, plate: str) -> tuple[str, str, str]:
    found = floor.store.places.where(Where(plate))
    return found.location, found.parent, found.at


def legs(fact: Fact) -> list[tuple[str, str, str, int]]:
    return [(leg.source.place, leg.target.place, leg.source.item, leg.quantity) for leg in fact.legs]


def test_a_whole_plate_moves_in_two_scans(floor: Floor) -> None:
    view = floor.say("1", PALLET)
    assert view.prompt == "Scan goods, or the place for all of it."
    assert floor.say("A-01-05").message == "Whole plate moved to A-01-05."
    (fact,) = facts(floor)
    assert isinstance(fact, PlateMoved)
    assert (fact.plate, fact.location, fact.parent, fact.was_at) == (PALLET, "A-01-05", "", "B-01-01")
    assert stands(floor, PALLET) == ("A-01-05", "", "A-01-05")
    assert stands(floor, OTHER) == ("", PALLET, "A-01-05")
    assert floor.on_hand(PALLET, "100001") == whole(20)


def test_a_plate_is_not_put_where_it_stands(floor: Floor) -> None:
    assert floor.say("1", PALLET, "B-01-01").message == "It is there already. Scan a place."


def test_after_goods_from_a_plate_the_whole_of_it_is_confirmed(floor: Floor) -> None:
    floor.say("1", PALLET, GTIN, "5", "A-01-05")
    assert floor.say("A-01-04").message == "Put the whole plate? Scan it again."
    floor.say("A-01-04")
    assert stands(floor, PALLET)[0] == "A-01-04"


def test_another_plate_starts_over_from_there(floor: Floor) -> None:
    view = floor.say("1", PALLET, TOTE)
    assert [(line.label, line.text) for line in view.lines] == [("From", TOTE), ("At", "A-01-01")]
    assert floor.events() == []


def test_goods_go_onto_a_plate_and_off_it(floor: Floor) -> None:
    floor.say("1", "A-01-01", GTIN, "5", TOTE)
    assert floor.on_hand(TOTE, "100001") == whole(5)


def test_taking_leaves_goods_in_the_hand(floor: Floor) -> None:
    view = floor.say(TAKE, "A-01-01", GTIN, "5")
    assert view.message == "Took 5 EA. It is in your hand."
    assert legs(facts(floor)[0]) == [("A-01-01", "@hand:1001", "100001", whole(5))]
    assert floor.on_hand("@hand:1001", "100001") == whole(5)
    assert [(line.label, line.text) for line in view.lines] == [("From", "A-01-01")]


def test_what_is_in_the_hand_is_said_at_signing_out_and_in(floor: Floor) -> None:
    floor.say(TAKE, "A-01-01", GTIN, "5", "A-01-02", "100002", "L1", "1")
    view = floor.say(".o")
    assert (view.message, view.tone) == ("In your hand: 5 EA 100001, 1 more", Tone.ATTENTION)
    floor.restart()
    assert floor.sign_in().message == "In your hand: 5 EA 100001, 1 more"


def test_putting_goes_by_the_walk_order_of_where_goods_are_kept(floor: Floor) -> None:
    floor.say(TAKE, "A-01-02", "100002", "L1", "1", "A-01-01", GTIN, "5", ".m")
    view = floor.say(PUT)
    assert view.prompt == "Put what? Scan it, or type its number."
    assert [line.text for line in view.listed] == ["5 EA 100001 Plain pen", "1 KG 100002 L1 Lot cheese"]


def test_goods_that_the_site_no_longer_knows_can_still_be_put_down(floor: Floor) -> None:
    floor.say(TAKE, "A-01-01", GTIN, "5", ".m", PUT)
    with floor.store.transaction:
        floor.store.feed.put([(99, Item("100001", "Plain pen", "EA", active=False))])
    view = floor.say(".c", "1", "A-01-05")
    assert (view.message, view.halted) == ("Put 5 at A-01-05.", False)
    assert floor.on_hand("A-01-05", "100001") == whole(5)


def test_a_number_chooses_and_a_place_puts_all_of_it(floor: Floor) -> None:
    floor.say(TAKE, "A-01-01", GTIN, "5", ".m", PUT)
    assert floor.say("1").prompt == "How many EA? Or the place for all."
    assert floor.say("A-01-05").message == "Put 5 EA at A-01-05."
    assert legs(facts(floor)[1]) == [("@hand:1001", "A-01-05", "100001", whole(5))]
    view = floor.desk.view()
    assert (view.prompt, view.lines) == ("Your hand is empty. Scan your tote.", ())


def test_a_part_may_be_put(floor: Floor) -> None:
    floor.say(TAKE, "A-01-01", GTIN, "5", ".m", PUT, GTIN, "2", "A-01-05")
    assert floor.on_hand("@hand:1001", "100001") == whole(3)
    assert floor.say(GTIN, "9").message == "Only 3 EA known here. Enter again."


def test_only_one_lot_at_hand_is_not_asked_for(floor: Floor) -> None:
    floor.say(TAKE, "A-01-02", "100002", "L1", "2", ".m", PUT)
    assert floor.say("100002").prompt == "How many KG? Or the place for all."


def test_a_target_read_twice_while_putting_changes_nothing(floor: Floor) -> None:
    floor.say(TAKE, "A-01-01", GTIN, "5", ".m", PUT, GTIN, "2")
    view = floor.burst("A-01-05", "A-01-05")
    assert (view.message, view.halted) == ("Put there already. Scan the next.", False)
    assert len(floor.events()) == 2


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("A-01-05", "Scan what you put first, not a place."),
        ("100004", "Not among these. Scan one of these."),
        ("7", "Unknown code. Scan one of these."),
    ],
)
def test_what_is_not_at_hand_cannot_be_put(floor: Floor, line: str, sentence: str) -> None:
    assert floor.say(TAKE, "A-01-01", GTIN, "5", ".m", PUT, line).message == sentence


def test_a_tote_is_filled_and_emptied(floor: Floor) -> None:
    view = floor.say(TAKE)
    assert [line.text for line in view.listed] == ["Onto a tote or plate"]
    assert floor.say("1").prompt == "Onto which plate? Scan its label."
    view = floor.say(TOTE, "A-01-03", GTIN, "1", "2")
    assert view.message == "Took 2 EA onto the plate."
    assert [(line.label, line.text) for line in view.lines] == [("From", "A-01-03"), ("Onto", TOTE)]
    assert floor.say(TOTE).message == "Same place. Scan where you put it."
    floor.say(".k", ".m", PUT, TOTE, "1", "A-01-05")
    assert floor.on_hand("A-01-05", "100001") == whole(2)
    assert floor.desk.view().prompt == "Nothing known on it. Scan another."


def test_an_emptied_place_is_asked_about_while_taking(floor: Floor) -> None:
    view = floor.say(TAKE, "A-01-04", "100003", "S-1")
    assert view.prompt == "Is A-01-04 empty now? Type 1 or 2."
    floor.say("2")
    (fact,) = facts(floor)
    assert isinstance(fact, Moved)
    assert fact.zero_check == "not_empty"


def test_a_place_where_a_plate_stands_is_not_empty(floor: Floor) -> None:
    floor.say("1", PALLET, "A-01-04", ".m", TAKE)
    assert floor.say("A-01-04", "100003", "S-1").message == "Took 1 EA. It is in your hand."


def test_pieces_taken_are_counted_until_the_place_is_scanned(tmp_path: Path) -> None:
    floor = Floor(tmp_path, settings=Settings(policies=Policies(piece_by_piece=True)))
    floor.sign_in()
    floor.say(TAKE, "A-01-01", GTIN, GTIN)
    assert floor.say("A-01-02").message == "Not the same. Scan it again, or F4."
    floor.say(".k", "A-01-01")
    assert floor.on_hand("@hand:1001", "100001") == whole(2)
    floor.close()


def test_a_fresh_plate_is_built(floor: Floor) -> None:
    floor.say(PLATES, "1")
    assert floor.say(FRESH).prompt == "Where does it stand? Scan the place."
    view = floor.say("A-01-05")
    assert (view.message, view.prompt) == ("Plate at A-01-05. Take for it.", "Take from where? Scan the place.")
    assert floor.say("A-01-01", GTIN, "8").message == "Took 8 EA onto the plate."
    assert floor.on_hand(FRESH, "100001") == whole(8)
    assert stands(floor, FRESH) == ("A-01-05", "", "A-01-05")
    assert floor.restart().title == "Build"


def test_a_label_fills_a_plate_that_is_built(floor: Floor) -> None:
    floor.say(PLATES, "1", FRESH, "A-01-05", "A-01-02")
    assert floor.say(b"]C1010400638133394810L1").prompt == "How many KG?"


def test_a_plate_with_a_number_of_its_own_is_confirmed(floor: Floor) -> None:
    floor.say(PLATES, "1")
    assert floor.say("TOTE-7").message == "New plate? Scan it again to make it."
    floor.say("TOTE-7", "A-01-05")
    assert stands(floor, "TOTE-7")[0] == "A-01-05"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [(GTIN, "That is an item. Scan a plate."), ("A-01-01", "That is a place. Scan a plate.")],
)
def test_what_is_no_plate_is_not_built(floor: Floor, line: str, sentence: str) -> None:
    assert floor.say(PLATES, "1", line).message == sentence


def test_a_plate_is_gone_on_with(floor: Floor) -> None:
    assert floor.say(PLATES, "1", TOTE).prompt == "Take from where? Scan the place."
    floor.say("A-01-01", GTIN, "1")
    assert floor.on_hand(TOTE, "100001") == whole(1)


def test_a_plate_is_broken_by_its_known_contents(floor: Floor) -> None:
    view = floor.say(PLATES, "2", PALLET)
    assert view.prompt == "Place for all of it, or scan an item."
    assert [line.text for line in view.listed] == ["100001 20 EA Plain pen", "100002 3 KG L1 Lot cheese"]
    assert floor.say("A-01-05").prompt == "All 2 here? Scan the place again."
    assert floor.say("A-01-05").message == "2 lines put at A-01-05."
    assert len(facts(floor)[0].legs) == 4
    assert (floor.on_hand("A-01-05", "100001"), floor.on_hand(PALLET, "100002")) == (whole(20), 0)
    assert stands(floor, PALLET)[0] == "B-01-01"
    assert floor.desk.view().prompt == "Nothing known on it. Scan another."


def test_a_double_read_does_not_break_a_plate(floor: Floor) -> None:
    floor.say(PLATES, "2", PALLET)
    floor.burst("A-01-05", "A-01-05")
    assert floor.events() == []


def test_some_of_a_plate_is_taken_off(floor: Floor) -> None:
    assert floor.say(PLATES, "2", PALLET, GTIN, "4", "A-01-05").message == "Moved 4 EA to A-01-05."
    assert floor.on_hand(PALLET, "100001") == whole(16)
    view = floor.desk.view()
    assert (view.prompt, view.lines[0].text) == ("Place for all of it, or scan an item.", PALLET)


def test_an_empty_plate_is_not_broken(floor: Floor) -> None:
    assert floor.say(PLATES, "2", TOTE).prompt == "Nothing known on it. Scan another."


def test_plates_nest(floor: Floor) -> None:
    assert floor.say(PLATES, "3", TOTE, PALLET).message == f"Nested on {PALLET}."
    assert stands(floor, TOTE) == ("", PALLET, "B-01-01")
    floor.say(".m", "1", TOTE, "A-01-05")
    assert stands(floor, TOTE) == ("A-01-05", "", "A-01-05")


def test_a_plate_does_not_carry_what_carries_it(floor: Floor) -> None:
    assert floor.say(PLATES, "3", PALLET, OTHER).message == "It carries that one. Scan another."


def test_plates_are_not_stacked_without_end(tmp_path: Path) -> None:
    names = [f"P{number}" for number in range(8)]
    stack = [Plate(name, "" if below else "A-01-01", below) for below, name in zip(["", *names], names, strict=False)]
    floor = Floor(tmp_path, more=[*stack, Plate("ONE", "A-01-02")])
    floor.sign_in()
    assert floor.say(PLATES, "3", "ONE", "P7").message == "Too many on top. Scan another plate."
    assert floor.say(".k", "P6").message == "Nested on P6."
    assert floor.say("P0", "ONE").message == "It carries that one. Scan another."
    floor.close()


def test_a_plate_at_a_blocked_place_is_confirmed(floor: Floor) -> None:
    with floor.store.transaction:
        floor.store.file.database.execute("UPDATE location SET state = 'blocked' WHERE location = 'B-01-01'")
    view = floor.say("1", OTHER)
    assert (view.tone, "B-01-01" in view.message) == (Tone.ATTENTION, True)
    assert floor.say(OTHER).prompt == "Scan goods, or the place for all of it."
