"""Which of the goods at hand: by a code, or by its number in the list."""

from typing import ClassVar

from scanner_app.domain.capture.barcode import Reading
from scanner_app.domain.recognition.label import Why
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions import phrases as say
from scanner_app.workflows.questions.answers import Answer, Choice, Place
from scanner_app.workflows.questions.facts import Facts, KnownGoods, KnownPlace, Wanted
from scanner_app.workflows.questions.goods_label import goods_of, is_among
from scanner_app.workflows.questions.judgement import Accepted, Ignored, Judgement, doubt, refused
from scanner_app.workflows.questions.limits import Limits
from scanner_app.workflows.questions.misread import OF_CODES, misread, unknown
from scanner_app.workflows.questions.option import chosen
from scanner_app.workflows.questions.question import Question
from scanner_app.workflows.questions.samples import GOODS, PLATE, Examples, choices
from scanner_app.workflows.questions.several import several
from scanner_app.workflows.questions.shown import Shown


class AskPick(Question, frozen=True, kw_only=True):
    """One of the goods at hand, by a code of ``items`` or by its number; or a plate that others are on.

    ``held_rows`` are (item, lot, serial) of each: a label that names another lot or serial of an item is of others.
    The place where the last goods were ``put`` may just have been read twice.
    """

    items: frozenset[str]
    held_rows: frozenset[tuple[str, str, str]] = frozenset()
    put: str = ""

    forms: ClassVar[tuple[Phrase, ...]] = (say.CODE, say.ITEM)
    takes_labels: ClassVar[bool] = True
    minds: ClassVar[frozenset[Why]] = OF_CODES

    @property
    def of_rows(self) -> frozenset[tuple[str, str, str]]:
        return self.held_rows

    @property
    def wanted(self) -> Wanted:
        return Wanted(places=True, checked=True)

    def judge(self, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
        del limits
        at_hand = [goods for goods in facts.goods if goods.item in self.items]
        if len(at_hand) > 1:
            return several((), at_hand)
        if at_hand:
            return self._goods(reading, at_hand[0], wall_us)
        plates = [place for place in facts.places if place.is_plate]
        if len(plates) > 1:
            return several(plates, ())
        if facts.places:
            return self._place((plates or facts.places)[0], wall_us)
        option = None if facts.is_known else chosen(self.options, reading.text)
        if option:
            return Accepted(Choice(option.value, wall_us))
        return refused(say.NOT_AT_HAND) if facts.is_known else misread(facts, unknown(reading))

    def _goods(self, reading: Reading, goods: KnownGoods, wall_us: int) -> Judgement:
        marks = frozenset((lot, serial) for item, lot, serial in self.held_rows if item == goods.item)
        is_here = not marks or is_among(reading, marks)
        return goods_of(reading, goods, wall_us) if is_here else refused(say.NOT_AT_HAND)

    def _place(self, place: KnownPlace, wall_us: int) -> Judgement:
        if place.place == self.put:
            return Ignored(doubt(say.PUT_ALREADY))
        if place.is_plate:
            return Accepted(Place(place.place, wall_us, is_plate=True))
        return refused(say.GOODS_FIRST)

    def row_of(self, choice: Choice) -> int:
        """The place of what was chosen in the list, from 0; a log of an older program tells that."""
        values = [option.value for option in self.options]
        return values.index(choice.value) if choice.value in values else int(choice.value)

    def words(self, answer: Answer) -> Shown:
        return self.options[self.row_of(answer)].shown if isinstance(answer, Choice) else super().words(answer)

    @property
    def wants(self) -> Phrase:
        return say.WANT_ONE_OF

    def examples(self) -> Examples:
        return *choices(self.options), ("an item", GOODS), ("a plate", PLATE)
