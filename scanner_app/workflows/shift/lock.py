"""Lock: nobody has touched the device for a while. The PIN goes on with the work, another badge puts it aside."""

from scanner_app.workflows.engine.script import Script, SignedIn, Steps
from scanner_app.workflows.questions import ask
from scanner_app.workflows.questions.answers import Person, Verified
from scanner_app.workflows.shift import phrases as guard_phrases


def lock(operator: str, name: str = "") -> Steps:
    """Ask for the operator's PIN; a badge says who it is instead, and wants that person's PIN."""
    who = Person(operator, name)
    answer: Verified | Person = yield ask.unlock(operator, name)
    if isinstance(answer, Person):
        who = answer
        yield ask.pin(who.operator, who.name)
    yield SignedIn(who.operator, who.name)


LOCK = Script(name="lock", title=guard_phrases.LOCKED, steps=lock, slots=("unlock", "pin"), secret=True)
