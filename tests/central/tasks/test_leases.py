"""Leases at the centre: who asked first has a task, and when that ends for others."""

import pytest
from msgspec.structs import replace

from scanner_app.domain.events.count_closed import CountClosed
from scanner_app.domain.events.counted import Counted
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.events.work.ended import Ended
from scanner_app.domain.events.work.leased import Leased
from scanner_app.domain.task import name_of
from scanner_app.domain.work.lease import LEASE_US, RELEASED
from scanner_app.domain.work.zero_check import EMPTY
from sync.central.audit.verification import verify
from sync.central.database.store import CentralStore
from sync.central.events.sender import Sender
from tests.central.tasks.floor import add_devices, add_tasks, holders, sweep, tasks_of, tell, to_count
from tests.central.warehouse import NOW_US, SITE, event, move, push
from tests.kinds import CLOSED, LINE

ONE, TWO = Sender(SITE, "d1", 1), Sender(SITE, "d2", 1)


@pytest.fixture
def floor(store: CentralStore) -> CentralStore:
    add_devices(store, "d1", "d2")
    add_tasks(store, *to_count("A", "B", "C"))
    return store


def ask(*places: str, until_us: int = NOW_US + LEASE_US) -> Leased:
    return Leased(NOW_US, tuple(map(name_of, places)), until_us)


def say(store: CentralStore, sequence: int, fact: Fact, sender: Sender = ONE, operator: str = "w1") -> None:
    (answer,) = push(store, [event(sequence, fact, sender, operator=operator)], sender)
    assert answer.outcome.is_booked


def test_who_asked_first_has_a_task_and_the_other_is_told_by_its_row(floor: CentralStore) -> None:
    say(floor, 1, ask("A", "B"))
    say(floor, 1, ask("B", "C"), TWO, "s1")
    assert holders(floor, "A", "B", "C") == ["w1", "w1", "s1"]
    assert tasks_of(floor, [name_of("B")])[name_of("B")].until == NOW_US + LEASE_US
    assert verify(floor) == []


def test_for_others_a_lease_ends_when_its_device_was_heard_of_past_its_end(floor: CentralStore) -> None:
    say(floor, 1, ask("A"))
    for told_us, holder in ((NOW_US + LEASE_US, "w1"), (NOW_US + LEASE_US + 1, "")):
        tell(floor, "d1", told_us)
        sweep(floor)
        assert holders(floor, "A") == [holder]
    say(floor, 1, ask("A"), TWO, "s1")
    assert holders(floor, "A") == ["s1"]


def test_whoever_asks_need_not_wait_for_the_centre_to_look(floor: CentralStore) -> None:
    say(floor, 1, ask("A"))
    tell(floor, "d1", NOW_US + LEASE_US + 1)
    say(floor, 1, ask("A"), TWO, "s1")
    assert holders(floor, "A") == ["s1"]


def test_a_device_that_is_shut_out_is_not_waited_for(floor: CentralStore) -> None:
    say(floor, 1, ask("A"))
    tell(floor, "d1", 0, is_revoked=True)
    sweep(floor)
    assert holders(floor, "A") == [""]


def test_an_entry_in_a_count_extends_what_its_counter_has(floor: CentralStore) -> None:
    say(floor, 1, ask("A"))
    later_us = NOW_US + LEASE_US - 1
    say(floor, 2, Counted(replace(LINE, begun_us=later_us, wall_us=later_us)))
    tell(floor, "d1", NOW_US + LEASE_US + 1)
    sweep(floor)
    assert holders(floor, "A") == ["w1"]
    tell(floor, "d1", later_us + LEASE_US + 1)
    sweep(floor)
    assert holders(floor, "A") == [""]


def test_an_entry_behind_its_end_extends_no_lease(floor: CentralStore) -> None:
    say(floor, 1, ask("A"))
    late_us = NOW_US + LEASE_US + 1
    say(floor, 2, Counted(replace(LINE, begun_us=late_us, wall_us=late_us)))
    tell(floor, "d1", late_us)
    sweep(floor)
    assert holders(floor, "A") == [""]


