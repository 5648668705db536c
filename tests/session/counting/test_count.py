"""A worker counts a shelf: a scan each, or a number, and the place once more; what was confirmed is durable."""

from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from scanner_app.domain.catalog import Barcode, Stock
from scanner_app.domain.events.event import Event
from scanner_app.session.view.view import Tone
from tests.warehouse import CASE_GTIN, GTIN, PIN, Floor

PLATE = "340123450000000017"
_event = msgspec.json.Decoder(Event).decode


def facts(floor: Floor) -> list[str]:
    """What was posted, each in a few words."""
    return [told(_event(payload)) for payload in floor.events()]


def told(event: Event) -> str:
    fact = event.fact
    if (line := fact.line) is not None:
        key = line.key
        marks = "".join(f" {one}" for one in (key.lot, key.serial, line.word) if one)
        return f"{key.place} {line.quantity / 10**6:g} {'?' if line.code else ''}{key.item}{marks}"
    if (closing := fact.closing) is not None:
        return f"closed {closing.place} {closing.lines} {closing.sightings}"
    return f"{fact.stand.plate} at {fact.stand.place}" if fact.stand else "never"


@pytest.fixture
def counter(floor: Floor) -> Floor:
    floor.sign_in()
    floor.say("8")
    return floor


MISREAD = f"{GTIN[:-1]}{(int(GTIN[-1]) + 1) % 10}"


def test_a_code_with_a_wrong_digit_stays_on_screen_until_it_is_acknowledged(counter: Floor) -> None:
    view = counter.say("A-01-01", "100004", MISREAD, "100001", "A-01-01")
    assert (view.message, view.halted, view.tone) == ("Misread? Scan it again to keep it.", True, Tone.BAD)
    assert ("Unused", "2") in [(line.label, line.text) for line in view.lines]
    assert facts(counter) == []
    counter.say(".k", "100001", "A-01-01", "A-01-01")
    assert facts(counter) == ["A-01-01 1 100004", "A-01-01 1 100001", "closed A-01-01 2 0"]


def test_a_code_that_is_printed_with_a_wrong_digit_is_kept_by_the_same_scan_behind_it(counter: Floor) -> None:
    counter.say("A-01-01", MISREAD, ".k", MISREAD, "2", "A-01-01", "A-01-01")
    assert facts(counter) == [f"A-01-01 2 ?{MISREAD}", "closed A-01-01 1 0"]


def test_a_shelf_of_thirty_things_is_thirty_three_scans_and_no_key(counter: Floor) -> None:
    things = [("100001", "100004")[n % 2] for n in range(30)]
    view = counter.say("A-01-01", *things, "A-01-01", "A-01-01")
    assert (view.prompt, view.message) == ("Count what? A place, or an item.", "A-01-01 is counted.")
    assert facts(counter) == [f"A-01-01 1 {thing}" for thing in things] + ["closed A-01-01 30 0"]


@pytest.mark.parametrize(
    ("scans", "counted"),
    [
        ([GTIN, GTIN, GTIN, "100004"], "A-01-01 3 100001"),
        ([GTIN, CASE_GTIN, "A-01-01"], "A-01-01 13 100001"),
        ([GTIN, GTIN, "12"], "A-01-01 12 100001"),
        ([GTIN, "0"], "A-01-01 0 100001"),
        ([CASE_GTIN, "2"], "A-01-01 24 100001"),
        ([GTIN, "2 CS"], "A-01-01 24 100001"),
        (["100002", "L9", "2.5"], "A-01-01 2.5 100002 L9"),
        (["100003", "S-77"], "A-01-01 1 100003 S-77"),
        (["BOX-WHAT", "4"], "A-01-01 4 ?BOX-WHAT"),
        (["BOX-WHAT", "BOX-WHAT", GTIN], "A-01-01 2 ?BOX-WHAT"),
        (["BOX-WHAT", ".w", "blue box", "4"], "A-01-01 4 ?BOX-WHAT blue box"),
        ([PLATE], f"{PLATE} at A-01-01"),
        ([GTIN, PLATE], "A-01-01 1 100001"),
    ],
)
def test_a_line_is_confirmed_by_a_number_or_by_the_next_thing(counter: Floor, scans: list[str], counted: str) -> None:
    counter.say("A-01-01", *scans)
    assert facts(counter)[0] == counted


