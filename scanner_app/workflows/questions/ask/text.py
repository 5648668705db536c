"""A lot or a serial: what is printed on the goods."""

from typing import ClassVar

from scanner_app.domain.capture.barcode import Reading
from scanner_app.domain.codes import text_fault
from scanner_app.workflows.lookups import samples
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions import phrases as say
from scanner_app.workflows.questions.answers import Answer, Text
from scanner_app.workflows.questions.facts import Facts
from scanner_app.workflows.questions.judgement import Accepted, Judgement, doubt, doubted
from scanner_app.workflows.questions.limits import Limits
from scanner_app.workflows.questions.misread import misread
from scanner_app.workflows.questions.question import Question
from scanner_app.workflows.questions.samples import Examples


class AskText(Question, frozen=True, kw_only=True):
    """A lot or a serial of ``item``; one that is not among ``known`` is confirmed with ``again``."""

    item: str = ""
    again: Phrase
    known: frozenset[str] = frozenset()

    forms: ClassVar[tuple[Phrase, ...]] = (say.CODE, say.CONFIRM)

    def judge(self, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
        del limits
        label = reading.label
        text = (label.serial if self.slot == "serial" else label.lot) if label else reading.text
        if text_fault(text):
            return misread(facts, say.NO_CODE)
        if text in self.known:
            return Accepted(Text(text, wall_us))
        if facts.is_known:
            return misread(facts)
        return doubted(Text(text, wall_us), [doubt(self.again)])

    @property
    def mark_of(self) -> str:
        return self.item

    def tells_of_goods(self, answer: Answer) -> bool:
        return isinstance(answer, Text) or super().tells_of_goods(answer)

    def holds(self, answer: Answer) -> bool:
        return isinstance(answer, Text) and answer.text in self.known

    def takes_unknown(self, text: str) -> bool:
        return text not in self.known

    @property
    def wants(self) -> Phrase:
        return say.WANT_SERIAL if self.slot == "serial" else say.WANT_LOT

    def examples(self) -> Examples:
        return (("a text", Text(samples.SERIAL if self.slot == "serial" else samples.LOT)),)
