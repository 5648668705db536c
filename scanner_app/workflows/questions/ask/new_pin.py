"""A new PIN for somebody: its verifier is made outside and kept, the PIN is not."""

from typing import ClassVar

from scanner_app.domain.capture.barcode import Reading
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions import phrases as say
from scanner_app.workflows.questions.answers import Hashed
from scanner_app.workflows.questions.facts import Facts, Wanted
from scanner_app.workflows.questions.judgement import Accepted, Judgement, refused
from scanner_app.workflows.questions.limits import Limits
from scanner_app.workflows.questions.question import Question
from scanner_app.workflows.questions.samples import Examples


class AskNewPin(Question, frozen=True, kw_only=True):
    """Six digits that are to be the PIN of ``operator``, and none that others would try first."""

    operator: str

    is_secret: ClassVar[bool] = True

    @property
    def wanted(self) -> Wanted:
        return Wanted(new_pin_of=self.operator)

    def judge(self, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
        del reading, limits
        if facts.verifier:
            return Accepted(Hashed(facts.verifier, wall_us))
        return refused(say.SIMPLE_PIN if facts.is_simple else say.NOT_A_PIN)

    @property
    def wants(self) -> Phrase:
        return say.WANT_PIN

    def examples(self) -> Examples:
        return (("a new PIN", Hashed("verifier")),)
