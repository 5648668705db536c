"""A word that is said on cases: when it is confirmed, it is an event."""

from collections.abc import Sequence

from scanner_app.domain.desk.case import Case
from scanner_app.domain.desk.words_of import SUBJECTS
from scanner_app.domain.events.decided import Decided
from scanner_app.domain.events.saying import Subject
from scanner_app.workflows.engine.script import Post, Steps
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.shown import Shown
from scanner_app.workflows.supervise import case_phrases as say
from scanner_app.workflows.supervise.confirm import confirmed


def said(
    operator: str, word: str, cases: Sequence[Case], again: dict[str, str], lines: tuple[Shown, ...] = ()
) -> Steps:
    """Have it confirmed; then the word is said on each of the cases."""
    wall_us, reason, note = yield from confirmed(operator, len(cases), lines)
    fact = Decided(wall_us, word, tuple(map(_subject, cases)), reason, note)
    yield Post(fact, again, Said(say.DONE[word].key, "good", {"count": f"{len(cases):,}"}))


def _subject(case: Case) -> Subject:
    return Subject(SUBJECTS[case.kind], case.id, case.version, case.seen, case.quantity)
