"""Everything in full by one key: shown, paged, gone with the next answer, and the same after a restart."""

import pytest

from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.workflows.engine.commands import Command, command_of
from screens.layout import paint
from tests.screens.rows import text_of
from tests.warehouse import GTIN, Floor


@pytest.mark.parametrize("form", [".l", ".L", "CMD:WHOLE"])
def test_everything_is_shown_in_full_until_the_next_answer(floor: Floor, form: str) -> None:
    floor.move()
    before = floor.say("A-01-01")
    shown = floor.say(form)
    assert (shown.is_whole, shown.prompt, shown.lines) == (True, before.prompt, before.lines)
    assert floor.say(".n").is_whole
    assert not floor.say(form).is_whole
    floor.say(form)
    assert not floor.say(GTIN).is_whole


def test_page_up_is_its_key(floor: Floor) -> None:
    assert command_of(Entry(b"", Source.KEYBOARD, floor.clock.stamp(), key="PageUp")) is Command.WHOLE


def test_a_restart_comes_back_to_it(floor: Floor) -> None:
    floor.move()
    floor.say("A-01-01", ".l")
    floor.restart()
    assert floor.desk.view().is_whole


def test_facts_that_found_no_room_are_on_its_pages(floor: Floor) -> None:
    floor.move()
    shown = floor.say("A-01-01", GTIN, ".l")
    rows = [text_of(row).strip() for page in range(3) for row in paint(shown, b"", 20, 8, 0)]
    assert shown.page == 0
    assert any("A-01-01" in row for row in rows)
