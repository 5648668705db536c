"""Confirmed: for what reason a word is said, with the PIN of who says it and the digits on screen."""

from scanner_app.domain.reasons import DECIDE
from scanner_app.workflows.engine.script import Part
from scanner_app.workflows.lookups.challenge import Challenge, Digits
from scanner_app.workflows.parts.reason import reason_of
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions.answers import Text, Verified
from scanner_app.workflows.questions.ask.challenge import AskChallenge
from scanner_app.workflows.questions.ask.pin import AskPin
from scanner_app.workflows.questions.shown import Shown
from scanner_app.workflows.supervise import case_phrases as say

SLOTS = ("reason", "note", "pin", "sure")


def confirmed(
    operator: str, count: int, lines: tuple[Shown, ...] = (), process: str = DECIDE
) -> Part[tuple[int, str, str]]:
    """When a word on ``count`` cases was confirmed, by the wall clock, for which reason, and the note to it."""
    reason, note = yield from reason_of(operator, process, say.REASON)
    wall_us = yield from sworn(operator, count, lines)
    return wall_us, reason, note


def sworn(operator: str, count: int, lines: tuple[Shown, ...] = ()) -> Part[int]:
    """When it was confirmed with the PIN of who says it and the digits on screen, by the wall clock."""
    pin: Verified = yield _pin(operator, count, lines)
    drawn: Digits = yield Challenge()
    typed: Text = yield AskChallenge(
        slot="sure", phrase=say.SURE, help=say.HELP_PIN, arguments={"digits": drawn.digits}, digits=drawn.digits,
        lines=lines,
    )  # fmt: skip
    del pin
    return typed.wall_us


def _pin(operator: str, count: int, lines: tuple[Shown, ...]) -> AskPin:
    asked: Phrase = say.MANY_PIN if count > 1 else say.PIN
    return AskPin(
        slot="pin", phrase=asked, help=say.HELP_PIN, arguments={"count": f"{count:,}"}, operator=operator, lines=lines
    )
