"""Who goes on at a locked device: the PIN of the operator, or another badge."""

from scanner_app.domain.capture.barcode import Reading
from scanner_app.domain.people import is_pin
from scanner_app.workflows.questions import phrases as say
from scanner_app.workflows.questions.answers import Person
from scanner_app.workflows.questions.ask.pin import AskPin
from scanner_app.workflows.questions.facts import Facts, Wanted
from scanner_app.workflows.questions.judgement import Accepted, Judgement
from scanner_app.workflows.questions.limits import Limits
from scanner_app.workflows.questions.misread import misread
from scanner_app.workflows.questions.samples import Examples


class AskUnlock(AskPin, frozen=True, kw_only=True):
    """The PIN of the operator whose work is locked; another badge is an answer too."""

    @property
    def wanted(self) -> Wanted:
        return Wanted(badges=True, pin_of=self.operator)

    def judge(self, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
        if len(facts.people) == 1 and facts.bar is None:
            return Accepted(Person(facts.people[0].operator, facts.people[0].name, wall_us))
        if not is_pin(reading.text) and facts.bar is None:
            return misread(facts, say.NOT_UNLOCKED)
        return super().judge(reading, facts, wall_us, limits)

    def examples(self) -> Examples:
        return *super().examples(), ("a badge", Person("1002", "name"))
