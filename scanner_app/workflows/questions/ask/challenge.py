"""The digits on screen, typed: what no printed code can know."""

from typing import ClassVar

from scanner_app.domain.capture.barcode import Reading
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions import phrases as say
from scanner_app.workflows.questions.answers import Text
from scanner_app.workflows.questions.facts import Facts
from scanner_app.workflows.questions.judgement import Accepted, Judgement, refused
from scanner_app.workflows.questions.limits import Limits
from scanner_app.workflows.questions.question import Question
from scanner_app.workflows.questions.samples import Examples


class AskChallenge(Question, frozen=True, kw_only=True):
    """The digits on screen, typed: what no printed code can know. They are of the session that drew them."""

    digits: str

    outlives_restart: ClassVar[bool] = False

    def judge(self, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
        del facts, limits
        if reading.text == self.digits and not reading.aim:
            return Accepted(Text(reading.text, wall_us))
        return refused(say.WRONG_CHALLENGE)

    @property
    def wants(self) -> Phrase:
        return say.WANT_CHALLENGE

    def examples(self) -> Examples:
        return (("the digits", Text("4711")),)
