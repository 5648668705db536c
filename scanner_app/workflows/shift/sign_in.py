"""Sign in: a badge, then a PIN that is never kept."""

from scanner_app.workflows.engine.script import Script, SignedIn, Steps
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.questions.answers import Person
from scanner_app.workflows.questions.ask.badge import AskBadge
from scanner_app.workflows.shift import phrases as say
from scanner_app.workflows.shift.pin import pin_of


def sign_in(operator: str = "") -> Steps:
    """Ask who it is, then for the proof."""
    del operator
    person: Person = yield AskBadge(slot="badge", phrase=say.SCAN_BADGE, help=say.HELP_BADGE, label=labels.BADGE)
    yield pin_of(person)
    yield SignedIn(person.operator, person.name)


SIGN_IN = Script(
    name="sign_in", title=say.SIGN_IN, steps=sign_in, slots=("badge", "pin"), secret=True, at_the_door=True
)
