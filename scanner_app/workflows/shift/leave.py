"""Leave: end the program, by digits that no printed code can know. The work stays where it is."""

from scanner_app.workflows.engine.script import Left, Script, Steps
from scanner_app.workflows.lookups import look
from scanner_app.workflows.lookups.look import Digits
from scanner_app.workflows.phrases import phrase as phrases
from scanner_app.workflows.questions import ask


def leave(operator: str) -> Steps:
    """Ask for the digits on screen."""
    del operator
    drawn: Digits = yield look.Challenge()
    yield ask.challenge(drawn.digits)
    yield Left()


LEAVE = Script(name="leave", title=phrases.LEAVE, steps=leave, slots=("challenge",))
