"""Decided: somebody said a word on what waits for a person, a kind of event."""

from enum import StrEnum
from typing import ClassVar

from scanner_app.domain.events.allowed import Allowed, Undoer
from scanner_app.domain.events.kind import Kind
from scanner_app.domain.events.limits import NAME_LENGTH_MAX, is_named
from scanner_app.domain.events.saying import Saying, Subject
from scanner_app.domain.people import Right

SUBJECTS_MAX = 1_000
NOTE_LENGTH_MAX = 200
NUMBER_MAX = 2**62


class Word(StrEnum):
    """What may be said of a subject; which of them apply depends on its kind."""

    SEEN = "seen"
    RELEASE = "release"
    VOID = "void"
    LET_IN = "let_in"
    ACCEPT = "accept"
    REJECT = "reject"
    RECOUNT = "recount"
    WITHDRAW = "withdraw"


class SubjectKind(StrEnum):
    """What a word may be about. A closing is named as a whole: it is then a word on each of its claims."""

    EVENT = "event"
    CLAIM = "claim"
    CLOSING = "closing"
    ADJUSTMENT = "adjustment"
    PLATE = "plate"


class Decided(Kind, frozen=True, tag_field="kind", tag="decided"):
    """A ``word`` on each of up to 1,000 ``subjects``, with a ``reason`` and, where that wants one, a ``note``.

    The centre numbers words in the order of their arrival and says once, for ever, whether each is valid.
    """

    right: ClassVar[Right] = Right.DECIDE
    allowed: ClassVar[Allowed] = Allowed(Undoer.NOBODY)

    wall_us: int
    word: str
    subjects: tuple[Subject, ...]
    reason: str = ""
    note: str = ""

    @property
    def last_us(self) -> int:
        return self.wall_us

    @property
    def says(self) -> tuple[Saying, ...]:
        return tuple(Saying(self.word, subject, self.reason, self.note) for subject in self.subjects)

    def fault(self) -> str:
        if not 0 < len(self.subjects) <= SUBJECTS_MAX:
            return "subjects_out_of_range"
        if not (is_named(self.word) and all(_is_whole(subject) for subject in self.subjects)):
            return "subject_not_named"
        if not all(0 <= subject.seen < NUMBER_MAX and abs(subject.amount) < NUMBER_MAX for subject in self.subjects):
            return "number_out_of_range"
        return "note_too_long" if len(self.note) > NOTE_LENGTH_MAX or len(self.reason) > NAME_LENGTH_MAX else ""


def _is_whole(subject: Subject) -> bool:
    return is_named(subject.kind) and is_named(subject.id) and len(subject.version) <= NAME_LENGTH_MAX
