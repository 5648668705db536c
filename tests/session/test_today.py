"""A worker looks at what became of the day's work, and takes something back in one of two ways."""

import msgspec
import pytest

from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.moved import Moved
from scanner_app.domain.people import Operator
from scanner_app.domain.quantity import whole
from scanner_app.session.view.view import Tone, View
from scanner_app.store.journal import Answered
from scanner_app.workflows.lookups.own_events import Mine, MyEvent
from tests.warehouse import GTIN, PIN, Floor

TWO_BADGES = [("1001", ""), ("1002", "1001"), ("1009", "ANN"), ("1010", "ANN")]
DAY_US = 24 * 3600 * 1_000_000


def moved(floor: Floor, times: int = 1) -> None:
    floor.move()
    for _ in range(times):
        floor.say("A-01-01", GTIN, "5", "A-01-02", ".m", "1")


def today(floor: Floor) -> View:
    menu = floor.say(".m")
    number = next(line.label for line in menu.listed if line.text == "Today")
    return floor.say(number)


def listed(view: View) -> list[str]:
    return [line.text for line in view.listed]


def offers(view: View) -> list[str]:
    return [line.text for line in view.listed if line.label.isdigit()]


def answer(floor: Floor, number: int, outcome: str, *reasons: str) -> None:
    counts = outcome in ("posted", "posted_with_exceptions")
    with floor.store.transaction:
        floor.store.journal.answer([Answered(number, outcome, number, reasons, counts)])


def mine_of(floor: Floor, operator: str) -> tuple[MyEvent, ...]:
    return floor.store.mine.newest(Mine(operator), floor.clock.now_us).events


def facts(floor: Floor) -> list[object]:
    return [msgspec.json.decode(payload, type=Event).fact for payload in floor.events()]


def test_my_work_is_listed_newest_first_with_its_state(floor: Floor) -> None:
    moved(floor)
    floor.say("A-01-01", GTIN, "7", "A-01-05")
    answer(floor, 1, "posted")
    view = today(floor)
    assert [text.split(" ", 1)[1] for text in listed(view)] == [
        "7 EA 100001 A-01-01>A-01-05: not sent yet",
        "5 EA 100001 A-01-01>A-01-02: booked",
    ]


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        ("posted", "booked"),
        ("posted_with_exceptions", "booked, to be checked"),
        ("waiting_for_approval", "waits for approval"),
        ("held", "held"),
        ("quarantined", "set apart"),
        ("not_accepted", "not taken"),
        ("something new", "something new"),
    ],
)
def test_each_state_is_said_in_words(floor: Floor, outcome: str, state: str) -> None:
    moved(floor)
    answer(floor, 1, outcome)
    assert listed(today(floor))[0].endswith(f"A-01-02: {state}")


def test_nothing_done_yet_is_said(floor: Floor) -> None:
    floor.sign_in()
    view = today(floor)
    assert (view.prompt, listed(view)) == ("Nothing of yours today. Type 1.", ["Look again"])
    view = floor.say("1")
    assert (view.prompt, view.tone) == ("Nothing of yours today. Type 1.", Tone.PLAIN)


def test_an_event_that_came_back_says_why_and_what_to_do(floor: Floor) -> None:
    moved(floor)
    answer(floor, 1, "held", "unknown_place", "a_word_from_tomorrow")
    assert floor.store.journal.held("1001") == 1
    today(floor)
    view = floor.say("1")
    assert [(line.label, line.text) for line in view.listed if line.label == "Why"] == [
        ("Why", "Place not known. Tell a supervisor."),
        ("Why", "a_word_from_tomorrow: tell your supervisor."),
    ]
    assert offers(view) == ["Back to the list", "It never happened"]


def test_what_never_happened_leaves_the_book_after_the_digits_on_screen_are_typed(floor: Floor) -> None:
    moved(floor)
    first = msgspec.json.decode(floor.events()[0], type=Event).id
    today(floor)
    view = floor.say("1")
    assert offers(view) == ["Back to the list", "It never happened", "Put it back now"]
    assert floor.say("2").prompt == "Never happened? Type 4711."
    view = floor.say("4711")
    assert (view.message, view.tone) == ("Taken out. It never happened.", Tone.GOOD)
    assert listed(view)[0].endswith(": never happened")
    fact = facts(floor)[-1]
    assert isinstance(fact, Annulled)
    assert fact.event == first
    assert floor.on_hand("A-01-01", "100001") == whole(100)
    assert floor.on_hand("A-01-02", "100001") == 0


@pytest.mark.parametrize("line", ["1", "2", "]C04711", ".b", "x"])
def test_without_the_digits_nothing_is_taken_out(floor: Floor, line: str) -> None:
    moved(floor)
    today(floor)
    floor.say("1", "2", line)
    assert len(floor.events()) == 1


def test_goods_are_put_back_by_a_new_move_with_the_moved_amount_known(floor: Floor) -> None:
    moved(floor)
    first = msgspec.json.decode(floor.events()[0], type=Event).id
    today(floor)
    view = floor.say("1", "3")
    assert (view.prompt, [line.text for line in view.lines if line.label == "Here"]) == ("How many EA?", ["5 EA"])
    assert floor.say("3").prompt == "Put it back: scan A-01-01."
    assert floor.say("A-01-05").halted
    view = floor.say(".k", "A-01-01")
    assert view.message == "Moved 3 EA to A-01-01."
    fact = facts(floor)[-1]
    assert isinstance(fact, Moved)
    assert (fact.puts_back, [leg.quantity for leg in fact.legs]) == (first, [whole(3)] * 2)
    assert (fact.legs[0].source.place, fact.legs[1].target.place) == ("A-01-02", "A-01-01")
    assert floor.on_hand("A-01-01", "100001") == whole(98)
    assert listed(view)[1].endswith(": put back")


