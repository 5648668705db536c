"""Leave: end the program, by digits that no printed code can know. The work stays where it is."""

from scanner_app.workflows.engine.script import Left, Script, Steps
from scanner_app.workflows.lookups.challenge import Challenge, Digits
from scanner_app.workflows.questions.ask.challenge import AskChallenge
from scanner_app.workflows.shift import phrases as say


def leave(operator: str) -> Steps:
    """Ask for the digits on screen."""
    del operator
    drawn: Digits = yield Challenge()
    yield AskChallenge(
        slot="challenge", phrase=say.TYPE_TO_LEAVE, help=say.HELP_CHALLENGE, arguments={"digits": drawn.digits},
        digits=drawn.digits,
    )  # fmt: skip
    yield Left()


LEAVE = Script(name="leave", title=say.LEAVE, steps=leave, slots=("challenge",))
