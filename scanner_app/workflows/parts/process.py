"""Which process: a menu of scripts, by their titles."""

from collections.abc import Callable

from scanner_app.workflows.engine.script import Script, Start, Steps
from scanner_app.workflows.parts import phrases as say
from scanner_app.workflows.questions.answers import Choice
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.option import Option

SLOTS = ("process",)


def options_of(scripts: tuple[Script, ...]) -> tuple[Option, ...]:
    """What can be chosen, in the order of the scripts."""
    return tuple(Option(script.name, phrase=script.title) for script in scripts)


def started(scripts: tuple[Script, ...]) -> Callable[[str], Steps]:
    """The steps of a menu: ask which of some scripts, and start it."""

    def steps(operator: str) -> Steps:
        del operator
        asked = AskChoice(slot="process", phrase=say.CHOOSE, help=say.HELP_CHOOSE, options=options_of(scripts))
        chosen: Choice = yield asked
        yield Start(chosen.value)

    return steps
