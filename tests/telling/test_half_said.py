"""What waits for one more entry, below or above digits that die with the program: it is as the log has it."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from scanner_app.domain.events.event import Event
from scanner_app.session.context import Settings
from scanner_app.session.view.view import View
from scanner_app.workflows.questions.limits import Limits, TypedCodes
from tests.warehouse import GTIN, Floor

PLACE, ITEM = "]C0A-01-01", f"]E0{GTIN}"
HALF = {
    "why it was typed": ("A-01-01",),
    "which is meant": (PLACE, "]C0SHARED"),
    "the same once more": (PLACE, ITEM, "999"),
    "nothing": (PLACE, ITEM),
}
GOES_ON = {
    "why it was typed": "2",
    "which is meant": "1",
    "the same once more": "999",
    "nothing": "1",
}


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[Floor]:
    settings = Settings(limits=Limits(typed_codes=TypedCodes.REASON), scans_have_aim=True)
    floor = Floor(tmp_path, settings=settings)
    floor.move()
    yield floor
    floor.close()


def asked(view: View) -> tuple[object, ...]:
    return view.title, view.prompt, view.message, view.lines, view.listed


@pytest.mark.parametrize("what", HALF)
def test_what_lies_below_the_digits_of_leaving_is_as_before_and_goes_on(floor: Floor, what: str) -> None:
    before = floor.say(*HALF[what])
    assert floor.say(".q").title == "Leave"
    assert asked(floor.restart()) == asked(floor.restart())
    assert asked(floor.desk.view()) == asked(replace(before, message=""))
    after = floor.say(GOES_ON[what])
    assert asked(after) != asked(before)
    assert asked(floor.restart()) == asked(after)


@pytest.mark.parametrize("above", [".i", ".s"])
def test_what_lies_above_digits_that_are_dropped_is_shown_as_the_next_restart_shows_it(
    floor: Floor, above: str
) -> None:
    floor.say(PLACE, ITEM, "5", "]C0A-01-02", ".m", "6", "1", "2")
    assert "4711" in floor.desk.view().prompt
    floor.say(above, ".h")
    view = floor.restart()
    assert view.title in ("Look up", "Status")
    assert floor.restart() == view
    assert "4711" not in floor.say(".b", ".b").prompt


def test_why_a_code_was_typed_is_kept_when_the_program_was_left_at_the_digits(floor: Floor) -> None:
    floor.say("A-01-01", "2", ".q")
    floor.restart()
    floor.restart()
    floor.say(ITEM, "5", "]C0A-01-02")
    assert msgspec.json.decode(floor.events()[-1], type=Event).typed == ("label_missing",)
