"""Plates: which of the things that are done with license plates."""

from scanner_app.domain.people import Right
from scanner_app.workflows.engine.script import Script, Start, Steps
from scanner_app.workflows.move import phrases as words
from scanner_app.workflows.phrases import phrase as phrases
from scanner_app.workflows.questions import ask
from scanner_app.workflows.questions.answers import Choice
from scanner_app.workflows.questions.ask import Option

PROCESSES = (
    Option("build", phrase=words.BUILD),
    Option("unload", phrase=words.UNLOAD),
    Option("nest", phrase=words.NEST),
)


def plates(operator: str) -> Steps:
    """Ask what to do with a plate and start it."""
    del operator
    chosen: Choice = yield ask.choice("process", phrases.CHOOSE, phrases.HELP_CHOOSE, PROCESSES)
    yield Start(chosen.value)


PLATES = Script(name="plates", title=words.PLATES, steps=plates, slots=("process",), right=Right.MOVE)