def test_a_person_at_two_devices_has_it_until_both_were_heard_of(floor: CentralStore) -> None:
    say(floor, 1, ask("A"))
    say(floor, 1, ask("A", until_us=NOW_US + 1), TWO)
    tell(floor, "d2", NOW_US + LEASE_US * 2)
    sweep(floor)
    assert holders(floor, "A") == ["w1"]
    tell(floor, "d1", NOW_US + LEASE_US * 2)
    sweep(floor)
    assert holders(floor, "A") == [""]


@pytest.mark.parametrize(
    ("by", "other", "ended", "after"),
    [
        ("w1", "s1", Ended(NOW_US, name_of("A"), reason=RELEASED), ("s1", True)),
        ("s1", "w1", Ended(NOW_US, name_of("A"), reason=RELEASED), ("", True)),
        ("s1", "w1", Ended(NOW_US, name_of("A"), version=7, reason=RELEASED), ("w1", True)),
        ("w1", "s1", Ended(NOW_US, name_of("A"), reason="not_reachable"), ("s1", True)),
        ("s1", "w1", Ended(NOW_US, name_of("A"), reason="not_reachable"), ("", False)),
    ],
)
def test_what_somebody_else_has_is_taken_or_ended_by_who_may_decide(
    floor: CentralStore, by: str, other: str, ended: Ended, after: tuple[str, bool]
) -> None:
    say(floor, 1, ask("A"), TWO, other)
    say(floor, 1, ended, ONE, by)
    task = tasks_of(floor, [name_of("A")])[name_of("A")]
    assert (task.holder, task.active) == after


def test_ones_own_is_given_back(floor: CentralStore) -> None:
    say(floor, 1, ask("A"))
    say(floor, 2, Ended(NOW_US, name_of("A"), reason=RELEASED))
    say(floor, 1, ask("A"), TWO, "s1")
    assert holders(floor, "A") == ["s1"]


def test_who_is_unknown_or_may_not_count_gets_nothing(floor: CentralStore) -> None:
    (answer,) = push(floor, [event(1, ask("A"), ONE, operator="ghost")], ONE)
    assert answer.outcome.is_booked
    assert holders(floor, "A") == [""]


@pytest.mark.parametrize(
    ("fact", "is_done"),
    [
        (CountClosed(replace(CLOSED, begun_us=NOW_US, wall_us=NOW_US)), True),
        (CountClosed(replace(CLOSED, place="B", begun_us=NOW_US, wall_us=NOW_US)), False),
        (CountClosed(replace(CLOSED, begun_us=NOW_US, wall_us=NOW_US, item="NUT")), False),
        (replace(move("A", "B", 100), zero_check=EMPTY), False),
        (move("A", "B", 100), False),
        (Counted(LINE), False),
    ],
)
def test_a_count_by_chance_does_the_task_whoever_has_it(floor: CentralStore, fact: Fact, is_done: bool) -> None:
    say(floor, 1, ask("A"), TWO, "s1")
    say(floor, 1, fact)
    task = tasks_of(floor, [name_of("A")])[name_of("A")]
    assert (task.active, task.holder) == ((False, "") if is_done else (True, "s1"))
    if is_done:
        add_tasks(floor, *to_count("A", since=NOW_US))
    say(floor, 2, ask("A"))
    assert holders(floor, "A") == ["w1" if is_done else "s1"]


def test_a_count_before_it_was_asked_for_does_no_task(floor: CentralStore) -> None:
    add_tasks(floor, *to_count("A", since=NOW_US))
    say(floor, 1, CountClosed(replace(CLOSED, begun_us=NOW_US, wall_us=NOW_US)))
    assert tasks_of(floor, [name_of("A")])[name_of("A")].active
