"""One of several, by its number."""

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


class AskChoice(Question, frozen=True, kw_only=True):
    """One of ``options``, by its number; or of those that are ``unlisted``, by whoever knows theirs by heart."""

    unlisted: tuple[Option, ...] = ()

    is_list: ClassVar[bool] = True

    @property
    def choices(self) -> tuple[Option, ...]:
        return (*self.options, *self.unlisted)

    def judge(self, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
        del limits
        option = chosen(self.choices, reading.text)
        return Accepted(Choice(option.value, wall_us)) if option else misread(facts, say.NO_SUCH_CHOICE)

    @property
    def wants(self) -> Phrase:
        return say.WANT_CHOICE

    def examples(self) -> Examples:
        keys: Examples = tuple((value, Choice(value)) for value in self.commands.values())
        return (*choices(self.choices), *keys)
