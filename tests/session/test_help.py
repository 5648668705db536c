"""Help on a question: what is asked, how to answer, what the keys do; and back to the question."""

import pytest

from scanner_app.session.view.view import Line
from scanner_app.workflows.engine.commands import Command
from scanner_app.workflows.engine.help import KEYS
from tests.warehouse import Floor


def test_help_tells_how_to_answer_and_what_keys_do(floor: Floor) -> None:
    floor.move()
    view = floor.say("A-01-01", ".h")
    assert view.prompt == "Take what? Scan the item."
    assert view.message == "Label on the goods, or another bin."
    assert Line("The item number will do as well.", is_sentence=True) in view.listed
    assert Line("back", "F3 .b") in view.listed


@pytest.mark.parametrize("closing", [".h", ".b", "key:F1", "key:F3"])
def test_help_is_closed_and_the_question_stands(floor: Floor, closing: str) -> None:
    before = floor.say("B-1001", "135790", "1", "A-01-01")
    floor.say(".h", ".n")
    after = floor.say(closing)
    assert (after.prompt, after.lines, after.listed) == (before.prompt, before.lines, before.listed)


def test_an_answer_closes_help_too(floor: Floor) -> None:
    floor.move()
    view = floor.say(".h", "A-01-01")
    assert [line.text for line in view.lines] == ["A-01-01"]
    assert [line.text for line in view.listed] == ["All that is here", "Damaged or wrong"]


def test_pages_of_help_are_turned_and_begin_at_the_first(floor: Floor) -> None:
    floor.move()
    view = floor.say(".n", ".h", ".n")
    assert view.page == 1
    assert view.message
    assert floor.say(".h", ".h").page == 0


def test_help_is_there_after_a_restart(floor: Floor) -> None:
    floor.move()
    shown = floor.say(".h")
    assert floor.restart().listed == shown.listed


def test_at_sign_in_only_what_works_there_is_told(floor: Floor) -> None:
    labels = [line.label for line in floor.say(".h").listed]
    assert "F10 .q" in labels
    assert "F6 .i" not in labels


def test_every_command_is_explained() -> None:
    assert set(KEYS) == set(Command)
