"""What to look at: the number of a line, a code, a mark on the goods, or part of a name."""

from collections.abc import Iterator
from typing import ClassVar

from scanner_app.domain.capture.barcode import Reading
from scanner_app.domain.capture.keypad import words_of
from scanner_app.domain.recognition.label import Why
from scanner_app.workflows.lookups.places import Neighbour
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions import phrases as say
from scanner_app.workflows.questions.answers import Answer, Choice, Goods, Place, Text
from scanner_app.workflows.questions.facts import Facts, Wanted
from scanner_app.workflows.questions.judgement import Accepted, Judgement, refused
from scanner_app.workflows.questions.limits import Limits
from scanner_app.workflows.questions.misread import OF_LABELS, misread, unknown
from scanner_app.workflows.questions.option import chosen
from scanner_app.workflows.questions.question import Question
from scanner_app.workflows.questions.samples import Examples
from scanner_app.workflows.questions.shown import Shown

PART_LENGTH_MIN = 2
TEXT_LENGTH_MAX = 60


class AskSubject(Question, frozen=True, kw_only=True):
    """What to look at: a code, part of a name, or the number of one of ``options``, which lie under the ``lines``.

    ``heads`` say what is looked at now, ``around`` which locations are beside it, and ``here`` which it is itself.
    """

    heads: tuple[Shown, ...] = ()
    around: tuple[Neighbour, ...] = ()
    here: str = ""

    forms: ClassVar[tuple[Phrase, ...]] = (say.CODE, say.PARTS, say.KEYPAD)
    minds: ClassVar[frozenset[Why]] = OF_LABELS

    @property
    def wanted(self) -> Wanted:
        return Wanted(marks=True)

    @property
    def context(self) -> tuple[Shown, ...]:
        return self.heads

    @property
    def neighbours(self) -> tuple[str, tuple[Neighbour, ...]]:
        return self.here, self.around

    def takes_unknown(self, text: str) -> bool:
        del text
        return True

    def judge(self, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
        """What a code means; what it means several times, or what is no code, is searched for."""
        del limits
        option = None if reading.aim else chosen(self.options, reading.text)
        if option and option.value:
            return Accepted(Choice(option.value, wall_us))
        label = reading.label
        if label and facts.goods and (label.serial or label.lot):
            return Accepted(Choice(f"serial:{label.serial}" if label.serial else f"lot:{label.lot}", wall_us))
        meanings = list(_meanings(facts, wall_us))
        if len(meanings) == 1:
            return Accepted(meanings[0])
        if meanings:
            return Accepted(Text(reading.codes[0], wall_us))
        return _searched(reading, facts, wall_us)

    @property
    def wants(self) -> Phrase:
        return say.WANT_NAME

    def tells_of_goods(self, answer: Answer) -> bool:
        """What is only looked at is no work."""
        del answer
        return False

    def examples(self) -> Examples:
        return ("a code or the number of a line", Choice("item:item")), ("part of a name", Text("name"))


def _meanings(facts: Facts, wall_us: int) -> Iterator[Answer]:
    for place in facts.places:
        yield Place(place.place, wall_us)
    for goods in {goods.item: goods for goods in facts.goods}.values():
        yield Goods(goods.item, goods.name, goods.unit, goods.factor, wall_us)
    for hit in facts.marks:
        yield Choice(f"{hit.kind}:{hit.code}", wall_us)


def _searched(reading: Reading, facts: Facts, wall_us: int) -> Judgement:
    if facts.people or reading.aim or reading.label or len(reading.text) > TEXT_LENGTH_MAX:
        return misread(facts, unknown(reading))
    if max(map(len, words_of(reading.text)), default=0) < PART_LENGTH_MIN:
        return refused(say.TOO_SHORT)
    return Accepted(Text(reading.text, wall_us))
