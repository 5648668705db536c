"""Sign in: a badge, then a PIN that is never kept."""

from scanner_app.workflows.engine.script import Script, SignedIn, Steps
from scanner_app.workflows.phrases import phrase as phrases
from scanner_app.workflows.questions import ask
from scanner_app.workflows.questions.answers import Person


def sign_in(operator: str = "") -> Steps:
    """Ask who it is, then for the proof."""
    del operator
    person: Person = yield ask.badge()
    yield ask.pin(person.operator, person.name)
    yield SignedIn(person.operator, person.name)


SIGN_IN = Script(name="sign_in", title=phrases.SIGN_IN, steps=sign_in, slots=("badge", "pin"), secret=True)
