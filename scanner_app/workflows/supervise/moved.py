"""It was moved, changed, or had a wrong label: two counts that differ opposite ways are accepted by one word.

Which of these it was is told by where the two differ. No event is made beside them: the two counts say already where
the goods are, and a move beside them would book it twice.
"""

from collections.abc import Iterable
from typing import NamedTuple

from scanner_app.domain.desk.case import Case, Opened
from scanner_app.domain.desk.marks import left_out
from scanner_app.domain.desk.opened_claim import Opposite
from scanner_app.domain.events.decided import Decided, SubjectKind, Word
from scanner_app.domain.events.saying import Subject
from scanner_app.workflows.engine.script import Part, Post, Steps
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.answers import Choice
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.questions.shown import Shown
from scanner_app.workflows.supervise import claim_phrases as say
from scanner_app.workflows.supervise.claim_lines import opposite_parts
from scanner_app.workflows.supervise.confirm import sworn
from scanner_app.workflows.supervise.shown_case import row
from scanner_app.workflows.supervise.word import subjects_of

SLOTS = ("opposite",)


class ThirdAnswer(NamedTuple):
    """The code of the ``reason`` for which both counts are accepted, what it is called, and what is said when it is."""

    reason: str
    phrase: Phrase
    done: Phrase


MOVED = ThirdAnswer("moved", say.MOVED, say.WERE_MOVED)
CHANGED = ThirdAnswer("restated", say.CHANGED, say.WERE_CHANGED)
MISLABELLED = ThirdAnswer("mislabelled", say.MISLABELLED, say.WERE_MISLABELLED)


def third_answer(case: Case, other: Opposite) -> ThirdAnswer:
    """What may have happened between a count and one that differs the other way.

    >>> case = Case(kind="claim", id="c", place="A", lot="L1", status="HOLD")
    >>> def other(place="A", lot="L1", status="HOLD"):
    ...     return Opposite(id="o", version="v", seen=0, place=place, quantity=1, lot=lot, status=status)
    >>> [third_answer(case, one).reason for one in (other("B"), other(lot="L2"), other(status="AVAILABLE"))]
    ['moved', 'mislabelled', 'restated']
    """
    if other.place != case.place:
        return MOVED
    return MISLABELLED if other.lot != case.lot else CHANGED


def what_it_is_called(case: Case, others: Iterable[Opposite]) -> Phrase:
    """What the answer is called before anybody has said which other count it is: moved, where they are not alike."""
    answers = {third_answer(case, other) for other in others}
    return answers.pop().phrase if len(answers) == 1 else say.MOVED


def moved(operator: str, opened: Opened, again: dict[str, str]) -> Steps:
    """Ask which other count says where it went, and have both accepted."""
    other = yield from _other(opened)
    unit = opened.case.unit
    both = (Shown(parts=row(opened.case)), Shown(say.L_ELSEWHERE, parts=opposite_parts(other, unit)))
    wall_us = yield from sworn(operator, 2, both)
    subjects = subjects_of([opened.case])
    if other.id not in {subject.id for subject in subjects}:
        subjects += (Subject(SubjectKind.CLAIM, other.id, other.version, other.seen, other.quantity),)
    answer = third_answer(opened.case, other)
    yield Post(Decided(wall_us, Word.ACCEPT, subjects, answer.reason), again, Said(answer.done.key, "good"))


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
