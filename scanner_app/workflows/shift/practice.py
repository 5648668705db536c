"""Practice: where to learn without touching the stock. The course is a program of its own, with its own warehouse."""

from scanner_app.workflows.engine.script import Script, Steps
from scanner_app.workflows.questions.ask.nothing import AskNothing
from scanner_app.workflows.questions.shown import Shown
from scanner_app.workflows.shift import phrases as say


def practice(operator: str) -> Steps:
    """Say how to begin; stay until the worker goes back."""
    del operator
    lines = (Shown(phrase=say.PRACTICE_SAFE), Shown(phrase=say.PRACTICE_HOW), Shown(text="scanner train"))
    yield AskNothing(slot="practice", phrase=say.PRACTISE, help=say.HELP_PRACTICE, lines=lines)


PRACTICE = Script(name="practice", title=say.PRACTICE, steps=practice, slots=())
