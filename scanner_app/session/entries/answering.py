"""What a session tells whoever answers its scanners: which entries are begun, and what became of each."""

from collections.abc import Sequence
from typing import Protocol

from scanner_app.domain.capture.answered import Answered
from scanner_app.domain.capture.entry import Entry
from scanner_app.session.view.view import Tone
from scanner_app.workflows.engine.verdict import Result
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.judgement import MISTAKE

_BAD = frozenset({Result.REFUSED, Result.SET_ASIDE, Result.BROKEN})
_ATTENTION = frozenset({Result.UNCONFIRMED, Result.UNDECIDED})


class Answering(Protocol):
    """Both are called in the work thread, and return at once."""

    def begun(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """Entries that are dealt with now; one that was taken out of the queue before comes back with a fault."""

    def judged(self, entries: Sequence[Entry], outcomes: Sequence[Answered]) -> None:
        """What became of entries, which are on the disk."""


class Unanswered:
    """Nobody is answered."""

    def begun(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        return entries

    def judged(self, entries: Sequence[Entry], outcomes: Sequence[Answered]) -> None:
        pass


def answered(result: Result | None, said: Said | None) -> Answered:
    """What a gun is told of a verdict, with what was said anew: bad is only what was judged bad."""
    if result in _BAD or (result is Result.UNCONFIRMED and said is not None and said.tone == MISTAKE):
        return Answered.BAD
    is_doubted = said is not None and Tone(said.tone) in (Tone.ATTENTION, Tone.BAD)
    return Answered.ATTENTION if result in _ATTENTION or is_doubted else Answered.GOOD
