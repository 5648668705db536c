"""It was moved: two counts of the same goods that differ opposite ways are accepted by one word, or neither is.

No move is made: the two counts say already where the goods are, and a move beside them would book it twice.
"""

from scanner_app.domain.desk.case import Opened
from scanner_app.domain.desk.marks import left_out
from scanner_app.domain.desk.opened_claim import Opposite
from scanner_app.domain.events.decided import Decided, SubjectKind, Word
from scanner_app.domain.events.saying import Subject
from scanner_app.workflows.engine.script import Part, Post, Steps
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.answers import Choice
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.questions.shown import Shown
from scanner_app.workflows.supervise import claim_phrases as say
from scanner_app.workflows.supervise.claim_lines import opposite_parts
from scanner_app.workflows.supervise.confirm import sworn
from scanner_app.workflows.supervise.word import subject_of

SLOTS = ("opposite",)
REASON = "moved"


def moved(operator: str, opened: Opened, again: dict[str, str]) -> Steps:
    """Ask which other count says where it went, and have both accepted."""
    other = yield from _other(opened)
    unit = opened.case.unit
    wall_us = yield from sworn(operator, 2, (Shown(say.L_ELSEWHERE, parts=opposite_parts(other, unit)),))
    subjects = (
        subject_of(opened.case),
        Subject(SubjectKind.CLAIM, other.id, other.version, other.seen, other.quantity),
    )
    yield Post(Decided(wall_us, Word.ACCEPT, subjects, REASON), again, Said(say.WERE_MOVED.key, "good"))


def _other(opened: Opened) -> Part[Opposite]:
    """The one that there is, or which of them."""
    assert opened.claim, "only a count can have been moved"
    others = [other for other in opened.claim.opposites if not left_out(other.marks)]
    if len(others) == 1:
        return others[0]
    options = tuple(
        Option(str(place), parts=opposite_parts(other, opened.case.unit)) for place, other in enumerate(others)
    )
    chosen: Choice = yield AskChoice(
        slot="opposite", phrase=say.WHICH_OPPOSITE, help=say.HELP_OPPOSITE, options=options
    )
    return others[int(chosen.value)]
