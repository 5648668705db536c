"""All that is at a place moved at once: as listed, confirmed with the list in sight, one event; plates stay."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scanner_app.domain.catalog import Barcode, Plate, Stock
from scanner_app.domain.quantity import whole
from scanner_app.session.view.view import Tone
from scanner_app.workflows.parts import source
from tests.session.known.booked import moved
from tests.warehouse import Floor

MORE = [
    Plate("340123450000000024", "A-01-03"),
    Stock("A-01-03", "100002", "L1", "", "OWN", "HOLD", whole(2)),
    Stock("A-01-03", "100004", "", "", "OWN", "AVAILABLE", whole(-3)),
]
LISTED = [
    "340123450000000024 stays here.",
    "100001 7 EA ACME Plain pen",
    "100001 5 EA Plain pen",
    "100002 2 KG L1 HOLD Lot cheese",
]


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[Floor]:
    floor = Floor(tmp_path, more=MORE)
    floor.sign_in()
    yield floor
    floor.close()


def test_what_is_listed_is_moved_by_one_event_and_plates_stay(floor: Floor) -> None:
    view = floor.say("1", "A-01-03")
    assert [(line.label, line.text) for line in view.listed] == [("1", "All that is here"), ("2", "Damaged or wrong")]
    view = floor.say("1")
    assert view.prompt == "All 3 lines: to which place?"
    assert [line.text for line in view.listed] == LISTED
    view = floor.say("A-01-05")
    assert (view.prompt, [line.text for line in view.listed]) == ("3 lines to A-01-05? Again.", LISTED)
    assert floor.say("A-01-05").message == "3 lines moved to A-01-05."
    (fact,) = moved(floor)
    assert len(fact.legs) == 6
    assert {(leg.source.item, leg.source.owner, leg.quantity) for leg in fact.legs} == {
        ("100001", "ACME", whole(7)), ("100001", "OWN", whole(5)), ("100002", "OWN", whole(2)),
    }  # fmt: skip
    assert floor.on_hand("A-01-05", "100001") == whole(12)
    assert floor.on_hand("A-01-03", "100004") == whole(-3), "what is known to be gone cannot be moved"


def test_another_place_confirms_nothing_and_undo_goes_back(floor: Floor) -> None:
    floor.say("1", "A-01-03", "1", "A-01-05")
    assert floor.say("A-01-04").tone is Tone.BAD
    floor.say(".k", ".u")
    assert floor.events() == []
    assert floor.say(".u").prompt == "Take what? Scan the item."


def test_what_was_shown_is_moved_although_the_stock_changed_meanwhile(floor: Floor) -> None:
    floor.say("1", "A-01-03", "1", "A-01-05")
    with floor.store.transaction:
        floor.store.feed.put([(900, Stock("A-01-03", "100001", "", "", "OWN", "AVAILABLE", whole(50)))])
    floor.say("A-01-05")
    assert floor.on_hand("A-01-05", "100001") == whole(12)


def test_a_place_where_nothing_is_known_says_so(floor: Floor) -> None:
    view = floor.say("1", "A-01-05", "1")
    assert view.prompt == "Nothing loose known. Scan the item."
    assert [(line.label, line.text) for line in view.listed] == [("2", "Damaged or wrong")], "what is found may be, too"
    assert floor.events() == []


def test_more_than_an_event_holds_is_said_and_stays(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "ROWS_MAX", 2)
    view = floor.say("1", "A-01-03", "1")
    assert view.listed[0].text == "More is here: it stays for the next."
    floor.say("A-01-05", "A-01-05")
    assert len(moved(floor)[0].legs) == 4


def test_a_number_that_is_a_code_is_no_choice(floor: Floor) -> None:
    with floor.store.transaction:
        floor.store.feed.put([(901, Barcode("1", "100001", "EA"))])
    assert floor.say("1", "A-01-01", "1").prompt == "How many EA?"


def test_only_a_move_takes_all(floor: Floor) -> None:
    assert floor.say("2", "A-01-03").listed == ()
