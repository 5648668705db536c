"""How many: a typed number, a code of the same item, or the place where a count ends."""

import re
from typing import ClassVar

from scanner_app.domain.capture.barcode import Reading
from scanner_app.domain.check_digit import is_gtin
from scanner_app.domain.item_rules import step_of
from scanner_app.domain.quantity import (
    QUANTITY_MAX,
    SCALE,
    Marks,
    NotAQuantity,
    in_units,
    marks_of,
    parse_quantity,
    show_quantity,
    split_unit,
)
from scanner_app.domain.recognition.label import Why
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions import phrases as say
from scanner_app.workflows.questions.answers import Amount, Answer, Choice, Goods, Place
from scanner_app.workflows.questions.ask.place import AskPlace
from scanner_app.workflows.questions.facts import Facts, KnownGoods, Wanted
from scanner_app.workflows.questions.goods_label import of_another, of_another_mark
from scanner_app.workflows.questions.judgement import (
    Accepted,
    Again,
    Ignored,
    Judgement,
    Refused,
    doubt,
    doubted,
    doubted_first,
    refused,
)
from scanner_app.workflows.questions.limits import Limits
from scanner_app.workflows.questions.misread import OF_LABELS, misread
from scanner_app.workflows.questions.option import Option, chosen
from scanner_app.workflows.questions.part import code, number
from scanner_app.workflows.questions.question import Question
from scanner_app.workflows.questions.samples import GOODS, PLACE, Examples, choices
from scanner_app.workflows.questions.several import several
from scanner_app.workflows.questions.shown import Shown

_EXPONENT = re.compile(r"[eE]\d+")
"""What stands behind a number that a machine has written: no unit, unless one is called so."""


UNTOLD = 2**62
"""So much is known where nothing is told of it: nothing is more than that, and it is not shown."""


