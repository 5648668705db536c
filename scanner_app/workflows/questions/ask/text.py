"""A lot or a serial: what is printed on the goods."""

from typing import ClassVar

from scanner_app.domain.capture.barcode import Reading
from scanner_app.domain.codes import text_fault
from scanner_app.domain.recognition.label import Label, Why, known_way
from scanner_app.workflows.lookups import samples
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions import label_phrases
from scanner_app.workflows.questions import phrases as say
from scanner_app.workflows.questions.answers import Answer, Text
from scanner_app.workflows.questions.facts import Facts, KnownMark, Wanted
from scanner_app.workflows.questions.goods_label import of_another
from scanner_app.workflows.questions.judgement import Accepted, Again, Judgement, Refused, doubt, doubted, refused
from scanner_app.workflows.questions.limits import Limits
from scanner_app.workflows.questions.misread import OF_LABELS, misread
from scanner_app.workflows.questions.question import Question
from scanner_app.workflows.questions.row_or_code import by_row
from scanner_app.workflows.questions.samples import Examples


class AskText(Question, frozen=True, kw_only=True):
    """A lot or a serial of ``item``, by its code or its number in the list; one not ``known`` is confirmed (``again``),
    unless it ``takes_any``.

    A number that is a code as well is confirmed, whatever it is taken for: a label may hold it.
    """

    item: str
    again: Phrase
    known: frozenset[str] = frozenset()
    takes_any: bool = False

    forms: ClassVar[tuple[Phrase, ...]] = (say.CODE, say.ROW, say.CONFIRM)
    minds: ClassVar[frozenset[Why]] = OF_LABELS

    def knows(self, text: str) -> bool:
        return text in self.known

    def judge(self, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
        """A text that is known is one, unless a symbol says that it is a label; of a label its field is one."""
        del limits
        if row := by_row(self.options, reading, self.known, facts, mark=self.slot, wall_us=wall_us):
            return row
        if (reading.label is None or not reading.aim) and reading.text in self.known:
            return Accepted(Text(reading.text, wall_us))
        if other := of_another(reading, facts, self.item):
            return other
        if reading.label is None:
            return self._typed(reading.text, facts, wall_us)
        return self._one_of(reading, wall_us) if reading.ways else self._labelled(reading.label, facts, wall_us)

    def _typed(self, text: str, facts: Facts, wall_us: int) -> Judgement:
        return self._other_code(facts) or self._taken(Text(text, wall_us))

    def _labelled(self, label: Label, facts: Facts, wall_us: int) -> Judgement:
        text = label.serial if self.slot == "serial" else label.lot
        if not text:
            return self._other_code(facts) or self._nothing_on_it()
        return self._taken(Text(text, wall_us, label.expires))

    def _one_of(self, reading: Reading, wall_us: int) -> Judgement:
        """What is known decides where separators are lost; what only may be so is confirmed, nothing is guessed."""
        known = self.held(Text("", wall_us, ways=reading.ways))
        if isinstance(known, Text):
            return Accepted(known)
        whole = getattr(reading.ways[0], self.slot)
        if not any(getattr(way, self.slot) for way in reading.ways):
            return self._nothing_on_it()
        if reading.why is Why.NO_SEPARATOR or not whole or self._known_of(reading.ways):
            return refused(label_phrases.NO_SEPARATOR)
        return doubted(Text(whole, wall_us), [doubt(label_phrases.WHOLE_AGAIN), doubt(self.again)])

    def _known_of(self, ways: tuple[Label, ...]) -> bool:
        return any(getattr(way, self.slot) in self.known for way in ways)

    def _taken(self, answer: Text) -> Judgement:
        if text_fault(answer.text):
            return refused(say.NO_CODE)
        return doubted(answer, [] if self.takes_any or answer.text in self.known else [doubt(self.again)])

    def _other_code(self, facts: Facts) -> Refused | None:
        if facts.goods:
            return self._nothing_on_it()
        return misread(facts) if facts.is_known else None

    def _nothing_on_it(self) -> Refused:
        return refused(label_phrases.NO_SERIAL if self.slot == "serial" else label_phrases.NO_LOT)

    def held(self, answer: Answer) -> Answer | None:
        if not isinstance(answer, Text) or not answer.ways:
            return answer if self.holds(answer) else None
        if not (text := known_way(answer.ways, self.slot, self.known)):
            return None
        days = {way.expires for way in answer.ways if getattr(way, self.slot) == text}
        return Text(text, answer.wall_us, days.pop() if len(days) == 1 else "")

    def lost(self, answer: Answer) -> Again | Said | None:
        is_unclear = isinstance(answer, Text) and answer.ways
        return doubt(label_phrases.NO_SEPARATOR) if is_unclear else Again(answer, (doubt(self.again),))

    @property
    def mark_of(self) -> KnownMark | None:
        return None if self.takes_any else KnownMark(self.slot, self.item)

    @property
    def is_blind(self) -> bool:
        return self.takes_any

    def tells_of_goods(self, answer: Answer) -> bool:
        return isinstance(answer, Text) or super().tells_of_goods(answer)

    @property
    def wanted(self) -> Wanted:
        return Wanted(marks=bool(self.options))

    def holds(self, answer: Answer) -> bool:
        return isinstance(answer, Text) and (answer.text in self.known or (self.takes_any and bool(answer.text)))

    def takes_unknown(self, text: str) -> bool:
        return text not in self.known

    @property
    def wants(self) -> Phrase:
        return say.WANT_SERIAL if self.slot == "serial" else say.WANT_LOT

    def examples(self) -> Examples:
        return (("a text", Text(samples.SERIAL if self.slot == "serial" else samples.LOT)),)