def test_a_plate_behind_goods_confirms_them_and_is_seen_by_the_same_scan(counter: Floor) -> None:
    view = counter.say("A-01-01", GTIN, PLATE)
    assert facts(counter) == ["A-01-01 1 100001", f"{PLATE} at A-01-01"]
    assert [one.text for one in (*view.before,)] == ["1 EA 100001 (line 1)"]
    assert view.message == f"{PLATE} Again: count it."
    assert counter.restart().message == view.message
    counter.say("100004", "1")
    assert facts(counter)[-1] == "A-01-01 1 100004"


def test_what_is_shown_is_there_after_a_restart_at_every_entry(counter: Floor) -> None:
    script = [
        "A-01-01",
        GTIN,
        GTIN,
        "100004",
        "7",
        "WHAT-BOX",
        ".w",
        "a box",
        "2",
        PLATE,
        "100001",
        "A-01-01",
        "A-01-01",
    ]
    for text in script:
        said = counter.say(text)
        again = counter.restart()
        assert (again.prompt, again.lines, again.listed) == (said.prompt, said.lines, said.listed)
        assert [*again.before, again.message] == [*said.before, said.message]
    assert facts(counter)[-1] == "closed A-01-01 4 1"


def test_two_corners_of_one_item_are_said_together(counter: Floor) -> None:
    assert counter.say("A-01-01", GTIN, "3", "100004", "1", GTIN, "2").message == "2 EA 100001: 5 EA in all."


def test_undo_takes_back_the_last_scan_and_no_more(counter: Floor) -> None:
    view = counter.say("A-01-01", GTIN, "100004", ".u")
    assert [line.text for line in view.listed] == ["1 line: 1 EA", "1 100001 1 EA Plain pen"]
    assert facts(counter) == ["A-01-01 1 100001"]
    assert counter.say(".u").message == "Nothing to take back here."
    assert counter.say("100004", "5", ".u").message == "Out: 5 EA 100004 (line 2)"
    assert counter.say(PLATE, "key:F4").message == f"Out: {PLATE} (line 3)"
    counter.say("A-01-01", "A-01-01")
    assert facts(counter)[-1] == "closed A-01-01 2 1", "what was undone is counted, too"


def test_a_line_is_corrected_by_its_number(counter: Floor) -> None:
    view = counter.say("A-01-01", GTIN, "3", "100004", "1", "key:F7")
    assert [line.label for line in view.listed] == ["2", "1"]
    view = counter.say("1", "3", "8")
    assert [*(one.text for one in view.before), view.message] == ["8 EA 100001 (line 3)", "Out: 3 EA 100001 (line 1)"]
    assert next(line.text for line in counter.desk.view().listed) == "2 lines: 9 EA"
    assert counter.say(".n", "2", "2").message == "Out: 1 EA 100004 (line 2)"
    assert counter.say(".n", "3", "1").prompt == "Scan the next, or this place: done."
    assert facts(counter)[2:] == ["A-01-01 8 100001", "never", "never"]


def test_a_label_that_is_read_three_times_closes_nothing(counter: Floor) -> None:
    view = counter.say("A-01-01", "A-01-01", "A-01-01", "A-01-01")
    assert view.message == "Nothing counted. Empty? Type .e"
    counter.say(GTIN)
    view = counter.burst("A-01-01", "A-01-01", "A-01-01")
    assert view.prompt == "A-01-01 again: nothing else there."
    assert facts(counter) == ["A-01-01 1 100001"]
    assert counter.say("key:F3").prompt == "Scan the next, or this place: done."


def test_the_label_that_has_just_closed_a_count_asks_nothing_when_it_is_read_once_more(counter: Floor) -> None:
    counter.say("A-01-01", GTIN, "1", "A-01-01")
    assert counter.burst("A-01-01", "A-01-01").message == "A-01-01 is done. Again? Scan it."
    assert counter.say("A-01-02").prompt == "Scan the next, or this place: done."
    assert facts(counter) == ["A-01-01 1 100001", "closed A-01-01 1 0"]


def test_a_count_in_which_nothing_was_counted_is_none_to_go_on_with(counter: Floor) -> None:
    counter.say("A-01-01", GTIN, "3", ".m", "8", "A-01-02", ".m")
    assert counter.say("8", "A-01-02").prompt == "Scan the next, or this place: done."
    assert counter.say(".m", "8", "A-01-01").prompt.startswith("Your count of ")
    assert counter.say("2", ".m", "8", "A-01-01").prompt.startswith("Your count of ")
    assert next(line.text for line in counter.say("1").listed) == "1 line: 3 EA"


