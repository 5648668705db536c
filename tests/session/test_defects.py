"""Defects that another product's releases had to mend, each as a test of its own: none of them is here.

Scans acting twice, scans lost while something else is on screen, lines of which only the last character was kept, group
separators that disconnect, and a lost connection that throws the worker out.
"""

import threading

import pytest

from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.domain.capture.framing import Assembler
from scanner_app.domain.clock import Stamp
from scanner_app.domain.quantity import whole
from scanner_app.session.view.view import Link
from tests.warehouse import CASE_GTIN, GTIN, PIN, Floor

PLATE = "340123450000000017"
LABEL = b"]C10104006381333948" + b"10L1"


@pytest.mark.parametrize(
    ("before", "code", "events", "taken_from"),
    [
        ([], "A-01-01", 0, ["A-01-01"]),
        (["A-01-01"], GTIN, 0, ["A-01-01"]),
        (["A-01-02"], LABEL, 0, ["A-01-02"]),
        (["A-01-01", GTIN, "5"], "A-01-02", 1, ["A-01-01"]),
        (["A-01-01", GTIN, "5"], "BLOCKED", 0, ["A-01-01"]),
        ([PLATE], "A-01-02", 1, []),
        (["A-01-02", "100002"], "L9", 0, ["A-01-02"]),
    ],
    ids=[
        "the place goods are taken from",
        "the goods",
        "a GS1 label of item and lot",
        "the place they are put",
        "a place that is blocked",
        "the place of a whole plate",
        "a lot nobody knew",
    ],
)
def test_a_duplicate_scan_does_not_act_twice(
    floor: Floor, before: list[str], code: str | bytes, events: int, taken_from: list[str]
) -> None:
    """Read three times: nothing more is booked, nothing is confirmed, and no other place is worked from."""
    floor.move()
    floor.say(*before)
    floor.burst(code, code, code)
    assert len(floor.events()) == events
    assert [line.text for line in floor.desk.view().lines if line.label == "From"] == taken_from


def test_a_target_read_twice_books_one_move_of_one_quantity(floor: Floor) -> None:
    floor.move()
    floor.say("A-01-01", GTIN, "5")
    floor.burst("A-01-02", "A-01-02")
    assert (floor.on_hand("A-01-01", "100001"), floor.on_hand("A-01-02", "100001")) == (whole(95), whole(5))


def test_a_quantity_entered_twice_is_not_the_next_answer(floor: Floor) -> None:
    floor.move()
    view = floor.burst("A-01-01", GTIN, "5", "5")
    assert (view.prompt, view.halted) == ("Put where? Scan the place.", True)
    assert floor.say(".k", "A-01-02").message == "Moved 5 EA to A-01-02."


def test_an_acknowledgement_given_twice_acknowledges_one_mistake(floor: Floor) -> None:
    floor.move()
    floor.burst("nonsense", "CMD:ACKNOWLEDGE", "CMD:ACKNOWLEDGE")
    assert floor.say("nonsense").halted


def test_scans_while_a_mistake_is_on_screen_are_counted_and_kept(floor: Floor) -> None:
    floor.move()
    view = floor.burst("nonsense", "A-01-01", GTIN, "5", "A-01-02")
    assert view.halted
    assert floor.say(".k").message == "4 scans were not used. Go on here."
    assert [raw for raw, _ in floor.log()][-5:-1] == [b"A-01-01", GTIN.encode(), b"5", b"A-01-02"]


def test_a_scan_while_a_confirmation_waits_is_an_answer_of_its_own(floor: Floor) -> None:
    floor.move()
    floor.say("A-01-01", GTIN, "5", "BLOCKED")
    assert floor.say("A-01-02").message == "Moved 5 EA to A-01-02."
    assert floor.on_hand("BLOCKED", "100001") == 0


def test_scans_while_something_is_looked_up_are_looked_up(floor: Floor) -> None:
    floor.move()
    floor.say("A-01-01", GTIN)
    view = floor.burst(".i", "A-01-03", "A-01-02")
    assert ("Place", "A-01-02") in [(line.label, line.text) for line in (*view.lines, *view.listed)]
    assert floor.say(".b").prompt == "How many EA?"


def test_scans_while_help_is_on_screen_answer_the_question(floor: Floor) -> None:
    floor.move()
    floor.say("A-01-01", GTIN, "5", ".h")
    assert floor.say("A-01-02").message == "Moved 5 EA to A-01-02."


