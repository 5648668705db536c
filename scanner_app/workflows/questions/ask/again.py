"""Once more: the same label, to say that something out of the ordinary is meant."""

from typing import ClassVar

from scanner_app.domain.capture.barcode import Reading
from scanner_app.domain.recognition.label import Why
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions import phrases as say
from scanner_app.workflows.questions.answers import Choice, Text
from scanner_app.workflows.questions.facts import Facts
from scanner_app.workflows.questions.goods_label import of_another, of_another_mark
from scanner_app.workflows.questions.judgement import Accepted, Judgement, refused
from scanner_app.workflows.questions.limits import Limits
from scanner_app.workflows.questions.misread import OF_CODES
from scanner_app.workflows.questions.question import Question
from scanner_app.workflows.questions.samples import Examples


class AskAgain(Question, frozen=True, kw_only=True):
    """The same label once more: a code of ``item``, or of ``place``; ``said`` is why.

    A label that names another ``lot`` or ``serial`` of the item is another one.
    """

    item: str = ""
    lot: str = ""
    serial: str = ""
    place: str = ""
    said: Said | None = None

    is_repeated: ClassVar[bool] = True
    minds: ClassVar[frozenset[Why]] = OF_CODES

    @property
    def notice(self) -> Said | None:
        return self.said

    @property
    def of_rows(self) -> frozenset[tuple[str, str, str]]:
        return frozenset({(self.item, self.lot, self.serial)})

    def judge(self, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
        del limits
        if self.item and reading.label and (other := of_another(reading, facts, self.item)):
            return other
        if other := of_another_mark(reading, lot=self.lot, serial=self.serial):
            return other
        is_place = bool(self.place) and self.place in [place.place for place in facts.places]
        is_item = bool(self.item) and self.item in [goods.item for goods in facts.goods]
        return Accepted(Text(reading.text, wall_us)) if is_place or is_item else refused(say.NOT_THE_SAME)

    @property
    def wants(self) -> Phrase:
        return say.WANT_SAME

    def examples(self) -> Examples:
        keys: Examples = tuple((value, Choice(value)) for value in self.commands.values())
        return ("the same", Text("same")), *keys