@pytest.mark.parametrize(
    ("entries", "there"),
    [
        (["A-01-01"], "Count what? A place, or an item."),
        (["A-01-01", GTIN, "1", ".m", "8", "A-01-01"], "Count what? A place, or an item."),
        (["A-01-01", PLATE, PLATE], "Scan the next, or this place: done."),
        (["A-01-01", PLATE, PLATE, GTIN, "1"], "Scan the next, or this place: done."),
    ],
)
def test_back_leads_where_one_came_from(entries: list[str], there: str, counter: Floor) -> None:
    counter.say(*entries)
    view = counter.say("key:F3")
    assert view.prompt == there
    assert PLATE not in entries or view.lines[0].text == "A-01-01"


def test_a_piece_of_which_two_things_have_the_code_is_not_lost_behind_the_next_scan(tmp_path: Path) -> None:
    floor = Floor(tmp_path, more=[Barcode("BOTH", "100001", "EA"), Barcode("BOTH", "100004", "EA")])
    floor.sign_in()
    view = floor.say("8", "A-01-01", "BOTH", GTIN)
    assert (view.message, view.halted) == ("Not on the list. Type a list number.", True)
    assert floor.say("key:F8", "A-01-01").halted
    floor.say("key:F8", "2", GTIN, "1")
    assert facts(floor) == ["A-01-01 1 100004", "A-01-01 1 100001"]
    assert not floor.say("BOTH", "key:F4", GTIN).halted
    floor.close()


@pytest.mark.parametrize(("then", "line"), [(["5"], "5 100001"), ([GTIN, "A-01-01"], "2 100001")])
def test_the_line_that_was_open_at_signing_out_is_open_again(then: list[str], line: str, counter: Floor) -> None:
    counter.say("A-01-01", "100004", GTIN, "key:F9")
    counter.sign_in()
    view = counter.say("1")
    assert (view.prompt, view.lines[1].text) == ("How many EA? Scan one more, or type.", "100001 Plain pen"), view.lines
    counter.say(*then)
    assert facts(counter)[:2] == ["A-01-01 1 100004", f"A-01-01 {line}"]


def test_an_empty_place_is_said_to_be_empty(counter: Floor) -> None:
    assert counter.say("A-01-01", ".e").prompt == "Nothing there? Scan A-01-01."
    assert counter.say("A-01-01").message == "A-01-01 is counted."
    assert facts(counter) == ["closed A-01-01 0 0"]


def test_whoever_holds_two_things_puts_them_down_beside_a_count(floor: Floor) -> None:
    floor.sign_in()
    floor.say("2", "A-01-01", GTIN, "1", ".m", "2", "A-01-02", "4006381333948", "L1", "1", ".m")
    floor.say("8", "A-01-01", GTIN, "1", ".m")
    view = floor.say("3")
    assert (view.prompt, len(view.listed)) == ("Put what? Scan it, or type its number.", 2)
    assert floor.say("1", "1", "A-01-02").message == "Put 1 EA at A-01-02."


def test_the_label_of_a_neighbour_leaves_only_if_it_is_meant(counter: Floor) -> None:
    assert counter.say("A-01-01", GTIN, "A-01-02").prompt == "Leave it open? Scan A-01-02 again."
    assert counter.say("key:F3").prompt == "Scan the next, or this place: done."
    view = counter.say("A-01-02", "A-01-02")
    assert [line.text for line in view.lines] == ["A-01-02"]
    assert facts(counter) == ["A-01-01 1 100001"]


def test_the_same_plate_again_is_opened_and_the_place_around_it_goes_on(counter: Floor) -> None:
    view = counter.say("A-01-01", GTIN, "1", PLATE, PLATE)
    assert [line.text for line in view.lines] == [PLATE]
    view = counter.say("100004", "2", PLATE, PLATE)
    assert (view.message, view.lines[0].text) == (f"{PLATE} is counted.", "A-01-01")
    assert [line.text for line in view.listed][:2] == ["1 line: 1 EA", "1 plate"]
    counter.say("A-01-01", "A-01-01")
    assert facts(counter)[2:] == [f"{PLATE} 2 100004", f"closed {PLATE} 1 0", "closed A-01-01 1 1"]


@pytest.mark.parametrize("before", [[], ["A-01-02", PLATE, "A-01-01", "A-01-01"]])
def test_a_plate_that_was_not_seen_after_all_stands_where_it_stood(before: list[str], counter: Floor) -> None:
    def place() -> tuple[str, ...]:
        stands = "SELECT location, parent FROM plate_now WHERE plate = ?"
        return tuple(counter.store.file.database.execute(stands, (PLATE,)).fetchone() or ())

    counter.say(*before)
    stood = place()
    counter.say(*([] if before else ["A-01-01"]), PLATE)
    assert place() == ("A-01-01", "") != stood
    counter.say("key:F4")
    assert place() == stood