def test_scans_ahead_of_the_screen_are_all_taken_in_order(floor: Floor) -> None:
    floor.sign_in()
    view = floor.burst("1", "A-01-01", *[GTIN, "1", "A-01-02"] * 40)
    assert view.message == "Moved 1 EA to A-01-02."
    assert (len(floor.events()), floor.on_hand("A-01-02", "100001")) == (40, whole(40))


def test_scans_ahead_of_sign_in_are_all_taken(floor: Floor) -> None:
    floor.burst("B-1001", PIN, "1", "A-01-01", CASE_GTIN, "2", "A-01-02")
    assert floor.on_hand("A-01-02", "100001") == whole(24)


@pytest.mark.parametrize("source", [Source.KEYBOARD, Source.SERIAL])
def test_a_scan_that_comes_byte_by_byte_is_one_line(floor: Floor, source: Source) -> None:
    """However slowly: a line ends at its end, and nobody reads an unfinished one."""
    floor.move()
    assembler = Assembler(source, entry_length_max=400, terminal=source is Source.KEYBOARD)
    for number, byte in enumerate(b"A-01-01\r" + GTIN.encode() + b"\r"):
        stamp = Stamp(number * 60_000_000, number * 60_000_000, "boot-1")
        floor.desk.take([entry for entry in assembler.feed(bytes([byte]), stamp) if isinstance(entry, Entry)])
    assert floor.desk.view().prompt == "How many EA?"
    assert [raw for raw, _ in floor.log()][-2:] == [b"A-01-01", GTIN.encode()]


@pytest.mark.parametrize(
    "label",
    [
        b"]C1\x1d010400638133394810L1\x1d3005",
        b"]d2010400638133394810L1\x1d3005",
        b"\x1d010400638133394810L1\x1d3005\x1d",
        b"]C10104006381333948\x1d10L1\x1d3005",
    ],
)
def test_group_separators_are_part_of_a_label(floor: Floor, label: bytes) -> None:
    floor.move()
    floor.say("A-01-02")
    entries = Assembler(Source.KEYBOARD, entry_length_max=400).feed(label + b"\r", floor.clock.stamp())
    floor.desk.take([entry for entry in entries if isinstance(entry, Entry)])
    view = floor.desk.view()
    assert view.prompt == "Put where? Scan the place."
    assert ("Lot", "L1") in [(line.label, line.text) for line in view.lines]
    assert floor.say("A-01-05").message == "Moved 5 KG to A-01-05."


def test_a_separator_in_a_plain_code_is_refused_and_nothing_else(floor: Floor) -> None:
    floor.move()
    assert floor.say(b"A-01\x1d-01").message == "Not readable. Scan place or item."
    assert floor.say(".k", "A-01-01").prompt == "Take what? Scan the item."


def test_a_lost_connection_leaves_the_worker_where_they_are(floor: Floor) -> None:
    """Whatever becomes of the link, also a refusal: the operator stays signed in, at the same question, and goes on."""
    floor.move()
    floor.say("A-01-01", GTIN)
    worker, seat = floor.worker()
    worker.start()
    before = seat.views.latest()
    for link in (Link.ONLINE, Link.OFFLINE, Link.CONNECTING, Link.REFUSED, Link.OFFLINE):
        is_shown = threading.Event()
        seat.views.subscribe(lambda is_shown=is_shown: is_shown.set())  # type: ignore[misc]
        worker.set_link(link)
        assert is_shown.wait(10)
        view = seat.views.latest()
        assert (view.prompt, view.lines, view.title) == (before.prompt, before.lines, before.title)
        assert (view.status.operator, view.status.link) == ("Worker 1001", link)
    for line in ("5", "A-01-02"):
        seat.submit(floor.entry(line))
    worker.stop()
    assert seat.views.latest().message == "Moved 5 EA to A-01-02."
    assert len(floor.events()) == 1


def test_a_dropped_terminal_leaves_the_session_where_it_was(floor: Floor) -> None:
    floor.move()
    before = floor.say("A-01-01", GTIN, "5")
    after = floor.restart()
    assert (after.prompt, after.lines, after.title) == (before.prompt, before.lines, before.title)
    assert floor.say("A-01-02").message == "Moved 5 EA to A-01-02."
