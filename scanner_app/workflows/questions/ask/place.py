"""Where: a location or a license plate."""

from typing import Any, ClassVar

from scanner_app.domain.capture.barcode import Reading
from scanner_app.domain.recognition.label import Why
from scanner_app.domain.work.zero_check import EMPTY, NOT_EMPTY
from scanner_app.workflows.lookups.work import Line, NextPlaces
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions import phrases as say
from scanner_app.workflows.questions.answers import Answer, Choice
from scanner_app.workflows.questions.facts import Facts, KnownPlace, Wanted
from scanner_app.workflows.questions.goods_label import goods_of
from scanner_app.workflows.questions.judgement import Accepted, Judgement, refused
from scanner_app.workflows.questions.limits import Limits
from scanner_app.workflows.questions.misread import OF_CODES, misread, unknown
from scanner_app.workflows.questions.option import chosen
from scanner_app.workflows.questions.place_check import see_place, use_place
from scanner_app.workflows.questions.question import Question
from scanner_app.workflows.questions.samples import GOODS, PLACE, PLATE, Examples, choices
from scanner_app.workflows.questions.several import several

NEWS = "news"
"""What nobody answers: more is known by now of where to go."""


class AskPlace(Question, frozen=True, kw_only=True):
    """A location or a license plate, other than ``other_than``; with ``or_goods`` an item, or one of ``options``.

    What is a place and an item is the place.
    Where ``only`` names a place no other is an answer. ``brings`` are (item, lot) pairs that would be put there loose.
    Where it ``is_looked_at`` only, it may be closed or blocked.
    The place where the last goods were ``put`` is confirmed, and so is one that is ``done`` where it is looked at: its
    label may just have been read twice.
    Where somebody is sent, ``look`` has told the ``line``: when it tells another one, the question is answered with
    news of it.
    """

    other_than: str = ""
    only: str = ""
    put: str = ""
    done: str = ""
    or_goods: bool = False
    is_looked_at: bool = False
    brings: tuple[tuple[str, str], ...] = ()
    look: NextPlaces | None = None
    line: Line = Line()

    forms: ClassVar[tuple[Phrase, ...]] = (say.CODE, say.CONFIRM)
    takes_labels: ClassVar[bool] = True
    minds: ClassVar[frozenset[Why]] = OF_CODES

    @property
    def wanted(self) -> Wanted:
        return Wanted(places=True, checked=True, brings=self.brings)

    def judge(self, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
        del limits
        option = None if facts.places else chosen(self.options, reading.text)
        if option:
            return Accepted(Choice(option.value, wall_us))
        goods = facts.goods if self.or_goods and not facts.places else ()
        if len(facts.places) + len(goods) > 1:
            return several(facts.places, goods)
        if facts.places:
            return self._named(facts.places[0], wall_us)
        return goods_of(reading, goods[0], wall_us) if goods else misread(facts, unknown(reading))

    def _named(self, place: KnownPlace, wall_us: int) -> Judgement:
        if self.only not in ("", place.place):
            return refused(say.NOT_THE_SAME)
        if self.is_looked_at:
            return see_place(place, wall_us, self.done)
        return use_place(place, wall_us, self.other_than, self.put)

    @property
    def looks_again(self) -> NextPlaces | None:
        return self.look

    @property
    def waits(self) -> bool:
        return self.line.is_waiting

    def is_news(self, value: Any) -> bool:
        return isinstance(value, Line) and (value.shown != self.line.shown or bool(value.ask))

    def judge_news(self, wall_us: int) -> Accepted | None:
        return Accepted(Choice(NEWS, wall_us)) if self.look else None

    def label_of(self, answer: Answer) -> Phrase | None:
        if isinstance(answer, Choice):
            return labels.EMPTY if answer.value in (EMPTY, NOT_EMPTY) and not self.look else None
        return super().label_of(answer)

    @property
    def wants(self) -> Phrase:
        return say.WANT_PLACE_OR_GOODS if self.or_goods else say.WANT_PLACE

    def examples(self) -> Examples:
        more: Examples = (("a plate", PLATE), ("an item", GOODS)) if self.or_goods else ()
        keys: Examples = tuple((value, Choice(value)) for value in self.commands.values())
        news: Examples = (("more is known", Choice(NEWS)),) if self.look else ()
        return ("a place", PLACE), *more, *choices(self.options), *keys, *news
