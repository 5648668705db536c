"""A worker moves stock: what is asked, what is said, what is booked."""

from pathlib import Path

import msgspec
import pytest

from scanner_app.domain.events.event import Event
from scanner_app.domain.events.moved import Moved
from scanner_app.domain.quantity import whole
from scanner_app.session.context import Settings
from scanner_app.session.view.view import Tone
from tests.menu import LEAVE
from tests.warehouse import CASE_GTIN, GTIN, PIN, Floor


def events(floor: Floor) -> list[Event]:
    return [msgspec.json.decode(payload, type=Event) for payload in floor.events()]


def test_a_worker_who_goes_on_after_a_mistake_sees_what_is_not_used(floor: Floor) -> None:
    floor.move()
    view = floor.burst("NONSENSE", "A-01-01", GTIN)
    assert [(line.label, line.text) for line in view.lines] == [("Read", "NONSENSE"), ("Unused", "2")]
    assert floor.say(".k").lines == ()


def test_a_move_asks_its_questions_in_order_and_books_two_legs(floor: Floor) -> None:
    floor.move()
    prompts = [floor.say(line).prompt for line in ("A-01-01", GTIN, "5", "A-01-02")]
    assert prompts == [
        "Take what? Scan the item.",
        "How many EA?",
        "Put where? Scan the place.",
        "Take what? Scan the item.",
    ]
    (event,) = events(floor)
    assert isinstance(event.fact, Moved)
    taken, put = event.fact.legs
    assert [leg.quantity for leg in (taken, put)] == [whole(5)] * 2
    assert [taken.source.place, taken.target.place, put.source.place, put.target.place] == [
        "A-01-01",
        "@hand:1001",
        "@hand:1001",
        "A-01-02",
    ]
    assert taken.wall_us < put.wall_us == event.wall_us
    assert (event.device, event.epoch, event.sequence, event.operator) == ("dev-1", 1, 1, "1001")
    assert floor.on_hand("A-01-01", "100001") == whole(95)
    assert floor.on_hand("A-01-02", "100001") == whole(5)


def test_the_source_stays_for_the_next_move_and_a_place_starts_over(floor: Floor) -> None:
    floor.move()
    view = floor.say("A-01-01", GTIN, "1", "A-01-02")
    assert [(line.label, line.text) for line in view.lines] == [("From", "A-01-01")]
    assert floor.say("A-01-02").message == "Take from A-01-02 now? Scan it again."
    view = floor.say("A-01-02")
    assert [(line.label, line.text) for line in view.lines] == [("From", "A-01-02")]
    floor.say(GTIN, "1", "A-01-05")
    assert floor.on_hand("A-01-02", "100001") == 0
    assert len(floor.events()) == 2


def test_a_case_code_counts_in_cases(floor: Floor) -> None:
    floor.move()
    view = floor.say("A-01-01", CASE_GTIN)
    assert view.prompt == "How many CS?"
    floor.say("2", "A-01-02")
    assert floor.on_hand("A-01-02", "100001") == whole(24)


def test_a_gs1_label_answers_item_and_lot(floor: Floor) -> None:
    floor.move()
    view = floor.say("A-01-02", b"]C10104006381333948" + b"10L1")
    assert view.prompt == "How many KG?"
    floor.say("0.5", "A-01-05")
    assert floor.on_hand("A-01-05", "100002") == 500_000


def test_a_serial_is_one_piece(floor: Floor) -> None:
    floor.move()
    view = floor.say("A-01-04", "4006381333955", "S-1")
    assert view.prompt == "Put where? Scan the place."
    floor.say("A-01-05")
    assert floor.on_hand("A-01-05", "100003") == whole(1)


def test_stock_of_two_owners_is_asked_for(floor: Floor) -> None:
    floor.move()
    view = floor.say("A-01-03", GTIN)
    assert [(line.label, line.text) for line in view.listed] == [
        ("1", "ACME 7 EA AVAILABLE"),
        ("2", "OWN 5 EA AVAILABLE"),
    ]
    assert [line.text for line in floor.say("1").lines if line.label == "Stock"] == ["ACME AVAILABLE"]
    floor.say("7", "A-01-05")
    (event,) = events(floor)
    assert event.fact.legs[0].source.owner == "ACME"


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["nonsense"], "Unknown code. Scan place or item."),
        (["B-1101"], "That is a badge. Scan place or item."),
        (["A-01-01", GTIN, "5", GTIN], "That is an item. Scan a place."),
        (["CLOSED"], "CLOSED closed. Use another place."),
        (["A-01-01", "B-1001"], "That is a badge. Scan place or item."),
        (["A-01-01", GTIN, "0"], "Type a number above zero."),
        (["A-01-01", GTIN, "1.5"], "At most 0 decimals. Type again."),
        (["A-01-01", GTIN, "1234567"], "Too large. At most 6 digits."),
        (["A-01-01", GTIN, "5", "A-01-01"], "Same place. Scan where you put it."),
        (["A-01-01", b"\x11\x10"], "Not readable. Scan place or item."),
        (["A-01-01", b"\xff\xfe"], "Not readable. Scan place or item."),
    ],
)
def test_each_mistake_has_its_sentence_and_stops(floor: Floor, lines: list[str | bytes], sentence: str) -> None:
    floor.move()
    view = floor.say(*lines)
    assert (view.message, view.tone, view.halted) == (sentence, Tone.BAD, True)
    view = floor.say("A-01-01", "A-01-02")
    assert view.halted
    view = floor.say(".k")
    assert (view.message, view.halted) == ("2 scans were not used. Go on here.", False)
    assert floor.events() == []