def test_a_count_that_was_left_is_gone_on_with_or_begun_anew(counter: Floor) -> None:
    counter.say("A-01-01", GTIN, "3", ".m")
    assert counter.say("8", "A-01-01").prompt.startswith("Your count of ")
    assert next(line.text for line in counter.say("1").listed) == "1 line: 3 EA"
    counter.say(".m", "8", "A-01-01")
    assert next(line.text for line in counter.say("2").listed) == "No lines yet."
    counter.say(GTIN, "1", "A-01-01", "A-01-01", "A-01-01", "A-01-01")
    assert counter.say("1").message == "A-01-01 is open again. Count on."
    assert facts(counter)[-2:] == ["closed A-01-01 1 0", "never"]
    counter.say(GTIN, "1", ".m")
    counter.clock.now_us += 61 * 60 * 10**6
    assert next(line.text for line in counter.say(PIN, "8", "A-01-01").listed) == "No lines yet."


def test_behind_two_hours_without_an_entry_a_count_has_ended(counter: Floor) -> None:
    counter.say("A-01-01", GTIN, "3")
    counter.clock.now_us += 121 * 60 * 10**6
    assert counter.say(PIN, "100004").message == "2 hours passed: it begins anew."
    assert [line.text for line in counter.desk.view().listed] == ["No lines yet.", "Nothing there: .e"]
    counter.say("100004", "4")
    lines = [_event(payload).fact.line for payload in counter.events()]
    assert len({line.count for line in lines if line}) == 2


def test_a_serial_is_counted_once(counter: Floor) -> None:
    view = counter.say("A-01-01", "100003", "S-77", "100003", "S-77")
    assert view.message == "S-77 is counted. Scan the next."
    assert facts(counter) == ["A-01-01 1 100003 S-77"]


@pytest.mark.parametrize(
    ("read", "said"),
    [
        ("12", "Scan goods first, then how many."),
        ("@hand:1001", "Cannot be a code. Scan place or item."),
        ("a\x07b", "Not readable. Scan place or item."),
    ],
)
def test_what_is_no_code_of_anything_is_not_kept(counter: Floor, read: str, said: str) -> None:
    assert counter.say("A-01-01", read).message == said
    assert facts(counter) == []


def test_two_pulls_of_the_trigger_are_one_piece(counter: Floor) -> None:
    counter.say("A-01-01")
    first = counter.entry(GTIN)
    for later_us in (0, 200_000):
        stamp = replace(first.stamp, wall_us=first.stamp.wall_us + later_us)
        counter.desk.take([replace(first, stamp=stamp)])
    view = counter.desk.view()
    assert view.message == "Read twice? Scan again to confirm."
    assert [line.text for line in view.lines][-1] == "1 EA"


def test_todays_list_tells_of_counts_and_takes_one_out(counter: Floor) -> None:
    counter.say("A-01-01", GTIN, "3", PLATE, "A-01-01", "A-01-01")
    view = counter.say(".m", "6")
    assert [line.text.split(" ", 1)[1] for line in view.listed] == [
        "counted, no more at A-01-01: not sent yet",
        f"{PLATE} >A-01-01: not sent yet",
        "3 EA 100001 A-01-01: not sent yet",
    ]
    counter.say("1", "2", "4711")
    counter.say(".m", "8", "A-01-01", "1")
    assert counter.desk.view().message == "", "it is open again"
    counter.say(".m", "6", "3", "2", "4711", ".m", "8", "A-01-01", "1")
    assert next(line.text for line in counter.desk.view().listed) == "1 plate"


@pytest.mark.parametrize(
    "process", [["1", "A-01-03", "100001", "5", "2", "A-01-05"], ["2", "A-01-04", "100003", "S-1", "2"]]
)
def test_what_is_left_where_a_move_has_emptied_the_book_is_offered_to_be_counted(
    floor: Floor, process: list[str]
) -> None:
    with floor.store.transaction:
        floor.store.feed.put([(900, Stock("A-01-03", "100001", "", "", "ACME", "AVAILABLE", 0))])
    floor.sign_in()
    view = floor.say(*process)
    place = process[1]
    assert view.prompt == f"Count what is left? Scan {place}."
    assert floor.restart().prompt == view.prompt
    assert floor.say(place).prompt == "Scan the next, or this place: done."
    assert floor.desk.view().lines[0].text == place
