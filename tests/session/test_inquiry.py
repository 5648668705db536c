"""A worker looks things up: what is there, as of when, by any of its names, and carries it back to the question."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from msgspec import Struct

from scanner_app.domain.catalog import Item, Location, Lot, Plate, Stock
from scanner_app.domain.quantity import whole
from scanner_app.session.view.view import Fill, View
from scanner_app.workflows.questions import phrases as question_phrases
from tests.warehouse import GTIN, PIN, Floor

MORE: list[Struct] = [
    Item("200001", "Müsli Crunch 125 g", "EA"),
    Item("200002", "Smørrebrød Topping", "EA"),
    Item("200003", "Müsli Classic 250 g", "EA"),
    Plate("340123450000000024", "", "340123450000000017"),
    Stock("340123450000000017", "200001", "", "", "OWN", "AVAILABLE", whole(4)),
    Stock("340123450000000024", "200002", "", "", "OWN", "AVAILABLE", whole(9)),
    Stock("A-01-02", "200003", "", "", "OWN", "AVAILABLE", -whole(2)),
    Stock("@hand:1101", "200003", "", "", "OWN", "AVAILABLE", whole(2)),
    Stock("A-01-05", "100002", "L9", "", "OWN", "HOLD", whole(1)),
    Lot("100002", "L9"),
    *(Location(f"C-{bay:02}-{level}", "C", 100 + 10 * bay + level, "bin") for bay in range(1, 10) for level in (1, 2)),
]


@pytest.fixture
def looking(floor: Floor) -> Floor:
    """Signed in, and looking up from the menu."""
    pulled(floor, MORE)
    floor.sign_in()
    floor.say(".i")
    return floor


def pulled(floor: Floor, rows: Iterable[Struct]) -> None:
    with floor.store.transaction:
        floor.store.feed.put(enumerate(rows, 1_000))


def listed(view: View) -> list[str]:
    """What was found; that it is damaged or wrong may be said behind all of it."""
    return [line.text for line in view.listed if line.label != ".x"]


def heads(view: View) -> dict[str, str]:
    return {line.label: line.text for line in view.lines}


def test_a_place_says_what_is_there_as_of_when_and_what_is_not_sent(looking: Floor) -> None:
    with looking.store.transaction:
        looking.store.identity.set_exchanged(looking.clock.now_us)
    looking.say(".m", "1", "A-01-01", GTIN, "5", "A-01-05")
    view = looking.say(".i", "A-01-05")
    assert heads(view) == {"Not sent": "1", "As of": "23:13", "Place": "A-01-05"}
    assert listed(view) == ["100001 5 EA Plain pen", "100002 1 KG L9 HOLD Lot cheese"]


@pytest.mark.parametrize(
    ("said", "head", "lines"),
    [
        ("BLOCKED", {"Place": "BLOCKED (blocked)"}, ["Nothing is known to be here."]),
        (
            "100001",
            {"Item": "100001 Plain pen", "Total": "112 EA"},
            ["A-01-01 100 EA", "A-01-03 7 EA ACME", "A-01-03 5 EA"],
        ),
        ("200003", {"Total": "0 EA"}, ["In hand of 1101: 2 EA", "A-01-02 -2 EA"]),
        ("L1", {"Lot": "L1"}, ["A-01-02 100002 8 KG L1"]),
        ("S-1", {"Serial": "S-1"}, ["A-01-04 100003 1 EA S-1"]),
        ("ACME", {"Owner": "ACME Supplier"}, ["A-01-03 100001 7 EA ACME"]),
        ("OWN", {"Owner": "OWN"}, ["Own stock. Look up a place or an item."]),
        ("]C1010400638133394810L9", {"Lot": "L9"}, ["A-01-05 100002 1 KG L9 HOLD"]),
        ("B-01-01", {"Place": "B-01-01"}, ["Plate 340123450000000017"]),
        (
            "340123450000000017",
            {"At": "B-01-01", "Place": "340123450000000017"},
            ["Plate 340123450000000024", "200001 4 EA Müsli Crunch 125 g"],
        ),
        (
            "340123450000000024",
            {"On plate": "340123450000000017", "At": "B-01-01"},
            ["200002 9 EA Smørrebrød Topping"],
        ),
    ],
)  # fmt: skip
def test_anything_can_be_looked_up(looking: Floor, said: str, head: dict[str, str], lines: list[str]) -> None:
    view = looking.say(said)
    assert head.items() <= heads(view).items()
    assert listed(view) == lines


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("mus cru", ["200001 Müsli Crunch 125 g"]),
        ("MÜSLI", ["200001 Müsli Crunch 125 g", "200003 Müsli Classic 250 g"]),
        ("687.278", ["200001 Müsli Crunch 125 g"]),
        ("smorre", ["200002 Smørrebrød Topping"]),
        ("25 mus", ["200003 Müsli Classic 250 g"]),
        ("20000", ["200001 Müsli Crunch 125 g", "200002 Smørrebrød Topping", "200003 Müsli Classic 250 g"]),
        ("c-09", ["C-09-1", "C-09-2"]),
        ("SHARED", ["100004 Shared one", "100005 Shared two"]),
        ("zzz", ["Nothing found. Type less of the name."]),
    ],
)
def test_part_of_a_name_in_letters_or_as_a_keypad_spells_it(looking: Floor, typed: str, found: list[str]) -> None:
    assert listed(looking.say(typed)) == found


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("m", "Type at least two letters of the name."),
        ("]E04006381333962", "Unknown item on it. Type part of a name."),
        ("B-1101", "That is a badge. Type part of a name."),
        (".a", "Nothing to use here. Look one up first."),
    ],
)
def test_what_cannot_be_looked_up_is_said(looking: Floor, said: str, message: str) -> None:
    assert looking.say(said).message == message


def test_what_is_listed_is_looked_at_by_its_number(looking: Floor) -> None:
    looking.say("mus", "1")
    view = looking.say("1")
    assert heads(view)["Place"] == "340123450000000017"
    assert heads(looking.say("2"))["Item"] == "200001 Müsli Crunch 125 g"


def test_a_changed_name_is_found_by_its_new_words_only(looking: Floor) -> None:
    pulled(looking, [Item("200001", "Oat Flakes", "EA"), Item("200003", "Müsli Classic 250 g", "EA", active=False)])
    assert listed(looking.say("oat")) == ["200001 Oat Flakes"]
    assert listed(looking.say("mus")) == ["Nothing found. Type less of the name."]


def test_what_was_looked_up_answers_the_question_it_interrupted(floor: Floor) -> None:
    floor.move()
    floor.say(".i", GTIN)
    assert floor.say("1").prompt == "Scan the next, or .a uses this one."
    view = floor.say("key:F12")
    assert (view.title, view.prompt, heads(view)) == ("Move", "Take what? Scan the item.", {"From": "A-01-01"})
    floor.say(".i", "pen", "1", ".a")
    floor.say("5", ".i", "A-01-02", "CMD:USE")
    assert floor.on_hand("A-01-02", "100001") == whole(5)


def test_a_carried_answer_is_judged_like_any_other(floor: Floor) -> None:
    floor.move()
    floor.say("A-01-01", GTIN, "5", ".i", "BLOCKED")
    assert floor.say(".a").message == question_phrases.BLOCKED_AGAIN.text.format(place="BLOCKED")
    assert floor.events() == []
    floor.say("BLOCKED")
    assert len(floor.events()) == 1


@pytest.mark.parametrize("shown", [1, 2, 3, 4, 5, 6])
def test_a_detour_and_what_it_carried_back_are_there_after_a_restart(floor: Floor, shown: int) -> None:
    floor.move()
    before = floor.say(*["A-01-01", ".i", "pen", "1", ".a", "5"][:shown])
    after = floor.restart()
    assert (after.title, after.prompt, after.lines, after.listed) == (
        before.title, before.prompt, before.lines, before.listed,
    )  # fmt: skip


def test_answers_carried_back_in_one_burst_are_the_same(floor: Floor) -> None:
    floor.move()
    floor.burst("A-01-01", ".i", "100001", ".a", "5", ".i", "A-01-05", ".a")
    assert floor.on_hand("A-01-05", "100001") == whole(5)


def test_the_picture_shows_the_bays_around_a_place(looking: Floor) -> None:
    picture = looking.say("C-03-1").picture
    assert [bay.name for bay in picture] == ["CLOSED", "C-01", "C-02", "C-03", "C-04", "C-05", "C-06"]
    (here,) = [spot for bay in picture for spot in bay.spots if spot.is_here]
    assert (here.place, here.fill) == ("C-03-1", Fill.EMPTY)
    above = next(bay for bay in picture if bay.name == "C-03")
    assert [spot.name for spot in above.spots] == ["2", "1"]


def test_fill_comes_from_stock_own_events_plates_and_state(looking: Floor) -> None:
    looking.say(".m", "1", "A-01-04", "4006381333955", "S-1", "A-01-01")
    picture = looking.say(".i", "A-01-04").picture
    fills = {spot.place: spot.fill for bay in picture for spot in bay.spots}
    assert (fills["A-01-04"], fills["A-01-03"]) == (Fill.EMPTY, Fill.STOCKED)
    fills = {spot.place: spot.fill for bay in looking.say("B-01-01").picture for spot in bay.spots}
    assert (fills["B-01-01"], fills["BLOCKED"], fills["CLOSED"]) == (Fill.STOCKED, Fill.BLOCKED, Fill.CLOSED)


def test_a_long_list_stops_and_says_so(tmp_path: Path) -> None:
    floor = Floor(tmp_path)
    pulled(floor, (Stock("A-01-05", f"X{n:04}", "", "", "OWN", "AVAILABLE", whole(n)) for n in range(1, 400)))
    floor.sign_in()
    view = floor.say(".i", "A-01-05")
    assert len(listed(view)) == 200
    assert view.lines[-1].text == "There is more than is listed here."
    floor.close()


def test_a_pin_typed_into_a_look_up_is_not_searched_for(looking: Floor) -> None:
    assert PIN not in str(looking.say("B-1001", PIN))
