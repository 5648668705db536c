"""Check digits: what the label of a place shows beside its name."""

from scanner_app.domain.capture.barcode import Reading
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions import phrases as say
from scanner_app.workflows.questions.answers import Text
from scanner_app.workflows.questions.facts import Facts, Wanted
from scanner_app.workflows.questions.judgement import Accepted, Judgement
from scanner_app.workflows.questions.limits import Limits
from scanner_app.workflows.questions.misread import misread
from scanner_app.workflows.questions.question import Question
from scanner_app.workflows.questions.samples import DIGITS, Examples


class AskDigits(Question, frozen=True, kw_only=True):
    """The check digits that the label of ``place`` shows; or that label, which holds them beside the name."""

    place: str
    digits: str

    @property
    def wanted(self) -> Wanted:
        return Wanted(places=True, checked=True)

    def judge(self, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
        del limits
        read = [place.read_digits for place in facts.places if place.place == self.place]
        if self.digits in (reading.text, *read):
            return Accepted(Text(self.digits, wall_us))
        return misread(facts, say.WRONG_DIGITS)

    @property
    def wants(self) -> Phrase:
        return say.WANT_DIGITS

    def examples(self) -> Examples:
        return (("the digits", Text(DIGITS)),)