def test_more_than_is_known_is_confirmed_by_the_same_again(floor: Floor) -> None:
    floor.move()
    view = floor.say("A-01-01", GTIN, "101")
    assert (view.tone, view.halted) == (Tone.ATTENTION, False)
    assert floor.say("101").prompt == "Put where? Scan the place."


def test_a_double_read_confirms_nothing(floor: Floor) -> None:
    floor.move()
    floor.say("A-01-01", GTIN, "5")
    view = floor.burst("BLOCKED", "BLOCKED")
    assert view.message == "Read twice? Scan again to confirm."
    assert floor.events() == []
    floor.say("BLOCKED")
    assert len(floor.events()) == 1


def test_undo_takes_back_the_last_answer_with_what_its_label_said(floor: Floor) -> None:
    floor.move()
    floor.say("A-01-02", b"]C1010400638133394810L1")
    view = floor.say(".u")
    assert (view.prompt, view.message) == ("Take what? Scan the item.", "Taken back: 100002 Lot cheese.")
    view = floor.say(".u")
    assert view.prompt == "Take from where? Scan the place."
    assert floor.say(".u").message == "Nothing to take back here."


def test_commands_never_touch_a_posted_event(floor: Floor) -> None:
    floor.move()
    floor.say("A-01-01", GTIN, "5", "A-01-02")
    before = floor.events()
    floor.say("CMD:UNDO", "CMD:CANCEL", "CMD:BACK", "CMD:MENU", "CMD:SIGN_OUT")
    assert floor.events() == before


def test_a_count_on_a_case_label_is_said_in_pieces(floor: Floor) -> None:
    floor.move()
    floor.say("A-01-01", f"]C101{CASE_GTIN}305")
    assert floor.say("A-01-02").message == "Moved 5 EA to A-01-02."


def test_the_menu_says_that_an_open_move_was_thrown_away(floor: Floor) -> None:
    floor.move()
    assert floor.say("A-01-01", GTIN, ".m").message == "Cancelled. Nothing was booked."


def test_cancel_throws_the_answers_away(floor: Floor) -> None:
    floor.move()
    view = floor.say("A-01-01", GTIN, "5", "key:F5")
    assert (view.prompt, view.message) == ("Take from where? Scan the place.", "Cancelled. Nothing was booked.")


def test_a_detour_comes_back_to_the_question(floor: Floor) -> None:
    floor.move()
    floor.say("A-01-01", GTIN)
    view = floor.say("key:F6")
    assert view.title == "Look up"
    view = floor.say("A-01-01")
    assert [line.text for line in view.listed] == ["100001 100 EA Plain pen", "Damaged or wrong"]
    view = floor.say("100001")
    found = ["A-01-01 100 EA", "A-01-03 7 EA ACME", "A-01-03 5 EA"]
    assert [line.text for line in view.listed] == [*found, "Damaged or wrong"]
    view = floor.say("key:F3")
    assert view.prompt == "How many EA?"


def test_the_wrong_role_may_not_move_and_is_not_offered_it(floor: Floor) -> None:
    floor.sign_in("B-1101")
    view = floor.say("1")
    assert (view.title, view.message) == ("Menu", "Not on the list. Type a list number.")


def test_secrets_are_not_in_the_log(floor: Floor) -> None:
    view = floor.say("B-1001", "000000")
    assert view.message == "Wrong PIN. Type it again."
    floor.say(PIN, ".o", PIN, "B-1001", PIN)
    assert PIN.encode() not in b"".join(raw or b"" for raw, _ in floor.log())
    floor.store.file.checkpoint()
    assert PIN.encode() not in (floor.folder / "cache.db").read_bytes().replace(b"verifier:" + PIN.encode(), b"")


def test_a_pin_read_ahead_behind_a_sign_out_is_not_kept(floor: Floor) -> None:
    floor.sign_in()
    view = floor.burst("1", "A-01-01", ".o", "B-1001", PIN)
    assert view.title == "Open"
    assert [raw for raw, _ in floor.log()][-1] is None


