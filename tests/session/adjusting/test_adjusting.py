"""Adjusting at a terminal: four answers, a reason by its number; what goes too far is said to wait, and is no stock."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from msgspec import Struct

from scanner_app.domain.catalog import Item, Stock
from scanner_app.domain.count_open import CountOpen
from scanner_app.domain.events.corrections.adjusted import Adjusted
from scanner_app.domain.events.corrections.changed import Changed
from scanner_app.domain.events.counted import Counted
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.ledger import ADJUSTMENT, StockKey, in_hand
from scanner_app.domain.limits.limit import Limit, Per
from scanner_app.domain.people import Operator, Role
from scanner_app.domain.quantity import whole
from scanner_app.domain.reasons import ADJUST, Direction, Reason
from scanner_app.session.view.view import Tone, View
from scanner_app.store.journal import Answered
from scanner_app.store.unapproved import STATE
from tests.warehouse import GTIN, PIN, Floor

MORE: list[Struct] = [
    Operator("2001", "Supervisor 2001", "B-2001", "verifier:" + PIN, (Role.SUPERVISOR,)),
    Reason("broken", "Is broken", direction=Direction.HOLD, process=ADJUST),
    Reason("damaged", "Damaged", direction=Direction.OUT, process=ADJUST),
    Reason("found", "Found", direction=Direction.IN, process=ADJUST),
    Reason("good", "Is good", direction=Direction.RELEASE, process=ADJUST),
    Reason("scrap", "Scrapped", direction=Direction.OUT, process=ADJUST, needs_approval=True),
    Reason("other", "Other", process=ADJUST, needs_note=True),
    Limit("one", ADJUST, Role.WORKER.value, "100001", case_quantity=whole(10)),
    Limit("day", ADJUST, Role.WORKER.value, "100001", per=Per.DAY, case_quantity=whole(15)),
    Limit("value", ADJUST, Role.WORKER.value, "100004", case_value=whole(50)),
    Stock("A-01-05", "100004", "", "", "OWN", "AVAILABLE", whole(9)),
    Stock("A-01-05", "100001", "", "", "OWN", "HOLD", whole(4)),
]
OUT, IN, STATUS = ("0", "1"), ("0", "2"), ("0", "3")
DIGITS = "4711"


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[Floor]:
    floor = Floor(tmp_path, more=MORE)
    floor.sign_in()
    yield floor
    floor.close()


def last(floor: Floor) -> Fact:
    return msgspec.json.decode(floor.events()[-1], type=Event).fact


def said(view: View) -> list[str]:
    return [*(message.text for message in view.before), view.message]


def shown(view: View) -> list[str]:
    return [f"{line.label}: {line.text}" if line.label else line.text for line in (*view.lines, *view.listed)]


def answer(floor: Floor, outcome: str, *reasons: str) -> None:
    number = len(floor.events())
    with floor.store.transaction:
        floor.store.journal.answer([Answered(number, outcome, 10**6, reasons, outcome.startswith("posted"))])


def test_a_broken_carton_is_thrown_away_with_four_answers_and_no_key(floor: Floor) -> None:
    floor.say(*OUT)
    view = floor.say("A-01-01", GTIN, "2", "1")
    assert (view.title, view.tone, said(view)) == ("Take out", Tone.GOOD, ["Out: -2 EA 100001."])
    (leg,) = last(floor).legs
    assert last(floor) == Adjusted((leg,), "damaged")
    assert (leg.quantity, leg.source, leg.target.place) == (whole(2), StockKey("A-01-01", "100001"), ADJUSTMENT)
    assert floor.on_hand("A-01-01", "100001") == whole(98), "it is stock at once"
    assert floor.say(GTIN).lines[0].text == "A-01-01", "the place stays for the next"


def test_what_goes_above_a_limit_is_visibly_not_done(floor: Floor) -> None:
    view = floor.say(*OUT, "A-01-01", GTIN, "11", "1")
    assert said(view) == ["Waits, not done: -11 EA 100001", "Over your limit: a supervisor decides."]
    assert view.tone is Tone.ATTENTION
    assert "Waits: -11 EA 100001 A-01-01" in shown(view)
    assert floor.on_hand("A-01-01", "100001") == whole(100), "the book is as before"
    looked = floor.say(".m", "5", "A-01-01")
    assert "-11 EA 100001: waits, not done" in shown(looked)
    assert [line.text for line in looked.listed if line.label == "1"] == ["100001 100 EA Plain pen"]
    today = floor.say(".m", "6")
    assert today.listed[0].text.endswith("A-01-01>*: not sent, will wait")
    answer(floor, STATE, "over_limit")
    assert floor.say(".m", "6").listed[0].text.endswith("A-01-01>*: waits for approval")
    assert "Waits: -11 EA 100001 A-01-01" in shown(floor.say(".m", *OUT))


def test_the_day_counts_what_waits_and_ten_small_ones_are_one_large_one(floor: Floor) -> None:
    view = floor.say(*OUT, "A-01-01", GTIN, "8", "1")
    assert view.tone is Tone.GOOD
    assert said(floor.say(GTIN, "8", "1"))[0] == "Waits, not done: -8 EA 100001"
    assert said(floor.say(".m", *IN, "A-01-01", GTIN, "1", "1"))[0] == "Waits, not done: +1 EA 100001"
    assert floor.on_hand("A-01-01", "100001") == whole(92)


@pytest.mark.parametrize(
    ("answers", "because"),
    [
        ((*OUT, "A-01-01", GTIN, "1", "2"), "For that reason a supervisor decides."),
        ((*OUT, "A-01-05", "100004", "1", "1"), "No cost known: a supervisor decides."),
        ((*IN, "A-01-01", GTIN, "11", "1"), "Over your limit: a supervisor decides."),
    ],
)
def test_why_it_waits_is_said(answers: tuple[str, ...], because: str, floor: Floor) -> None:
    assert said(floor.say(*answers))[1] == because


def test_a_cost_below_the_limit_of_value_does_not_wait(floor: Floor) -> None:
    with floor.store.transaction:
        floor.store.feed.put([(10**6, Item("100004", "Shared one", "EA", cost=whole(10)))])
    assert floor.say(*OUT, "A-01-05", "100004", "5", "1").tone is Tone.GOOD
    told = said(floor.say("100004", "6", "6", "1"))
    assert told[0] == "Waits, not done: -6 EA 100004", "more than the 4 that are left, and than 50 in money"


@pytest.mark.parametrize(("outcome", "left"), [("posted", 89), ("void", 100), ("held", 100)])
def test_the_device_follows_what_the_centre_makes_of_it(outcome: str, left: int, floor: Floor) -> None:
    floor.say(*OUT, "A-01-01", GTIN, "11", "1")
    answer(floor, outcome)
    assert floor.on_hand("A-01-01", "100001") == whole(left)
    assert not any("Waits" in line for line in shown(floor.say(".m", *OUT)))


def test_what_the_device_took_for_stock_and_waits_is_taken_back_with_the_first_answer(floor: Floor) -> None:
    floor.say(*OUT, "A-01-01", GTIN, "2", "1")
    answer(floor, STATE, "over_limit")
    assert floor.on_hand("A-01-01", "100001") == whole(100)
    assert "Waits: -2 EA 100001 A-01-01" in shown(floor.say(".m", *OUT))


def test_it_never_happened_is_said_of_what_waits_too(floor: Floor) -> None:
    floor.say(*OUT, "A-01-01", GTIN, "11", "1", ".m", "6", "1", "2", "4711")
    assert not any("Waits" in line for line in shown(floor.say(".m", *OUT)))
    assert floor.on_hand("A-01-01", "100001") == whole(100)


def test_what_waits_is_still_there_behind_a_restart(floor: Floor) -> None:
    floor.say(*OUT, "A-01-01", GTIN, "11", "1")
    assert "Waits: -11 EA 100001 A-01-01" in shown(floor.restart())
    floor.say("A-01-03")
    assert floor.say(".b").message != "", "and the question goes on"


def test_a_note_is_asked_where_a_reason_wants_one(floor: Floor) -> None:
    view = floor.say(*IN, "A-01-01", GTIN, "2", "2")
    assert view.prompt == "Say it in a few words, then Enter."
    floor.say("behind the rack")
    fact = last(floor)
    assert isinstance(fact, Adjusted)
    assert (fact.reason, fact.note) == ("other", "behind the rack")
    assert fact.legs[0].source.place == ADJUSTMENT


def test_reasons_are_those_of_the_direction(floor: Floor) -> None:
    assert [line.text for line in floor.say(*OUT, "A-01-01", GTIN, "2").listed] == ["Damaged", "Scrapped", "Other"]
    assert [line.text for line in floor.say(".m", *IN, "A-01-01", GTIN, "2").listed] == ["Found", "Other"]


def test_the_status_is_changed_where_it_stands_and_given_back(floor: Floor) -> None:
    floor.say(".o", "B-2001", PIN, "9")
    view = floor.say(*STATUS, "A-01-01", GTIN, "5")
    assert [line.text for line in view.listed] == ["HOLD On hold"]
    view = floor.say("1", "1")
    assert said(view) == ["5 EA 100001 is HOLD now."]
    fact = last(floor)
    assert isinstance(fact, Changed)
    assert (fact.reason, fact.legs[0].source.status, fact.legs[0].target.status) == ("broken", "AVAILABLE", "HOLD")
    floor.say(".m", *STATUS, "A-01-05", GTIN)
    assert floor.say("A-01-05").prompt == "What is it now? Type its number.", "its place is all of it"
    floor.say("1", "1")
    leg = last(floor).legs[0]
    assert (leg.quantity, leg.source.status, leg.target.status) == (whole(4), "HOLD", "AVAILABLE")


def test_a_worker_is_not_offered_what_is_a_supervisors(floor: Floor) -> None:
    assert [line.label for line in floor.say("0").listed] == ["1", "2", "4"]
    assert floor.say("3").title == "Adjust"


def test_how_many_are_left_is_a_count_with_the_place_and_the_goods(floor: Floor) -> None:
    view = floor.say(*OUT, "A-01-01", GTIN, ".t")
    assert (view.title, view.prompt) == ("Count", "How many EA? Scan one more, or type.")
    floor.say("97")
    fact = last(floor)
    assert isinstance(fact, Counted)
    assert (fact.line.key, fact.line.quantity) == (StockKey("A-01-01", "100001"), whole(97))
    assert floor.say(GTIN).prompt == "How many EA? Scan one more, or type.", "and goes on with the next"


def test_what_is_counted_instead_is_not_forgotten_where_its_place_is_not_known(floor: Floor) -> None:
    floor.say(".i", GTIN, ".x", "4")
    view = floor.say("A-01-01")
    assert (view.title, view.prompt) == ("Count", "How many EA? Scan one more, or type.")
    floor.say("97")
    fact = last(floor)
    assert isinstance(fact, Counted)
    assert (fact.line.key, fact.line.quantity) == (StockKey("A-01-01", "100001"), whole(97))


def test_what_broke_in_the_hand_is_taken_out_of_it(floor: Floor) -> None:
    """By its label or by its number; a hand has no label, so nothing of it is asked or kept for the next."""
    floor.say("2", "A-01-01", GTIN, "5")
    view = floor.say(".m", *OUT)
    assert [line.text for line in view.listed] == ["It is in my hand"]
    view = floor.say("1")
    assert [line.text for line in view.listed] == ["5 EA 100001 Plain pen"]
    view = floor.say(GTIN, "2", "1")
    assert (said(view), view.prompt) == (["Out: -2 EA 100001."], "Out of where? Scan the place.")
    hand = in_hand("1001")
    (leg,) = last(floor).legs
    assert (leg.source, leg.target.place) == (StockKey(hand, "100001"), ADJUSTMENT)
    assert said(floor.say("1", "1", "2", "1"))[0] == "Out: -2 EA 100001."
    assert (floor.on_hand(hand, "100001"), floor.on_hand("A-01-01", "100001")) == (whole(1), whole(95))
    assert said(floor.say("1", "1", "12", "12", "1"))[0] == "Waits, not done: -12 EA 100001"
    assert "Waits: -12 EA 100001" in shown(floor.desk.view())


def test_what_is_in_the_hand_is_held_and_a_plate_may_be_scanned_after_all(floor: Floor) -> None:
    floor.say(".o", "B-2001", PIN, "2", "A-01-01", GTIN, "5", ".m", "9", *STATUS)
    floor.say("1", "1", "5", "1", "1")
    (leg,) = last(floor).legs
    hand = in_hand("2001")
    assert (leg.source, leg.target) == (StockKey(hand, "100001"), StockKey(hand, "100001", status="HOLD"))
    assert floor.say("1", "340123450000000017").prompt == "What is it? Scan the item."


def test_that_something_is_wrong_is_one_choice_from_a_move(floor: Floor) -> None:
    view = floor.say("1", "A-01-01", "2")
    assert (view.title, shown(view)[0]) == ("Adjust", "Place: A-01-01")
    view = floor.say("1")
    assert (view.title, view.prompt) == ("Take out", "What goes out? Scan the item.")
    assert floor.say(GTIN, "1", "1").tone is Tone.GOOD
    view = floor.say(".m", "1", "A-01-01", "2", "9")
    assert (view.title, view.prompt) == ("Move", "Take what? Scan the item."), "nothing was wrong"


def test_that_something_is_wrong_is_one_choice_where_it_is_looked_up(floor: Floor) -> None:
    assert floor.say(".i", GTIN, ".x").title == "Adjust"
    view = floor.say("1", "A-01-01")
    assert view.prompt == "How many EA?", "the item went along"
    assert floor.say("1", "1").tone is Tone.GOOD
    assert floor.say(".m", ".i", "A-01-01", ".x", "4").prompt.startswith("Scan the next"), "a count of the place"


def test_a_look_in_between_leads_back_to_the_move(floor: Floor) -> None:
    floor.say("1", "A-01-01", GTIN, ".i", "A-01-01", ".x", "1", GTIN, "1", "1")
    assert floor.say(".b", ".b", ".b").title == "Move"


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        (("CLOSED",), "CLOSED closed. Use another place."),
        (("@hand:1002",), "Unknown code. Scan place or item."),
        (("A-01-01", GTIN, "101"), "Only 100 EA known here. Enter again."),
        (("A-01-01", GTIN, "0"), "Type a number above zero."),
        (("A-01-04", "100003", "S-7"), "Serial not known here. Scan again."),
        (("A-01-02", "100002", "L7"), "Lot not known here. Scan again."),
        (("A-01-01", GTIN, "1", "7"), "Not on the list. Type a list number."),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence(answers: tuple[str, ...], told: str, floor: Floor) -> None:
    assert floor.say(*OUT, *answers).message == told
    assert not floor.events()


@pytest.mark.parametrize(
    ("outcome", "reason", "sentence"),
    [
        ("posted_with_exceptions", "reason_inactive", "Old reason. Tell a supervisor."),
        ("posted_with_exceptions", "note_missing", "A note is missing. Tell a supervisor."),
        ("posted_with_exceptions", "reason_differs", "Reason does not fit. Tell a supervisor."),
        ("posted_with_exceptions", "reason_missing", "No reason given. Tell a supervisor."),
        ("posted_with_exceptions", "item_inactive", "Item not in use. Tell a supervisor."),
        ("posted_with_exceptions", "place_closed", "Place is closed. Move it elsewhere."),
        ("held", "hand_not_own", "Not your hand. Ask a supervisor."),
        ("quarantined", "device_revoked", "Scanner not trusted. Ask a supervisor."),
        (STATE, "over_limit", "Over your limit. Nothing to do."),
        (STATE, "no_cost", "No cost known: a supervisor looks."),
        ("void", "rejected", "Rejected: the book stays as it was."),
    ],
)
def test_what_the_centre_says_of_an_adjustment_is_told_in_a_sentence(
    outcome: str, reason: str, sentence: str, floor: Floor
) -> None:
    """What came of what was entered without a network is in Today, and is stock only while it is booked."""
    floor.say(*OUT, "A-01-01", GTIN, "2", "1")
    answer(floor, outcome, reason)
    assert floor.on_hand("A-01-01", "100001") == whole(98 if outcome.startswith("posted") else 100)
    assert sentence in " ".join(shown(floor.say(".m", "6", "1")))


def test_the_status_of_owned_stock_is_changed_and_its_owner_is_not(floor: Floor) -> None:
    owned = StockKey("A-01-03", "100001", owner="ACME")
    with floor.store.transaction:
        floor.store.feed.put([(10**6, Stock(owned.place, owned.item, "", "", "ACME", "AVAILABLE", whole(6)))])
    floor.say(".o", "B-2001", PIN, "9", *STATUS, "A-01-03", GTIN)
    floor.say("1", "6", "1", "1")
    leg = last(floor).legs[0]
    assert (leg.source, leg.target) == (owned, msgspec.structs.replace(owned, status="HOLD"))


def test_a_serial_is_one_piece_and_is_not_asked_how_many(floor: Floor) -> None:
    assert floor.say(*OUT, "A-01-04", "100003", "S-1").prompt == "Is A-01-04 empty now? Type 1 or 2."
    assert floor.say("1").prompt == "Why? Type its number."
    floor.say("1")
    assert last(floor).legs[0].source == StockKey("A-01-04", "100003", serial="S-1")


SERIALS = [Stock("A-01-02", "100003", "", name, "OWN", "AVAILABLE", whole(1)) for name in ("S-5", "S-6", "S-7", "S-8")]


def with_serials(floor: Floor, *sign_in: str) -> None:
    with floor.store.transaction:
        floor.store.feed.put([(10**6, row) for row in SERIALS])
    floor.say(*sign_in)


def test_serial_after_serial_goes_out_in_one_event_until_the_place_is_scanned(floor: Floor) -> None:
    with_serials(floor, *OUT, "A-01-02", "100003", "S-5")
    view = floor.say("S-6")
    assert view.prompt == "Scan the next piece, or the place."
    assert "Counted: 2 EA" in shown(view)
    assert floor.say("S-6").message, "what was scanned is no second piece"
    floor.say(".k", "S-8", ".u", "S-7", "A-01-02")
    assert said(floor.say("1")) == ["Out: -3 EA 100003."]
    fact = last(floor)
    assert [leg.source for leg in fact.legs] == [
        StockKey("A-01-02", "100003", serial=name) for name in ("S-5", "S-6", "S-7")
    ], "the last that was scanned was taken back"
    assert {(leg.quantity, leg.target.place) for leg in fact.legs} == {(whole(1), ADJUSTMENT)}
    assert [leg.wall_us for leg in fact.legs] == sorted({leg.wall_us for leg in fact.legs}), "each at its own scan"
    assert floor.on_hand("A-01-02", "100003") == whole(1)


def test_pieces_that_went_out_together_never_happened_together(floor: Floor) -> None:
    with_serials(floor, *OUT, "A-01-02", "100003", "S-5", "S-6", "A-01-02", "1")
    assert floor.on_hand("A-01-02", "100003") == whole(2)
    view = floor.say(".m", "6", "1")
    assert {"Serial: S-5", "Serial: S-6"} <= set(shown(view))
    assert any(" 2 EA 100003 A-01-02" in line for line in shown(view)), "how many, and all of them by name"
    floor.say("2", DIGITS)
    assert floor.on_hand("A-01-02", "100003") == whole(4)


def test_serial_after_serial_is_of_another_status(floor: Floor) -> None:
    with_serials(floor, ".o", "B-2001", PIN, "9", *STATUS, "A-01-02", "100003", "S-5", "S-6", "A-01-02", "1", "1")
    fact = last(floor)
    assert isinstance(fact, Changed)
    assert [(leg.source.serial, leg.target.status) for leg in fact.legs] == [("S-5", "HOLD"), ("S-6", "HOLD")]


def test_who_counts_there_is_told_nothing_of_what_waits(floor: Floor) -> None:
    floor.say(*OUT, "A-01-01", GTIN, "11", "1")
    now_us = floor.clock.now_us
    with floor.store.transaction:
        floor.store.feed.put([(10**6, CountOpen("c1", "A-01-01", "1001", now_us - 1_000_000, now_us))])
    assert not any("-11" in line for line in shown(floor.say(".m", *OUT)))
    assert not any("-11" in line for line in shown(floor.say(".m", "5", "A-01-01")))
    view = floor.say(".m", *OUT, "A-01-01", GTIN)
    assert not any("Here" in line for line in shown(view)), "nor of what is there"