def test_more_than_was_moved_is_asked_again(floor: Floor) -> None:
    moved(floor)
    today(floor)
    view = floor.say("1", "3", "6")
    assert (view.tone, view.message) == (Tone.ATTENTION, "Only 5 EA known here. Enter again.")


def test_more_than_was_moved_is_asked_again_where_more_is_there(floor: Floor) -> None:
    moved(floor, 2)
    today(floor)
    view = floor.say("1", "3")
    assert [line.text for line in view.lines if line.label == "Here"] == ["10 EA"]
    view = floor.say("6")
    assert (view.tone, view.message) == (Tone.ATTENTION, "Only 5 EA moved. Enter again.")
    assert floor.say("6").prompt == "Put it back: scan A-01-01."


@pytest.mark.parametrize(("gone", "here"), [("2", "3 EA"), ("5", "0 EA")])
def test_what_is_still_where_it_was_put_is_said_as_it_is(floor: Floor, gone: str, here: str) -> None:
    """Some of what was moved may have gone on since."""
    moved(floor)
    floor.say("A-01-02", GTIN, gone, "A-01-05")
    today(floor)
    view = floor.say("2", "3")
    assert [line.text for line in view.lines if line.label == "Here"] == [here]
    assert floor.say("5").tone is Tone.ATTENTION


def test_neither_twice_and_never_both(floor: Floor) -> None:
    moved(floor, 2)
    today(floor)
    floor.say("1", "2", "4711")
    view = floor.say("1")
    assert view.listed[1].text.endswith(": never happened")
    assert offers(view) == ["Back to the list"]
    today(floor)
    floor.say("2", "3", "5", "A-01-01")
    view = floor.say("3")
    assert view.listed[1].text.endswith(": put back")
    assert offers(view) == ["Back to the list"]


def test_a_putting_back_that_never_happened_may_be_done_again(floor: Floor) -> None:
    moved(floor)
    today(floor)
    floor.say("1", "3", "5", "A-01-01")
    floor.say("1", "2", "4711")
    assert offers(floor.say("2")) == ["Back to the list", "It never happened", "Put it back now"]


def test_a_putting_back_that_the_centre_did_not_take_may_be_done_again(floor: Floor) -> None:
    moved(floor)
    today(floor)
    floor.say("1", "3", "5", "A-01-01")
    answer(floor, 2, "not_accepted")
    today(floor)
    assert "Put it back now" in offers(floor.say("2"))


def test_what_the_centre_did_not_take_can_only_be_read(floor: Floor) -> None:
    moved(floor)
    answer(floor, 1, "not_accepted", "legs_out_of_range")
    today(floor)
    assert offers(floor.say("1")) == ["Back to the list"]


def test_the_event_of_another_is_not_mine(floor: Floor) -> None:
    moved(floor)
    floor.say(".o")
    floor.sign_in("B-1101")
    assert listed(today(floor)) == ["Look again"]
    assert floor.store.mine.newest(Mine("1101"), floor.clock.now_us).events == ()
    assert len(floor.store.mine.newest(Mine("1001"), floor.clock.now_us).events) == 1


def test_what_i_did_under_my_other_badge_is_mine(floor: Floor) -> None:
    """The second badge of a person names them, the one of somebody else does not."""
    people = [Operator(name, name, f"B-{name}", "verifier:" + PIN, person=who) for name, who in TWO_BADGES]
    with floor.store.transaction:
        floor.store.feed.put(enumerate(people, 1_000))
    moved(floor)
    answer(floor, 1, "held", "unknown_item")
    floor.say(".o")
    assert [floor.store.journal.held(name) for name in ("1001", "1002", "1009", "1010")] == [1, 1, 0, 0]
    floor.sign_in("B-1002")
    today(floor)
    floor.say("1", "2", "4711")
    assert isinstance(facts(floor)[-1], Annulled)
    assert {who: len(mine_of(floor, who)) for who in ("1001", "1002", "1009")} == {"1001": 1, "1002": 1, "1009": 0}


def test_yesterday_is_gone_but_what_came_back_stays(floor: Floor) -> None:
    moved(floor, 3)
    answer(floor, 1, "held", "unknown_item")
    answer(floor, 2, "posted")
    events = floor.store.mine.newest(Mine("1001"), floor.clock.now_us + 2 * DAY_US).events
    assert [one.state for one in events] == ["held"]


def test_what_is_held_for_me_is_counted_until_it_never_happened(floor: Floor) -> None:
    moved(floor)
    assert floor.store.journal.held("1001") == 0
    answer(floor, 1, "held", "unknown_place")
    assert (floor.store.journal.held("1001"), floor.store.journal.held("1101")) == (1, 0)
    floor.restart()
    assert floor.store.journal.held("1001") == 1
    today(floor)
    floor.say("1", "2", "4711")
    assert floor.store.journal.held("1001") == 0


def test_every_question_of_today_comes_back_after_a_restart(floor: Floor) -> None:
    moved(floor)
    today(floor)
    for line in ("1", "3", "4", "A-01-05", ".k", ".u", ".u"):
        before = floor.say(line)
        answer(floor, 1, "posted")
        after = floor.restart()
        assert (after.prompt, after.listed, after.lines) == (before.prompt, before.listed, before.lines)
    floor.say("2", "4711")
    assert len(floor.events()) == 2


def test_a_serial_is_put_back_without_a_quantity(floor: Floor) -> None:
    floor.move()
    floor.say("A-01-04", "4006381333955", "S-1", "A-01-05")
    today(floor)
    assert floor.say("1", "3").prompt == "Put it back: scan A-01-04."