class AskQuantity(Question, frozen=True, kw_only=True):
    """How many of a unit of ``item``; another code of it asks in another unit.

    One is ``factor`` micro-units of ``base_unit`` each; more than ``known`` micro-units is confirmed, and so is more
    than was ``moved`` where that is put back. With ``counts`` each code of the item counts one more; ``counted`` is how
    much that made, last at ``counted_us``. A place that answers ``ends`` ends the counting there. A label that names
    another ``lot`` or ``serial`` is of other goods. Of ``options`` only those with a letter are answers.
    """

    item: str
    lot: str = ""
    serial: str = ""
    base_unit: str
    factor: int
    decimals: int
    known: int
    unit: str
    counts: bool = False
    counted: int = 0
    counted_us: int = 0
    moved: int = 0
    ends: AskPlace | None = None

    forms: ClassVar[tuple[Phrase, ...]] = (say.DECIMALS, say.UNITS, say.CONFIRM)
    takes_labels: ClassVar[bool] = True
    minds: ClassVar[frozenset[Why]] = OF_LABELS

    @property
    def step(self) -> int:
        """The least that can be counted of the item, in micro-units."""
        return step_of(self.decimals)

    @property
    def known_words(self) -> str:
        """What is known to be there, in the unit that is asked in if that is a whole number, else in base units."""
        return self._written(self.known)

    @property
    def counted_words(self) -> str:
        """What was counted so far."""
        return self._written(self.counted)

    def _written(self, quantity: int) -> str:
        return in_units(quantity, self.factor, self.unit, self.base_unit)

    @property
    def is_tally(self) -> bool:
        return self.counts

    @property
    def wanted(self) -> Wanted:
        if self.ends is None:
            return Wanted(units_of=self.item)
        return Wanted(places=True, brings=self.ends.brings, units_of=self.item)

    @property
    def context(self) -> tuple[Shown, ...]:
        """What is there, and what was counted so far."""
        if self.known >= UNTOLD:
            return self._unit
        here = (
            Shown(labels.SHORT, parts=(number(self._short_words),))
            if self.known < 0
            else Shown(labels.HERE, parts=(number(self.known_words),))
        )
        counted = Shown(labels.COUNTED, parts=(number(self.counted_words),))
        return (*self._unit, here, counted) if self.counts else (*self._unit, here)

    @property
    def _unit(self) -> tuple[Shown, ...]:
        """What one of the unit is, where that is not the base unit."""
        if self.factor == SCALE and self.unit == self.base_unit:
            return ()
        return (Shown(labels.UNIT, parts=(code(f"{self.unit} = {show_quantity(self.factor)} {self.base_unit}"),)),)

    @property
    def of_rows(self) -> frozenset[tuple[str, str, str]]:
        return frozenset({(self.item, self.lot, self.serial)})

    def judge(self, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
        if not reading.aim and (option := chosen(self._lettered, reading.text)):
            return Accepted(Choice(option.value, wall_us))
        if facts.is_typed and _is_short_number(reading.text, limits):
            return self._number(reading, Facts(), wall_us, limits)
        same = [goods for goods in facts.goods if goods.item == self.item]
        places = facts.places if self.ends is not None else ()
        if len(same) > 1 or (same and places):
            return several(places, same)
        if same and self._may_be_meant(same[0], reading, limits):
            return self._number(reading, facts, wall_us, limits)
        return self._code(reading, facts, same, wall_us, limits) or self._number(reading, facts, wall_us, limits)

    @property
    def _lettered(self) -> tuple[Option, ...]:
        return tuple(option for option in self.options if option.letter)

    def _may_be_meant(self, goods: KnownGoods, reading: Reading, limits: Limits) -> bool:
        """Say whether a code that would change nothing may be a number: the same once more says so."""
        is_bare = not reading.aim and reading.label is None and not is_gtin(reading.text)
        return is_bare and not self.counts and goods.unit == self.unit and _is_short_number(reading.text, limits)

    def _code(
        self, reading: Reading, facts: Facts, same: list[KnownGoods], wall_us: int, limits: Limits
    ) -> Judgement | None:
        """What a code says of how much; nothing where it may be a number."""
        if same:
            other = of_another_mark(reading, lot=self.lot, serial=self.serial)
            return other or self._another(same[0], wall_us, limits)
        if facts.places and self.ends is not None:
            return self._ended(self.ends.judge(reading, facts, wall_us, limits))
        if reading.label and (other := of_another(reading, facts, self.item)):
            return other
        return misread(facts, say.NOT_A_NUMBER) if reading.aim else None

    def _ended(self, judged: Judgement) -> Judgement:
        """The place where a count ends; more than is known is confirmed there, like a number that is typed."""
        if self.counts and self.counted % self.step:
            return self._too_fine()
        if self.counted <= self.known or not isinstance(judged, Accepted | Again):
            return judged
        doubts = judged.doubts if isinstance(judged, Again) else ()
        return Again(judged.answer, (self._more_than_known(), *doubts), judged.early)

    def _another(self, goods: KnownGoods, wall_us: int, limits: Limits) -> Judgement:
        """A code of the same item: one more of its unit where pieces are counted, else another unit to count in."""
        answer = Goods(goods.item, goods.name, goods.unit, goods.factor, wall_us)
        if self.counts:
            is_double = 0 <= wall_us - self.counted_us < limits.double_read_us
            return Ignored(doubt(say.TOO_SOON)) if is_double else Accepted(answer)
        return refused(say.IS_ITEM) if goods.unit == self.unit else Accepted(answer)

    def _number(self, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
        number, unit = split_unit(reading.text)
        marks = marks_of(number)
        if marks is Marks.THOUSANDS or (marks is Marks.EITHER and not self.decimals):
            return misread(facts) if facts.is_known else Ignored(doubt(say.TYPE_PLAIN, number=number))
        units = parse_quantity(number)
        if isinstance(units, NotAQuantity):
            return self._not_a_quantity(units, facts, limits)
        if sum(c.isdigit() for c in number) > limits.quantity_digits_max:
            return misread(facts) if facts.is_known else _too_large(limits)
        factor = self._factor(unit, facts)
        if isinstance(factor, Refused):
            return factor
        judged = self._amount(units * factor, wall_us, limits, _known_code(reading, facts))
        if marks is Marks.DECIMAL or not isinstance(judged, Accepted | Again) or not isinstance(judged.answer, Amount):
            return judged
        return doubted_first(judged, doubt(say.MARK_AGAIN, quantity=self._written(judged.answer.quantity)))

    def _factor(self, unit: str, facts: Facts) -> int | Refused:
        """What one of the unit that was typed behind the number is in micro-units of the base unit."""
        if not unit:
            return self.factor
        named = {known.unit: known.factor for known in reversed(facts.units)}
        if unit in named:
            return named[unit]
        alike = {factor for name, factor in named.items() if name.upper() == unit.upper()}
        if len(alike) == 1:
            return alike.pop()
        if _EXPONENT.fullmatch(unit):
            return refused(say.NOT_A_NUMBER)
        return refused(say.NO_SUCH_UNIT, units=", ".join(known.unit for known in facts.units))

    def _amount(self, scaled: int, wall_us: int, limits: Limits, doubts: list[Said]) -> Judgement:
        quantity, remainder = divmod(scaled, SCALE)
        if remainder or quantity % self.step:
            return self._too_fine()
        if quantity > QUANTITY_MAX:
            return _too_large(limits)
        if quantity > self.known:
            doubts = [*doubts, self._more_than_known()]
        elif 0 < self.moved < quantity:
            doubts = [*doubts, doubt(say.MOVED_AGAIN, quantity=self._written(self.moved))]
        return doubted(Amount(quantity, wall_us), doubts)

    @property
    def _short_words(self) -> str:
        """How much more was taken than was known of."""
        return in_units(-self.known, self.factor, self.unit, self.base_unit)

    def _more_than_known(self) -> Said:
        """More is taken than there is by the book, which may hold nothing here, or less than that."""
        if self.known < 0:
            return doubt(say.SHORT_AGAIN, short=self._short_words)
        return doubt(say.MORE_AGAIN, known=self.known_words) if self.known else doubt(say.NONE_AGAIN)

    def _not_a_quantity(self, why: NotAQuantity, facts: Facts, limits: Limits) -> Refused:
        if why is NotAQuantity.NOT_POSITIVE:
            return refused(say.NOT_POSITIVE)
        if why is NotAQuantity.TOO_LARGE:
            return _too_large(limits)
        return self._too_fine() if why is NotAQuantity.TOO_MANY_DECIMALS else misread(facts, say.NOT_A_NUMBER)

    def _too_fine(self) -> Refused:
        return refused(say.TOO_MANY_DECIMALS, decimals=str(self.decimals))

    def holds(self, answer: Answer) -> bool:
        return isinstance(answer, Amount) and answer.quantity <= self.known and answer.quantity % self.step == 0

    def takes_unknown(self, text: str) -> bool:
        del text
        return True

    def words(self, answer: Answer) -> Shown:
        if isinstance(answer, Amount):
            return Shown(parts=(number(self._written(answer.quantity)),))
        return super().words(answer)

    def label_of(self, answer: Answer) -> Phrase | None:
        if isinstance(answer, Goods | Choice):
            return None
        return labels.TARGET if isinstance(answer, Place) else self.label

    @property
    def wants(self) -> Phrase:
        return say.WANT_NUMBER

    def examples(self) -> Examples:
        ends: Examples = (("the place", Place(PLACE.place)),) if self.ends else ()
        return ("a number", Amount(SCALE)), ("the item", GOODS), *ends, *choices(self._lettered)


def _is_short_number(text: str, limits: Limits) -> bool:
    """What is typed where a number is asked for is a number, whatever else it may be the code of."""
    return text.isdigit() and len(text) <= limits.quantity_digits_max


def _known_code(reading: Reading, facts: Facts) -> list[Said]:
    """A number that is also a code may have come from a label."""
    return [doubt(say.NUMBER_AGAIN, number=reading.text)] if facts.is_known else []


def _too_large(limits: Limits) -> Refused:
    return refused(say.TOO_LARGE, digits=str(limits.quantity_digits_max))
