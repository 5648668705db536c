"""Nothing: there is something to read, and only commands go on."""

from scanner_app.domain.capture.barcode import Reading
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions import phrases as say
from scanner_app.workflows.questions.facts import Facts
from scanner_app.workflows.questions.judgement import Judgement
from scanner_app.workflows.questions.limits import Limits
from scanner_app.workflows.questions.misread import misread
from scanner_app.workflows.questions.question import Question
from scanner_app.workflows.questions.samples import Examples


class AskNothing(Question, frozen=True, kw_only=True):
    """Nothing: there is something to read, and only commands go on."""

    def judge(self, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
        del reading, wall_us, limits
        return misread(facts, say.GO_BACK_FIRST)

    @property
    def wants(self) -> Phrase:
        return say.WANT_BACK

    def examples(self) -> Examples:
        return ()
