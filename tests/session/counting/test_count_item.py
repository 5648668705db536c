"""One item from place to place: the label of the next place closes the count of it at the one before."""

from pathlib import Path

import msgspec
import pytest

from scanner_app.domain.catalog import Plate, Stock
from scanner_app.domain.events.event import Event
from scanner_app.domain.quantity import whole
from scanner_app.domain.task import COUNT, LOOK, MADE, Task, name_of
from scanner_app.session.context import Settings
from tests.session.counting.test_count import facts
from tests.warehouse import GTIN, PIN, Floor

PLATE = "340123450000000017"
_event = msgspec.json.Decoder(Event).decode
TOLD = Settings(told_roles=frozenset({"worker"}))
BLIND = Settings()


def floor_for(folder: Path, settings: Settings, *rows: msgspec.Struct) -> Floor:
    floor = Floor(folder, settings=settings, more=rows)
    floor.sign_in()
    floor.say("8")
    return floor


def closings(floor: Floor) -> list[tuple[str, str]]:
    """Where each closing was, and of which item."""
    told = (_event(payload).fact.closing for payload in floor.events())
    return [(one.place, one.of_item) for one in told if one]


@pytest.fixture
def told(tmp_path: Path) -> Floor:
    return floor_for(tmp_path, TOLD)


@pytest.fixture
def blind(tmp_path: Path) -> Floor:
    return floor_for(tmp_path, BLIND)


def test_who_is_told_of_the_book_is_sent_to_each_place_of_it_in_walk_order(told: Floor) -> None:
    view = told.say(GTIN)
    assert (view.title, view.prompt) == ("One item", "Go to A-01-01 and scan it.")
    assert told.say("A-01-01").prompt == "Scan what is here of it. None: .e"
    view = told.say(GTIN, "90")
    assert [line.text for line in view.listed][:3] == ["1 line: 90 EA", "Next: A-01-03", "0 of 2 places"]
    view = told.say("A-01-03", GTIN, "A-01-03", "A-01-03")
    assert (view.prompt, view.message) == ("All are counted. Another? Scan it.", "A-01-03 is counted: 100001.")
    assert closings(told) == [("A-01-01", "100001"), ("A-01-03", "100001")]


def test_who_counts_blind_is_told_no_place_and_counts_wherever_it_is(blind: Floor) -> None:
    view = blind.say(GTIN)
    assert (view.prompt, view.listed) == ("Where is it? Scan a place.", ())
    view = blind.say("A-01-05", GTIN, "2", "A-01-03")
    assert [line.text for line in view.listed] == ["1 place counted"]
    assert facts(blind) == ["A-01-05 2 100001", "closed A-01-05 1 0"]


def test_nothing_that_a_blind_counter_sees_depends_on_where_the_book_has_it(tmp_path: Path) -> None:
    entries = [GTIN, "A-01-05", GTIN, "2", "A-01-02", ".e", "A-01-02", "key:F5", "key:F3", "8"]
    pictures = []
    for name, stock in (("here", 3), ("nowhere", 0)):
        rows = [Stock(place, "100001", "", "", "OWN", "AVAILABLE", whole(stock)) for place in ("A-01-05", "B-01-01")]
        floor = floor_for(tmp_path / name, BLIND, *rows)
        pictures.append([msgspec.json.encode(floor.say(entry)) for entry in entries])
    assert pictures[0] == pictures[1]


def test_none_of_it_is_said_by_its_own_word_and_the_label(blind: Floor) -> None:
    view = blind.say(GTIN, "A-01-05", "A-01-05", ".e")
    assert view.prompt == "None of it here? Scan A-01-05."
    blind.say("A-01-05")
    assert (facts(blind), closings(blind)) == (["closed A-01-05 0 0"], [("A-01-05", "100001")])


def test_a_place_where_nothing_was_counted_is_left_and_nothing_is_said_of_it(blind: Floor) -> None:
    view = blind.say(GTIN, "A-01-05", "A-01-04")
    assert view.message == "A-01-05 is left: nothing counted."
    blind.say(GTIN, ".u", "A-01-02")
    assert closings(blind) == []


