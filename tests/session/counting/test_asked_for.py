"""A recount that was asked for stands on the Count screen of all but the counter, and its lines name the claim."""

import msgspec
import pytest

from scanner_app.domain.count_open import CountOpen
from scanner_app.domain.events.event import Event
from scanner_app.domain.task import COUNT, LOOK, MADE, Task
from tests.warehouse import GTIN, Floor

_event = msgspec.json.Decoder(Event).decode
ASKED = Task(MADE + "claim-1", COUNT, "A-01-01", "100001", 1_700_000_000_000_000, "9999")
VERSION = 50_000


def counted(floor: Floor) -> list[str]:
    """What claim each line recounts."""
    lines = (_event(payload).fact.line for payload in floor.events())
    return [line.recounts for line in lines if line]


def put(floor: Floor, *rows: Task | CountOpen) -> None:
    with floor.store.transaction:
        floor.store.feed.put([(VERSION + number, row) for number, row in enumerate(rows)])


def asked(floor: Floor) -> list[str]:
    floor.sign_in()
    return [line.text for line in floor.say("8").listed]


def test_it_is_listed_and_its_lines_name_the_claim_that_they_count_again(floor: Floor) -> None:
    put(floor, ASKED)
    assert any(text.startswith("A-01-01 100001") for text in asked(floor))
    floor.say("A-01-01", "A-01-01", ".t", GTIN, "12", "100005", "2", "A-01-01")
    assert counted(floor) == ["claim-1", ""]


@pytest.mark.parametrize(
    "task",
    [Task(MADE + "claim-1", COUNT, "A-01-01", "100001", 1, "1001"), Task("7", "pick", "A-01-01", "100001", 1)],
    ids=("the counter's own", "another kind"),
)
def test_what_is_not_for_this_counter_is_not_listed(task: Task, floor: Floor) -> None:
    put(floor, task)
    assert not any(text.startswith("A-01-01") for text in asked(floor))
    floor.say("A-01-01", GTIN, "12")
    assert counted(floor) == [""]


def test_a_plate_to_look_for_is_listed_where_it_stood(floor: Floor) -> None:
    put(floor, Task(MADE + "P1", LOOK, "A-01-02", "P1", 1))
    assert any(text.startswith("A-01-02 P1") for text in asked(floor))


def test_a_second_counter_is_told_of_the_first_and_both_counts_are_kept(floor: Floor) -> None:
    now_us = floor.clock.stamp().wall_us
    put(floor, CountOpen("other", "A-01-01", "1002", now_us - 60_000_000, now_us))
    floor.sign_in()
    view = floor.say("8", "A-01-01")
    assert view.prompt.startswith("1002 counts here since")
    view = floor.say("A-01-01")
    assert view.prompt == "Scan the next, or this place: done."
