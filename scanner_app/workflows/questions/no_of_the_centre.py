"""The centre says no: its word as a sentence."""

from scanner_app.domain.clock import in_words
from scanner_app.domain.desk.replies import Refused as Refusal
from scanner_app.domain.desk.replies import Why
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions import desk_phrases as desk
from scanner_app.workflows.questions import phrases as say
from scanner_app.workflows.questions.judgement import MISTAKE

WAIT_S_MAX = 86_400
_SHOWN_LENGTH_MAX = 20


def no(refusal: Refusal) -> Said:
    """Why not; one that this program does not know is told by its word."""
    if refusal.why == Why.TOO_MANY_PINS and refusal.again_us > 0:
        seconds = min(WAIT_S_MAX, -(-refusal.again_us // 1_000_000))
        return Said(say.WAIT.key, MISTAKE, {"wait": in_words(seconds)})
    known = desk.REFUSALS.get(refusal.why, desk.OTHER_REFUSAL)
    arguments = {"by": refusal.by[:_SHOWN_LENGTH_MAX] or "?"} if refusal.why == Why.ALREADY else {}
    arguments = arguments if known is not desk.OTHER_REFUSAL else {"why": refusal.why[:_SHOWN_LENGTH_MAX]}
    return Said(known.key, MISTAKE, arguments)
