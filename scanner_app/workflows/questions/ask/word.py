"""A word on what is decided, by its number, and only when it was shown for a while: a doubled number is none."""

from typing import ClassVar

from scanner_app.domain.capture.barcode import Reading
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions import phrases as say
from scanner_app.workflows.questions.answers import Choice
from scanner_app.workflows.questions.facts import Facts
from scanner_app.workflows.questions.judgement import Accepted, Judgement
from scanner_app.workflows.questions.limits import Limits
from scanner_app.workflows.questions.misread import misread
from scanner_app.workflows.questions.option import Option, chosen
from scanner_app.workflows.questions.question import Question
from scanner_app.workflows.questions.samples import Examples, choices


class AskWord(Question, frozen=True, kw_only=True):
    """One of ``options``, typed behind what it is about: with the number that opened this list, nothing is said yet.

    Those that are ``unlisted`` stand in the sentence of the question already.
    """

    unlisted: tuple[Option, ...] = ()

    is_repeated: ClassVar[bool] = True
    is_list: ClassVar[bool] = True

    @property
    def choices(self) -> tuple[Option, ...]:
        return (*self.options, *self.unlisted)

    def judge(self, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
        del limits
        option = None if reading.aim or reading.label else chosen(self.choices, reading.text)
        return Accepted(Choice(option.value, wall_us)) if option else misread(facts, say.NO_SUCH_CHOICE)

    @property
    def wants(self) -> Phrase:
        return say.WANT_CHOICE

    def examples(self) -> Examples:
        return choices(self.choices)
