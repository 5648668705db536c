"""Lock: nobody has touched the device for a while. The PIN goes on with the work, another badge puts it aside."""

from scanner_app.workflows.engine.script import Script, SignedIn, Steps
from scanner_app.workflows.questions.answers import Person, Verified
from scanner_app.workflows.questions.ask.unlock import AskUnlock
from scanner_app.workflows.shift import phrases as say
from scanner_app.workflows.shift.pin import pin_of


def lock(operator: str, name: str = "") -> Steps:
    """Ask for the operator's PIN; a badge says who it is instead, and wants that person's PIN."""
    who = Person(operator, name)
    answer: Verified | Person = yield AskUnlock(
        slot="unlock", phrase=say.UNLOCK, help=say.HELP_UNLOCK, arguments={"name": name}, operator=operator
    )
    if isinstance(answer, Person):
        who = answer
        yield pin_of(who)
    yield SignedIn(who.operator, who.name)


LOCK = Script(name="lock", title=say.LOCKED, steps=lock, slots=("unlock", "pin"), secret=True, at_the_door=True)
