"""A question as it was answered: what a play keeps of it, to show it and to take it back."""

from msgspec import Struct

from scanner_app.workflows.questions.answers import Answer, Replied
from scanner_app.workflows.questions.question import Question


class Given(Struct, frozen=True):
    """An answered question; ``at`` is its place in what was sent to the script, for taking it back.

    ``typed`` is why its code was typed; empty when it was scanned or is no code.
    """

    question: Question
    answer: Answer
    was_early: bool
    at: int
    typed: str = ""

    @property
    def was_told(self) -> bool:
        """Say whether the centre answered it: nobody entered anything that could be taken back."""
        return isinstance(self.answer, Replied)
