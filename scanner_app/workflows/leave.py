"""Leave: end the program, by digits that no printed code can know. The work stays where it is."""

from scanner_app.workflows import ask, look, phrases
from scanner_app.workflows.look import Digits
from scanner_app.workflows.script import Left, Script, Steps


def leave(operator: str) -> Steps:
    """Ask for the digits on screen."""
    del operator
    drawn: Digits = yield look.Challenge()
    yield ask.challenge(drawn.digits)
    yield Left()


LEAVE = Script(name="leave", title=phrases.LEAVE, steps=leave, slots=("challenge",))
