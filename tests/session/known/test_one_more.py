"""The same label again as one more: only where the site wants it, and only where nothing else was to be asked."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scanner_app.domain.catalog import Location, LocationState, Stock
from scanner_app.domain.quantity import whole
from scanner_app.session.context import Settings
from tests.warehouse import CASE_GTIN, GTIN, Floor

CHEESE = "4006381333948"


def begun(folder: Path, *, again: bool, more: tuple[Stock, ...] = ()) -> Floor:
    floor = Floor(folder, settings=Settings(again_one_more=again), more=more)
    floor.move()
    return floor


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[Floor]:
    floor = begun(tmp_path, again=True)
    yield floor
    floor.close()


def test_each_scan_of_the_same_label_moves_one_more(floor: Floor) -> None:
    assert floor.say("A-01-01", GTIN, "3", "A-01-05").prompt == "Take what? The same label: one more."
    for count in (4, 5):
        assert floor.say(GTIN).message == "Moved 1 EA to A-01-05."
        assert floor.on_hand("A-01-05", "100001") == whole(count)
    assert len(floor.events()) == 3


def test_a_case_is_one_more_case(floor: Floor) -> None:
    floor.say("A-01-01", CASE_GTIN, "1", "A-01-05")
    assert floor.say(CASE_GTIN).message == "Moved 1 CS to A-01-05."
    assert floor.say(GTIN).prompt == "How many EA?", "another label is another unit"


def test_off_it_is_asked_as_ever(tmp_path: Path) -> None:
    floor = begun(tmp_path, again=False)
    assert floor.say("A-01-01", GTIN, "3", "A-01-05").prompt == "Take what? Scan the item."
    assert floor.say(GTIN).prompt == "How many EA?"
    floor.close()


def test_what_is_not_so_simple_is_asked(floor: Floor) -> None:
    assert floor.say("A-01-02", CHEESE, "L1", "1", "A-01-05", CHEESE).prompt == "Which lot? Scan or type it."
    floor.say(".m", "1", "A-01-01", GTIN, "100", "A-01-04")
    assert floor.say(GTIN).prompt == "How many EA?", "no more of it is known there"


def test_another_place_and_a_place_that_was_closed_end_it(floor: Floor) -> None:
    floor.say("A-01-01", GTIN, "3", "A-01-05")
    assert floor.say("A-01-03", GTIN).prompt == "Which stock? Type its number."
    floor.say(".m", "1", "A-01-01", GTIN, "3", "A-01-05")
    with floor.store.transaction:
        floor.store.feed.put([(950, Location("A-01-05", "A", 5, "bin", state=LocationState.CLOSED))])
    assert floor.say(GTIN).prompt == "How many EA?"


def test_it_holds_after_a_restart(floor: Floor) -> None:
    floor.say("A-01-01", GTIN, "3", "A-01-05")
    floor.restart()
    assert floor.say(GTIN).message == "Moved 1 EA to A-01-05."


def test_the_trigger_pulled_twice_is_one_label(floor: Floor) -> None:
    floor.say("A-01-01", GTIN, "3", "A-01-05", GTIN)
    assert floor.burst(GTIN, GTIN, GTIN).message == "That is what you have just scanned."
    assert floor.on_hand("A-01-05", "100001") == whole(5)


def test_a_label_that_says_a_day_or_a_count_is_asked_as_ever(floor: Floor) -> None:
    floor.say("A-01-01", GTIN, "3", "A-01-05")
    assert floor.say(f"]C101{GTIN.zfill(14)}302").prompt == "Put where? Scan the place."
    floor.say(".u", ".u")
    assert floor.on_hand("A-01-05", "100001") == whole(3)
