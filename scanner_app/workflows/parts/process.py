"""Which process: a menu of scripts, by their titles."""

from collections.abc import Callable

from scanner_app.workflows.engine.script import Script, Start, Steps
from scanner_app.workflows.parts import phrases as say
from scanner_app.workflows.questions import ask
from scanner_app.workflows.questions.answers import Choice

SLOTS = ("process",)


def options_of(scripts: tuple[Script, ...]) -> tuple[ask.Option, ...]:
    """What can be chosen, in the order of the scripts."""
    return tuple(ask.Option(script.name, phrase=script.title) for script in scripts)


def started(scripts: tuple[Script, ...]) -> Callable[[str], Steps]:
    """The steps of a menu: ask which of some scripts, and start it."""

    def steps(operator: str) -> Steps:
        del operator
        chosen: Choice = yield ask.choice("process", say.CHOOSE, say.HELP_CHOOSE, options_of(scripts))
        yield Start(chosen.value)

    return steps
