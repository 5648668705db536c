"""Whose shift begins: a badge."""

from scanner_app.domain.capture.barcode import Reading
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions import phrases as say
from scanner_app.workflows.questions.answers import Person
from scanner_app.workflows.questions.facts import Facts, Wanted
from scanner_app.workflows.questions.judgement import Accepted, Judgement, refused
from scanner_app.workflows.questions.limits import Limits
from scanner_app.workflows.questions.misread import misread
from scanner_app.workflows.questions.question import Question
from scanner_app.workflows.questions.samples import Examples


class AskBadge(Question, frozen=True, kw_only=True):
    """Whose shift begins."""

    @property
    def wanted(self) -> Wanted:
        return Wanted(badges=True)

    def judge(self, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
        del reading, limits
        if facts.bar is not None:
            return facts.bar.refusal()
        if len(facts.people) == 1:
            return Accepted(Person(facts.people[0].operator, facts.people[0].name, wall_us))
        return misread(facts, say.NOT_A_BADGE) if facts.people_known else refused(say.NO_PEOPLE)

    @property
    def wants(self) -> Phrase:
        return say.WANT_BADGE

    def examples(self) -> Examples:
        return (("a badge", Person("1001", "name")),)
