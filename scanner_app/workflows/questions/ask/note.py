"""A few words of somebody's own, typed."""

from typing import ClassVar

from scanner_app.domain.capture.barcode import Reading
from scanner_app.domain.codes import text_fault
from scanner_app.domain.people import is_pin
from scanner_app.domain.recognition.label import Why
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions import phrases as say
from scanner_app.workflows.questions.answers import Text
from scanner_app.workflows.questions.facts import Facts
from scanner_app.workflows.questions.judgement import Accepted, Judgement, refused
from scanner_app.workflows.questions.limits import Limits
from scanner_app.workflows.questions.question import Question
from scanner_app.workflows.questions.samples import Examples

LENGTH_MIN, LENGTH_MAX = 2, 60


class AskNote(Question, frozen=True, kw_only=True):
    """2 to 60 characters, or to ``length_max``; a label is none, nor what looks like a PIN: none is kept for a note."""

    length_max: int = LENGTH_MAX

    forms: ClassVar[tuple[Phrase, ...]] = (say.NOTE_LENGTH,)

    def judge(self, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
        del facts, limits
        text = reading.text.strip()
        is_label = bool(reading.aim or reading.label) or reading.why is not Why.NOTHING
        if is_label or not LENGTH_MIN <= len(text) <= self.length_max or text_fault(text) or is_pin(text):
            return refused(say.NOT_A_NOTE)
        return Accepted(Text(text, wall_us))

    @property
    def wants(self) -> Phrase:
        return say.WANT_A_NOTE

    def examples(self) -> Examples:
        return (("a few words", Text("For the fair")),)