@pytest.mark.parametrize(
    ("scanned", "message"),
    [
        ("100004", "Only 100001 is counted here."),
        ("SHARED", "Only 100001 is counted here."),
        ("BOX-WHAT", "Only 100001 is counted here."),
        ("340123450000000024", "Only 100001 is counted here."),
        ("7", "Scan goods first, then how many."),
        ("A-01-05", "Nothing counted. Empty? Type .e"),
    ],
)
def test_what_is_not_looked_for_is_told_and_not_counted(scanned: str, message: str, blind: Floor) -> None:
    said = blind.say(GTIN, "A-01-05", scanned)
    if scanned == "SHARED":
        said = blind.say("1")
    assert said.message == message
    blind.say("key:F8", GTIN)
    if not scanned.isdigit():
        blind.say(scanned)
    assert facts(blind) in ([], ["A-01-05 1 100001"])


def test_other_goods_do_not_confirm_a_line_of_it(blind: Floor) -> None:
    assert blind.say(GTIN, "A-01-05", GTIN, "100004").message == "Only 100001 is counted here."
    blind.say("key:F8", "6", "A-01-04")
    assert facts(blind) == ["A-01-05 6 100001", "closed A-01-05 1 0"]


def test_one_label_confirms_the_line_closes_the_place_and_begins_the_next(blind: Floor) -> None:
    view = blind.say(GTIN, "A-01-05", GTIN, "A-01-04")
    assert [*(one.text for one in view.before), view.message] == [
        "1 EA 100001 (line 1)",
        "A-01-05 is counted: 100001.",
    ]
    assert facts(blind) == ["A-01-05 1 100001", "closed A-01-05 1 0"]
    blind.say(GTIN, "3")
    assert facts(blind)[-1] == "A-01-04 3 100001"


def test_what_is_shown_is_there_after_a_restart_at_every_entry(told: Floor) -> None:
    entries = [
        GTIN,
        "A-01-03",
        GTIN,
        GTIN,
        "A-01-01",
        ".e",
        "key:F3",
        GTIN,
        "5",
        "A-01-01",
        "A-01-01",
    ]
    for text in entries:
        said = told.say(text)
        again = told.restart()
        assert (again.prompt, again.lines, again.listed) == (said.prompt, said.lines, said.listed)
        assert [*again.before, again.message] == [*said.before, said.message]
    assert closings(told) == [("A-01-03", "100001"), ("A-01-01", "100001")]


def test_a_place_is_left_for_later_and_comes_at_the_end(told: Floor) -> None:
    view = told.say(GTIN, "key:F5")
    assert (view.prompt, view.message) == ("Go to A-01-03 and scan it.", "A-01-01 comes again at the end.")
    view = told.say("A-01-03", GTIN, "12", "A-01-03", "A-01-03")
    assert view.prompt == "Go to A-01-01 and scan it."
    assert not [line for line in view.listed if "F5" in line.text], "the last one is not left for later"


def test_a_plate_that_holds_it_is_a_place_of_it_where_it_stands(tmp_path: Path) -> None:
    floor = floor_for(
        tmp_path, TOLD, Plate(PLATE, "A-01-02"), Stock(PLATE, "100001", "", "", "OWN", "AVAILABLE", whole(4))
    )
    view = floor.say(GTIN, "A-01-01", GTIN, "1")
    assert [line.text for line in view.listed][1:4] == [f"Next: {PLATE}", "It stands at A-01-02.", "0 of 3 places"]
    floor.say(PLATE, GTIN, "4", "A-01-03")
    assert closings(floor) == [("A-01-01", "100001"), (PLATE, "100001")]


def test_its_own_place_again_goes_on_and_takes_the_closing_back(blind: Floor) -> None:
    view = blind.say(GTIN, "A-01-05", GTIN, "2", "A-01-04", "A-01-05")
    assert view.prompt.startswith("Your count of")
    blind.say("1", GTIN, "1", "A-01-04")
    assert facts(blind)[2:] == ["never", "A-01-05 1 100001", "closed A-01-05 2 0"]


def test_a_count_of_all_that_is_there_goes_on_with_none_of_one_item(blind: Floor) -> None:
    blind.say(GTIN, "A-01-05", GTIN, "2", "A-01-04", ".m", "8")
    assert blind.say("A-01-05").prompt == "Scan the next, or this place: done."


