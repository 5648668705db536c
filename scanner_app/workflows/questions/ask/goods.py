"""What: an item by any of its codes."""

from typing import ClassVar

from scanner_app.domain.capture.barcode import Reading
from scanner_app.domain.recognition.label import Why
from scanner_app.domain.work.zero_check import ZERO_CHECKS
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions import phrases as say
from scanner_app.workflows.questions.answers import Answer, Choice, Place
from scanner_app.workflows.questions.facts import Facts, KnownPlace, Wanted
from scanner_app.workflows.questions.goods_label import goods_of
from scanner_app.workflows.questions.judgement import Accepted, Judgement, doubt, refused
from scanner_app.workflows.questions.limits import Limits
from scanner_app.workflows.questions.misread import OF_CODES, misread, unknown
from scanner_app.workflows.questions.option import chosen
from scanner_app.workflows.questions.place_check import use_place
from scanner_app.workflows.questions.question import Question
from scanner_app.workflows.questions.samples import GOODS, PLACE, PLATE, Examples, choices
from scanner_app.workflows.questions.several import several


class AskGoods(Question, frozen=True, kw_only=True):
    """An item by any of its codes; a place is an answer too, and starts over from there. What is both is the item.

    Where goods are taken from ``plate``, which stands at ``at``, a location is where the whole of it is put instead;
    what is both may then be either. Where it is ``alone`` no place answers. ``put`` and ``other_than`` are as for a
    place. One of ``options`` is chosen by its number, unless that is a code.
    """

    put: str = ""
    other_than: str = ""
    plate: str = ""
    at: str = ""
    alone: bool = False

    forms: ClassVar[tuple[Phrase, ...]] = (say.CODE, say.ITEM, say.CONFIRM)
    takes_labels: ClassVar[bool] = True
    minds: ClassVar[frozenset[Why]] = OF_CODES

    @property
    def wanted(self) -> Wanted:
        return Wanted(places=True, checked=True)

    def judge(self, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
        del limits
        places = () if self.alone or (facts.goods and not self.plate) else facts.places
        if len(places) + len(facts.goods) > 1:
            return several(places, facts.goods)
        if places:
            return self._place(places[0], wall_us)
        if facts.goods:
            return goods_of(reading, facts.goods[0], wall_us)
        option = None if facts.is_known or reading.aim else chosen(self.options, reading.text)
        return Accepted(Choice(option.value, wall_us)) if option else misread(facts, unknown(reading))

    def _place(self, place: KnownPlace, wall_us: int) -> Judgement:
        """Another place, or where the whole plate is put; one that goods were taken from already only if meant."""
        if not self.plate or place.is_plate:
            return use_place(place, wall_us, self.other_than, self.put)
        if place.place == self.at:
            return refused(say.STANDS_THERE)
        return use_place(place, wall_us, more=[doubt(say.WHOLE_AGAIN)] if self.put else [])

    def label_of(self, answer: Answer) -> Phrase | None:
        if isinstance(answer, Choice) and answer.value in ZERO_CHECKS:
            return labels.EMPTY
        if not isinstance(answer, Place):
            return super().label_of(answer)
        return labels.FROM if self.starts_over(answer) else labels.TARGET

    def starts_over(self, answer: Answer) -> bool:
        return isinstance(answer, Place) and (answer.is_plate or not self.plate)

    @property
    def wants(self) -> Phrase:
        return say.WANT_GOODS if self.alone else say.WANT_PLACE_OR_GOODS

    def examples(self) -> Examples:
        if self.alone:
            return ("an item", GOODS), *choices(self.options)
        plate: Examples = (("a plate", PLATE),) if self.plate else ()
        return ("an item", GOODS), ("a place", PLACE), *plate, *choices(self.options)
