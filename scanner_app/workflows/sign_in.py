"""Sign in: a badge, then a PIN that is never kept."""

from scanner_app.workflows import ask, phrases
from scanner_app.workflows.answers import Person
from scanner_app.workflows.script import Script, SignedIn, Steps


def sign_in(operator: str = "") -> Steps:
    """Ask who it is, then for the proof."""
    del operator
    person: Person = yield ask.badge()
    yield ask.pin(person.operator, person.name)
    yield SignedIn(person.operator, person.name)


SIGN_IN = Script(name="sign_in", title=phrases.SIGN_IN, steps=sign_in, slots=("badge", "pin"), secret=True)