@pytest.mark.parametrize(
    ("tasks", "title"),
    [
        ([Task(name_of("A-01-05", "100001"), COUNT, "A-01-05", "100001", 1)], "One item"),
        ([Task(MADE + "claim-1", COUNT, "A-01-05", "100001", 1, "9999")], "One item"),
        ([Task(name_of("A-01-05"), COUNT, "A-01-05", "", 1)], "Count"),
        ([Task(name_of("A-01-05", item), COUNT, "A-01-05", item, 1) for item in ("", "100001")], "Count"),
        ([Task(MADE + PLATE, LOOK, "A-01-05", PLATE, 1)], "Count"),
    ],
    ids=("an item", "a recount of it", "the place", "both", "a plate"),
)  # fmt: skip
def test_who_is_sent_for_one_item_counts_only_that(tmp_path: Path, tasks: list[Task], title: str) -> None:
    assert floor_for(tmp_path, BLIND, *tasks).say("A-01-05").title == title


def test_behind_a_task_of_an_item_comes_the_next_task(tmp_path: Path) -> None:
    asked = Task(MADE + "claim-1", COUNT, "A-01-05", "100001", 1, "9999", priority=8)
    floor = floor_for(tmp_path, BLIND, asked, Task(name_of("A-01-02"), COUNT, "A-01-02", since=1))
    view = floor.say("A-01-05", "A-01-05", GTIN, "3", "A-01-05", "A-01-05")
    assert view.prompt == "A-01-02: perhaps not free. Scan it."
    recounts = [line.recounts for payload in floor.events() if (line := _event(payload).fact.line)]
    assert (recounts, closings(floor)) == (["claim-1"], [("A-01-05", "100001")])


def test_another_place_behind_a_task_of_an_item_is_counted_whole(tmp_path: Path) -> None:
    asked = Task(MADE + "claim-1", COUNT, "A-01-05", "100001", 1, "9999")
    floor = floor_for(tmp_path, BLIND, asked)
    assert floor.say("A-01-05", "A-01-05", GTIN, "3", "A-01-02").title == "Count"
    floor.say("100004", "1", "A-01-02", "A-01-02")
    assert closings(floor) == [("A-01-05", "100001"), ("A-01-02", "")]


def test_who_is_sent_for_one_item_may_count_all_that_is_there(tmp_path: Path) -> None:
    floor = floor_for(tmp_path, BLIND, Task(name_of("A-01-05", "100001"), COUNT, "A-01-05", "100001", 1))
    floor.say("A-01-05", "A-01-05", GTIN, "3", ".t", "100004", "1", "A-01-05", "A-01-05")
    assert facts(floor)[1:] == ["A-01-05 3 100001", "A-01-05 1 100004", "closed A-01-05 2 0"]
    assert closings(floor) == [("A-01-05", "")]


def test_only_that_item_is_done_there_as_far_as_this_device_knows(tmp_path: Path) -> None:
    tasks = [Task(name_of("A-01-05", item), COUNT, "A-01-05", item, 1) for item in ("", "100001")]
    floor = floor_for(tmp_path, BLIND, *tasks)
    floor.say(".m", "8", GTIN, "A-01-05", "A-01-05", ".e", "A-01-05")
    view = floor.say(".m", "8")
    assert view.prompt.startswith("A-01-05: perhaps not free"), "all of it is still to be counted"
    assert floor.say("A-01-05").title == "Count"


def test_today_says_of_which_item_there_is_no_more(blind: Floor) -> None:
    blind.say(GTIN, "A-01-05", GTIN, "3", "A-01-05", "A-01-05", ".m")
    assert any("no more of 100001 at A-01-05" in line.text for line in blind.say("6").listed)


def test_two_hours_without_an_entry_begin_its_count_anew(blind: Floor) -> None:
    blind.say(GTIN, "A-01-05", GTIN, "3")
    blind.clock.now_us += 2 * 3600 * 10**6
    view = blind.say(PIN, GTIN)
    assert (view.title, view.message) == ("One item", "2 hours passed: it begins anew.")


def test_back_leads_to_the_choice_of_a_place_of_it_and_a_label_read_twice_begins_nothing(blind: Floor) -> None:
    assert blind.say(GTIN, "A-01-05", "key:F3").prompt == "Where is it? Scan a place."
    view = blind.say("A-01-05", GTIN, "1", "A-01-05", "A-01-05", "A-01-05")
    assert (view.prompt, view.message) == ("Where is it? Scan a place.", "A-01-05 is done. Again? Scan it.")
