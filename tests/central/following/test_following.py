"""Counters follow their tasks: the next place comes by itself, and nobody is sent where somebody else is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scanner_app.domain.task import name_of
from scanner_app.domain.work.lease import AHEAD, LEASE_US, WAIT_US
from sync.central.database.store import CentralStore
from sync.central.tasks.task_requests import Request, ask_for
from tests.central.following.counters import PLACES, Shift
from tests.central.tasks.floor import holders, tasks_of
from tests.central.warehouse import SITE


@pytest.fixture
def shift(store: CentralStore, tmp_path: Path) -> Iterator[Shift]:
    shift = Shift(tmp_path, store, "w1", "w2")
    ask_for(store, SITE, Request(PLACES), shift.clock.now_us)
    yield shift
    shift.close()


def test_the_next_place_comes_without_asking_in_the_order_of_the_aisle(shift: Shift) -> None:
    first, _second = shift.counters
    first.exchange()
    for place in PLACES:
        assert first.sent_to == place
        first.go(place)
        first.done()
        first.exchange()
    assert first.line is not None
    assert first.line.rows == ()


def test_whoever_has_counted_another_place_is_sent_on_from_there(shift: Shift) -> None:
    first, _second = shift.counters
    first.exchange()
    first.go(PLACES[5])
    first.done()
    assert first.sent_to == PLACES[6]


def test_two_who_begin_at_once_are_sent_to_different_places(shift: Shift) -> None:
    """What they ask for crosses on the way: the first that the centre numbers has it, the other is sent elsewhere."""
    first, second = shift.counters
    for one in shift.counters:
        one.exchange_once()
        assert one.line is not None
        assert one.line.is_waiting
        assert one.line.rows == (), "nobody is sent anywhere before it is known"
    shift.exchange()
    assert first.sent_to == PLACES[0]
    assert second.sent_to == PLACES[AHEAD]


def test_a_place_that_somebody_else_has_can_be_counted_after_a_sentence(shift: Shift) -> None:
    first, second = shift.counters
    shift.exchange()
    view = second.say(first.sent_to)
    assert view.prompt == "w1 is to count it. Scan it again."
    second.say(PLACES[0])
    second.say("NUT", "3")
    assert second.counts_at == PLACES[0]
    shift.exchange()
    assert first.sent_to == PLACES[1], "w2 is there"
    second.say(PLACES[0], PLACES[0])
    shift.exchange()
    assert not tasks_of(shift.store, [name_of(PLACES[0])])[name_of(PLACES[0])].active


def test_offline_a_packet_is_worked_off_and_what_is_not_ones_own_is_said_to_be_unsure(shift: Shift) -> None:
    first, second = shift.counters
    shift.exchange()
    shift.wait(WAIT_US)
    for place in PLACES[:AHEAD]:
        assert first.sent_to == place
        first.go(place)
        first.done()
    shift.wait(3 * 60_000_000)
    assert first.sent_to == ""
    assert first.line is not None
    assert first.line.rows == (), "the others are those of w2"
    assert {second.sent_to, *holders(shift.store, *PLACES[AHEAD:])} == {PLACES[AHEAD], "w2"}


def test_a_lease_that_ran_out_is_the_other_ones_once_its_device_was_heard_of(shift: Shift) -> None:
    first, second = shift.counters
    shift.exchange()
    shift.wait(LEASE_US + 1)
    assert first.sent_to == "", "a device stops at its own end"
    second.exchange()
    assert second.sent_to != PLACES[0], "nobody knows what w1 has done"
    first.exchange()
    shift.look()
    shift.exchange()
    assert {first.sent_to, second.sent_to} & {PLACES[0]}
    assert first.sent_to != second.sent_to


def test_later_is_one_key_and_says_when_and_somebody_else_may_do_it_meanwhile(shift: Shift) -> None:
    first, _second = shift.counters
    first.exchange()
    view = first.say("key:F5")
    assert view.message == f"{PLACES[0]} comes again in 30 min."
    assert first.sent_to == PLACES[1]
    first.exchange()
    assert holders(shift.store, PLACES[0]) == [""]
    assert any(PLACES[0] in line.text and "again" in line.text for line in first.desk.view().listed)
    shift.wait(30 * 60_000_000)
    first.exchange()
    assert holders(shift.store, PLACES[0]) == ["w1"]
    assert first.sent_to == PLACES[0]


def test_a_place_that_cannot_be_counted_is_nobodys_task_any_more(shift: Shift) -> None:
    first, _second = shift.counters
    first.exchange()
    view = first.say(".x", "1")
    assert view.message == f"{PLACES[0]} is left out. It is noted."
    first.exchange()
    assert not tasks_of(shift.store, [name_of(PLACES[0])])[name_of(PLACES[0])].active
    assert first.sent_to == PLACES[1]


def test_what_was_shown_is_there_after_a_restart(shift: Shift) -> None:
    first, _second = shift.counters
    first.exchange()
    before = first.desk.view()
    first.restart()
    after = first.desk.view()
    assert (after.prompt, after.listed) == (before.prompt, before.listed)
