"""Every command that a page names is one of the program, with the words that it is given there."""

from contextlib import suppress

import click
import pytest

from scanner_app.cli.main import cli
from tests.pages.frames import UNITS, commands, frames, inline, words

TYPED = {" ".join(called): called for frame in frames() for called in commands(frame.text)}
TYPED |= {" ".join(called): called for unit in UNITS for called in commands(unit.read_text(encoding="utf-8"))}
NAMED = {text: words(text if text.startswith("scanner ") else f"scanner {text}") for text in sorted(inline())}
STANDS_FOR = {"FOLDER": ".", "SOURCE": ".", "FILE": "config.toml", "N": "2", "tables": ".", "WHAT": "stock"}
"""What has to be there, or is one of a list."""
_ABSENT = (click.MissingParameter, click.exceptions.NoArgsIsHelpError)


def parse(command: click.Command, called: list[str]) -> None:
    """Have the program read a command's words, and do nothing.

    Raises:
        click.UsageError: it does not understand them.
    """
    context = command.make_context(command.name, [STANDS_FOR.get(word, word) for word in called])
    rest = [*context._protected_args, *context.args]
    if isinstance(command, click.Group) and rest:
        _name, found, left = command.resolve_command(context, rest)
        assert found is not None, called
        parse(found, left)


@pytest.mark.parametrize("called", TYPED.values(), ids=TYPED)
def test_what_is_to_be_typed_is_understood(called: list[str]) -> None:
    parse(cli, called)


@pytest.mark.parametrize("called", NAMED.values(), ids=NAMED)
def test_what_is_named_is_understood_as_far_as_it_is_told(called: list[str]) -> None:
    with suppress(*_ABSENT):
        parse(cli, called)


@pytest.mark.parametrize("called", [["centrel"], ["central", "exprt"], ["sync", "--twice"], ["enrol"]])
def test_what_is_no_command_is_found(called: list[str]) -> None:
    with pytest.raises(click.UsageError):
        parse(cli, called)
