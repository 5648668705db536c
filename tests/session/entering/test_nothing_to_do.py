"""A command that has nothing to do is no mistake: it is said, and nothing stops."""

from pathlib import Path

import pytest

from scanner_app.domain.catalog import Stock
from scanner_app.domain.quantity import whole
from scanner_app.session.view.view import Tone
from scanner_app.workflows.engine.commands import Command
from screens.layout import paint
from tests.screens.rows import text_of
from tests.warehouse import GTIN, PIN, Floor

HERE, ALL = "Nothing to do here.", "That is all of it."
SIZES = ((20, 16), (40, 8), (40, 12), (80, 24))


@pytest.fixture
def floor(tmp_path: Path) -> Floor:
    return Floor(tmp_path)


@pytest.mark.parametrize("lines", [(), (".s", ".b"), ("nonsense", ".k")])
@pytest.mark.parametrize("command", [".b", ".m", ".k"])
def test_at_the_menu(floor: Floor, command: str, lines: tuple[str, ...]) -> None:
    floor.sign_in()
    floor.say(*lines)
    view = floor.say(command)
    assert (view.title, view.message, view.tone, view.halted) == ("Menu", HERE, Tone.ATTENTION, False)
    floor.close()


@pytest.mark.parametrize("command", [".s", ".i", ".q"])
def test_where_one_is_already(floor: Floor, command: str) -> None:
    floor.move()
    before = floor.say("A-01-01", GTIN, command)
    view = floor.say(command)
    assert (view.title, view.message, view.halted) == (before.title, HERE, False)
    assert floor.say(".b").prompt == "How many EA?"
    floor.close()


@pytest.mark.parametrize("command", sorted(Command))
def test_every_command_says_or_does_something(tmp_path: Path, command: Command) -> None:
    """At sign-in, at the menu, in a process and in a detour."""
    for number, lines in enumerate([(), ("B-1001", PIN), ("B-1001", PIN, "1"), ("B-1001", PIN, "1", ".s")]):
        floor = Floor(tmp_path / str(number))
        before = floor.say(*lines)
        after = floor.say(f"CMD:{command.name}")
        shown = [[text_of(row) for row in paint(view, b"", 40, 12, 0)[:-1]] for view in (before, after)]
        assert shown[0] != shown[1], (command, lines)
        floor.close()


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("command", [".n", ".l"])
def test_the_screen_says_that_all_is_in_sight(floor: Floor, command: str, width: int, height: int) -> None:
    floor.sign_in()
    floor.say("1")
    view = floor.say("A-01-01", command)
    assert ALL in " ".join(map(text_of, paint(view, b"", width, height, 0)))
    floor.close()


def test_where_there_is_more_it_is_turned_to(tmp_path: Path) -> None:
    many = [Stock("A-01-02", "100002", f"L{n}", "", "OWN", "AVAILABLE", whole(1)) for n in range(100, 180)]
    floor = Floor(tmp_path, more=many)
    floor.move()
    view = floor.say("A-01-02", "4006381333948", ".n")
    for width, height in SIZES:
        assert ALL not in " ".join(map(text_of, paint(view, b"", width, height, 0)))
    floor.close()
