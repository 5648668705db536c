"""A word that is said on cases: when it is confirmed, it is an event."""

from collections.abc import Iterable, Iterator, Sequence

from scanner_app.domain.desk.case import Case, CaseKind
from scanner_app.domain.desk.counted_instead import counted_instead
from scanner_app.domain.desk.words_of import SUBJECTS
from scanner_app.domain.events.decided import Decided, SubjectKind
from scanner_app.domain.events.saying import Subject
from scanner_app.domain.events.work.requested import Requested
from scanner_app.domain.reasons import COUNT, DECIDE
from scanner_app.workflows.engine.script import Post, Steps
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.shown import Shown
from scanner_app.workflows.supervise import case_phrases as say
from scanner_app.workflows.supervise.claim_phrases import LOOKED_FOR
from scanner_app.workflows.supervise.confirm import confirmed
from scanner_app.workflows.supervise.shown_case import row


def said(
    operator: str, word: str, cases: Sequence[Case], again: dict[str, str], lines: tuple[Shown, ...] = ()
) -> Steps:
    """Have it confirmed; then the word is said on each of the cases."""
    lines = lines or tuple(Shown(parts=row(case)) for case in cases[:1])
    process = COUNT if all(case.kind == CaseKind.CLAIM for case in cases) else DECIDE
    wall_us, reason, note = yield from confirmed(operator, len(cases), lines, process)
    yield _spoken(Decided(wall_us, word, subjects_of(cases), reason, note), again, len(cases))


def asked(word: str, wall_us: int, cases: Sequence[Case], again: dict[str, str]) -> Steps:
    """A word that decides nothing is said as it is: nobody confirms it, and one place is looked at once."""
    yield _spoken(Decided(wall_us, word, tuple(map(_subject, cases))), again, len(cases))


def counted_there(wall_us: int, case: Case, again: dict[str, str]) -> Post:
    """Have the place of a case counted, or what is not right there."""
    what = counted_instead(case)
    assert what is not None, "it is offered only where there is a place to count"
    return Post(Requested(wall_us, *what), again, Said(say.ASKED_FOR.key, "good", {"place": case.place}))


def _spoken(fact: Decided, again: dict[str, str], cases: int) -> Post:
    is_plate = all(subject.kind == SubjectKind.PLATE for subject in fact.subjects)
    done = LOOKED_FOR if is_plate else say.DONE[fact.word]
    return Post(fact, again, Said(done.key, "good", {} if is_plate else {"count": f"{cases:,}"}))


def subjects_of(cases: Iterable[Case]) -> tuple[Subject, ...]:
    """What a word on cases is about, as it was shown: all that is one row with each of them included."""
    return tuple(subject for case in cases for subject in _subjects(case))


def _subject(case: Case) -> Subject:
    return Subject(SUBJECTS[case.kind], case.id, case.version, case.seen, case.quantity)


def _subjects(case: Case) -> Iterator[Subject]:
    yield _subject(case)
    for mate in case.mates:
        yield Subject(SUBJECTS[case.kind], mate.id, mate.version, mate.seen, mate.quantity)