def test_a_target_read_twice_does_not_become_the_source(floor: Floor) -> None:
    floor.move()
    floor.say("A-01-01", GTIN, "5")
    view = floor.burst("A-01-02", "A-01-02", "A-01-02")
    assert [line.text for line in view.lines if line.label != "Read"] == ["A-01-01"]
    assert len(floor.events()) == 1


@pytest.mark.parametrize(
    "lines",
    [
        ["B-1001", ".q", PIN],
        ["B-1001", PIN, PIN],
        ["B-1001", PIN, "1", "nonsense", ".o", "B-1101", PIN],
        ["B-1001", PIN, "1", "A-01-01", "B-1001", PIN, PIN],
        ["B-1001", PIN, ".i", "B-1001", PIN],
        [PIN, PIN, "B-1001", PIN],
    ],
)
@pytest.mark.parametrize("at_once", [True, False])
def test_a_pin_typed_at_the_wrong_moment_leaves_no_trace(floor: Floor, lines: list[str], at_once: bool) -> None:
    view = floor.burst(*lines) if at_once else floor.say(*lines)
    assert PIN not in str(view)
    assert PIN.encode() not in b"".join(raw or b"" for raw, _ in floor.log())
    facts = floor.store.file.database.execute("SELECT facts FROM verdict").fetchall()
    assert PIN not in str(facts)


def test_signing_out_is_heard_when_a_mistake_waits(floor: Floor) -> None:
    floor.move()
    assert floor.say("nonsense", ".o").title == "Sign in"


def test_a_code_of_a_unit_that_is_gone_is_unknown(floor: Floor) -> None:
    floor.move()
    with floor.store.transaction:
        floor.store.file.database.execute("DELETE FROM unit")
    assert floor.say("A-01-01", CASE_GTIN).message == "Unknown code. Scan place or item."


def test_the_code_of_an_item_is_no_lot(floor: Floor) -> None:
    floor.move()
    assert floor.say("A-01-02", "4006381333948", GTIN).halted


def test_an_operator_who_is_gone_moves_nothing_more(floor: Floor) -> None:
    floor.move()
    floor.say("A-01-01", GTIN, "1")
    with floor.store.transaction:
        floor.store.file.database.execute("DELETE FROM operator WHERE operator = '1001'")
    view = floor.say("A-01-02")
    assert [one.text for one in view.before] == ["Moved 1 EA to A-01-02."], "what was done, then what stands in the way"
    assert view.message == "Not allowed for you. Ask a supervisor."
    assert len(floor.events()) == 1


def test_a_long_burst_behind_a_mistake_stays_set_aside(tmp_path: Path) -> None:
    floor = Floor(tmp_path, settings=Settings(entries_per_script_max=20))
    floor.move()
    floor.burst("nonsense", *["A-01-01", GTIN, "1", "A-01-02"] * 20)
    assert floor.events() == []
    assert floor.say(".k").message == "80 scans were not used. Go on here."
    floor.close()


def test_what_is_scanned_behind_leaving_is_set_aside(floor: Floor) -> None:
    floor.move()
    floor.say("A-01-01", GTIN, "5", ".q")
    assert floor.burst("4711", "A-01-02", "A-01-03").finished
    assert floor.restart().prompt == "Put where? Scan the place."
    assert floor.events() == []
    assert [outcome for _, outcome in floor.log()][-3:] == ["answered", "set_aside", "set_aside"]


def test_leaving_wants_the_digits_on_screen(floor: Floor) -> None:
    floor.move()
    floor.say("A-01-01", GTIN)
    view = floor.say("CMD:LEAVE")
    assert view.prompt == "Type 4711 to leave the program."
    assert not floor.say("1234").finished
    assert floor.say(".k", "4711").finished
    assert floor.restart().prompt == "How many EA?"


@pytest.mark.parametrize("way", [(LEAVE,), tuple(LEAVE), ("1", "A-01-01", ".m", LEAVE)], ids=" ".join)
def test_leaving_by_the_list_ends_the_program_as_its_key_does(floor: Floor, way: tuple[str, ...]) -> None:
    """From the list nothing is interrupted: there is nothing below to come back to."""
    floor.sign_in()
    floor.say(*way)
    assert floor.say("4711").finished
    assert "broken" not in [outcome for _raw, outcome in floor.log()]
    assert floor.restart().title == "Menu"


def test_what_is_scanned_when_the_program_was_left_is_not_counted_to_a_later_mistake(floor: Floor) -> None:
    floor.move()
    floor.say(".q")
    assert floor.burst("4711", "A-01-02", "A-01-03").finished
    floor.restart()
    assert floor.say("nonsense").halted
    assert floor.say(".k").message == "Go on."
