"""A new PIN typed once more, so that it is what its owner thinks it is."""

from typing import ClassVar

from scanner_app.domain.capture.barcode import Reading
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions import phrases as say
from scanner_app.workflows.questions.answers import Verified
from scanner_app.workflows.questions.facts import Facts, Wanted
from scanner_app.workflows.questions.judgement import Accepted, Judgement, refused
from scanner_app.workflows.questions.limits import Limits
from scanner_app.workflows.questions.question import Question
from scanner_app.workflows.questions.samples import Examples


class AskPinAgain(Question, frozen=True, kw_only=True):
    """The PIN that ``verifier`` was made of."""

    verifier: str

    is_secret: ClassVar[bool] = True

    @property
    def wanted(self) -> Wanted:
        return Wanted(pin_like=self.verifier)

    def judge(self, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
        del reading, limits
        return Accepted(Verified(wall_us)) if facts.verified else refused(say.OTHER_PIN)

    @property
    def wants(self) -> Phrase:
        return say.WANT_PIN

    def examples(self) -> Examples:
        return (("the same PIN", Verified()),)
