"""What may be answered to an opened case: what the centre offers and this program has words for, by fixed numbers."""

from collections.abc import Iterator

from scanner_app.domain.desk.case import CaseKind, Opened
from scanner_app.domain.desk.counted_instead import counted_instead
from scanner_app.domain.desk.marks import left_out
from scanner_app.domain.desk.opened_claim import Opposite
from scanner_app.domain.events.decided import Word
from scanner_app.domain.events.saying import IDENTIFY
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.supervise import case_phrases as say
from scanner_app.workflows.supervise import claim_phrases as claims
from scanner_app.workflows.supervise.moved import what_it_is_called

LIST, MOVED, LOST, COUNT_IT = "list", "moved", "lost", "count_it"
_Answer = tuple[str, Phrase, int]
"""A value, what it is called, and its number."""
_OF_EVENTS: tuple[_Answer, ...] = (
    (Word.SEEN, say.WORDS[Word.SEEN], 1),
    (Word.RELEASE, say.WORDS[Word.RELEASE], 2),
    (Word.VOID, say.WORDS[Word.VOID], 3),
    (Word.LET_IN, say.WORDS[Word.LET_IN], 4),
    (IDENTIFY, say.IDENTIFY, 5),
    (COUNT_IT, say.COUNT_IT, 6),
    (LIST, say.BACK, 9),
)
_OF_CLAIMS: tuple[_Answer, ...] = (
    (Word.ACCEPT, claims.ACCEPT, 1),
    (Word.RECOUNT, claims.RECOUNT, 2),
    (Word.REJECT, claims.REJECT, 3),
    (LIST, claims.NOT_NOW, 4),
    (MOVED, claims.MOVED, 5),
    (IDENTIFY, claims.OTHER_ITEM, 6),
)
_OF_ADJUSTMENTS: tuple[_Answer, ...] = (
    (Word.ACCEPT, claims.ACCEPT_ADJUSTMENT, 1),
    (Word.REJECT, claims.REJECT_ADJUSTMENT, 3),
    (LIST, claims.NOT_NOW, 4),
)
"""By the numbers that the same words have on a count."""
_OF_PLATES: tuple[_Answer, ...] = (
    (Word.RECOUNT, claims.LOOK_AGAIN, 1),
    (LOST, claims.LOST, 2),
    (LIST, claims.NOT_NOW, 3),
)
_OF_CODES: tuple[_Answer, ...] = (
    (IDENTIFY, say.IDENTIFY, 1),
    (Word.VOID, claims.NO_STOCK, 2),
    (LIST, claims.NOT_NOW, 3),
)
_OF_NAMED_CODES: tuple[_Answer, ...] = (
    (IDENTIFY, claims.OTHER_ITEM, 1),
    (LIST, claims.NOT_NOW, 3),
)
"""By the numbers that the same words have on a code that nobody knows."""
ANSWERS: dict[str, tuple[_Answer, ...]] = {
    CaseKind.CLAIM: _OF_CLAIMS,
    CaseKind.ADJUSTMENT: _OF_ADJUSTMENTS,
    CaseKind.MISSING_PLATE: _OF_PLATES,
    CaseKind.UNKNOWN_CODE: _OF_CODES,
    CaseKind.NAMED_CODE: _OF_NAMED_CODES,
}
"""By the kind of a case; all others are about events, and have the same numbers."""


_NAMED: dict[str, tuple[_Answer, ...]] = {CaseKind.CLAIM: _OF_CLAIMS, CaseKind.ADJUSTMENT: _OF_ADJUSTMENTS}
_SELDOM = frozenset({MOVED, IDENTIFY})
"""What is an answer to few cases: no question names it."""


def options_of(opened: Opened) -> tuple[Option, ...]:
    """What may be answered; the way back to the list always."""
    fitting = frozenset(_fitting(opened))
    answers = ANSWERS.get(opened.case.kind, _OF_EVENTS) if fitting != {LIST} else _OF_EVENTS
    named = {MOVED: what_it_is_called(opened.case, _others(opened))}
    return tuple(
        Option(value, phrase=named.get(value, phrase), number=number)
        for value, phrase, number in answers
        if value in fitting
    )


def in_the_question(opened: Opened, options: tuple[Option, ...]) -> tuple[Option, ...]:
    """Those that the question of a case names itself, when all of them may be said; so its numbers are in sight."""
    named = [value for value, _phrase, _number in _NAMED.get(opened.case.kind, ()) if value not in _SELDOM]
    said = tuple(option for option in options if option.value in named)
    return said if len(said) == len(named) else ()


def _fitting(opened: Opened) -> Iterator[str]:
    yield LIST
    yield from (word for word in opened.words if word != IDENTIFY or opened.codes or opened.named)
    if opened.plate:
        yield LOST
    if counted_instead(opened.case):
        yield COUNT_IT
    if Word.ACCEPT in opened.words and _others(opened):
        yield MOVED


def _others(opened: Opened) -> list[Opposite]:
    """The counts that differ the other way and may be accepted beside it."""
    return [one for one in opened.claim.opposites if not left_out(one.marks)] if opened.claim else []
