"""The PIN of an operator: a secret, verified outside and never kept."""

from typing import ClassVar

from scanner_app.domain.capture.barcode import Reading
from scanner_app.domain.people import is_pin
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions import phrases as say
from scanner_app.workflows.questions.answers import Verified
from scanner_app.workflows.questions.facts import Facts, Wanted
from scanner_app.workflows.questions.judgement import Accepted, Judgement, refused
from scanner_app.workflows.questions.limits import Limits
from scanner_app.workflows.questions.question import Question
from scanner_app.workflows.questions.samples import Examples


class AskPin(Question, frozen=True, kw_only=True):
    """The PIN of ``operator``: a secret, verified outside and never kept."""

    operator: str

    is_secret: ClassVar[bool] = True

    @property
    def wanted(self) -> Wanted:
        return Wanted(pin_of=self.operator)

    def judge(self, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
        del limits
        if facts.bar is not None:
            return facts.bar.refusal()
        if facts.verified:
            return Accepted(Verified(wall_us))
        return refused(say.WRONG_PIN if is_pin(reading.text) else say.NOT_A_PIN)

    @property
    def wants(self) -> Phrase:
        return say.WANT_PIN

    def examples(self) -> Examples:
        return (("the PIN", Verified()),)
