"""A word that is said: for what reason, with the PIN of who says it and the digits on screen; then it is an event."""

from collections.abc import Sequence

from scanner_app.domain.desk.case import Case
from scanner_app.domain.desk.words_of import SUBJECTS
from scanner_app.domain.events.decided import Decided
from scanner_app.domain.events.saying import Subject
from scanner_app.domain.reasons import DECIDE
from scanner_app.workflows.engine.script import Post, Steps
from scanner_app.workflows.lookups.challenge import Challenge, Digits
from scanner_app.workflows.parts.reason import reason_of
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.answers import Text, Verified
from scanner_app.workflows.questions.ask.challenge import AskChallenge
from scanner_app.workflows.questions.ask.pin import AskPin
from scanner_app.workflows.questions.shown import Shown
from scanner_app.workflows.supervise import case_phrases as say

SLOTS = ("reason", "note", "pin", "sure")


def said(
    operator: str, word: str, cases: Sequence[Case], again: dict[str, str], lines: tuple[Shown, ...] = ()
) -> Steps:
    """Ask why, for the PIN and for the digits; then the word is said on each of the cases."""
    reason, note = yield from reason_of(operator, DECIDE, say.REASON)
    pin: Verified = yield _pin(operator, len(cases), lines)
    drawn: Digits = yield Challenge()
    typed: Text = yield AskChallenge(
        slot="sure", phrase=say.SURE, help=say.HELP_PIN, arguments={"digits": drawn.digits}, digits=drawn.digits
    )
    del pin
    fact = Decided(typed.wall_us, word, tuple(map(_subject, cases)), reason, note)
    yield Post(fact, again, Said(say.DONE[word].key, "good", {"count": f"{len(cases):,}"}))


def _pin(operator: str, count: int, lines: tuple[Shown, ...]) -> AskPin:
    asked: Phrase = say.MANY_PIN if count > 1 else say.PIN
    return AskPin(
        slot="pin", phrase=asked, help=say.HELP_PIN, arguments={"count": f"{count:,}"}, operator=operator, lines=lines
    )


def _subject(case: Case) -> Subject:
    return Subject(SUBJECTS[case.kind], case.id, case.version, case.seen, case.quantity)
