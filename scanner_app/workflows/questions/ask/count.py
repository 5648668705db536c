"""What is next in a count: goods, one more of them or how many, a plate, a place, or what nobody knows."""

from typing import ClassVar

from msgspec.structs import replace

from scanner_app.domain.capture.barcode import Reading
from scanner_app.domain.check_digit import is_gtin, is_sscc
from scanner_app.domain.codes import PRINTED_LENGTH_MAX, code_fault
from scanner_app.domain.quantity import SCALE, in_units
from scanner_app.domain.recognition.label import Why
from scanner_app.workflows.lookups import samples
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions import count_phrases as count_say
from scanner_app.workflows.questions import phrases as say
from scanner_app.workflows.questions.answers import Amount, Answer, Choice, Goods, Place, Text
from scanner_app.workflows.questions.ask.quantity import UNTOLD, AskQuantity
from scanner_app.workflows.questions.facts import Facts, KnownGoods, KnownPlace, Wanted
from scanner_app.workflows.questions.goods_label import goods_of, of_another_mark
from scanner_app.workflows.questions.judgement import Accepted, Ignored, Judgement, doubt, doubted, halting, refused
from scanner_app.workflows.questions.limits import Limits
from scanner_app.workflows.questions.misread import OF_LABELS, misread
from scanner_app.workflows.questions.part import code, name, number
from scanner_app.workflows.questions.place_check import see_place
from scanner_app.workflows.questions.question import Question
from scanner_app.workflows.questions.samples import DIGITS, GOODS, PLATE, Examples
from scanner_app.workflows.questions.several import several
from scanner_app.workflows.questions.shown import Shown


class AskCount(Question, frozen=True, kw_only=True):
    """The next thing at ``here``. Nothing is expected there, so nothing is doubted for not being known there.

    While a line is open it is of ``item`` (with its ``lot`` and ``serial``), or of the unknown ``code``: then a number
    says how many there are, of ``unit`` (``factor`` micro-units of ``base_unit``), and the same item is one more than
    the ``counted`` micro-units. What was taken ``last`` was scanned at ``last_us``: just behind it is a double read.
    ``dots`` are what may be typed behind a dot, each with the value that it answers. Where ``is_number`` only a number
    answers, where ``only`` names an item no other goods do.
    """

    here: str
    item: str = ""
    lot: str = ""
    serial: str = ""
    code: str = ""
    unit: str = ""
    base_unit: str = ""
    factor: int = SCALE
    decimals: int = 0
    counted: int = 0
    last: str = ""
    last_us: int = 0
    dots: tuple[tuple[str, str], ...] = ()
    is_number: bool = False
    only: str = ""

    forms: ClassVar[tuple[Phrase, ...]] = (say.CODE, count_say.OR_NUMBER, say.UNITS)
    takes_labels: ClassVar[bool] = True
    adds: ClassVar[bool] = True
    minds: ClassVar[frozenset[Why]] = OF_LABELS

    @property
    def is_blind(self) -> bool:
        return True

    @property
    def is_open(self) -> bool:
        """Whether a line is open, so that a number says how many."""
        return bool(self.item or self.code)

    @property
    def wanted(self) -> Wanted:
        return Wanted(places=True, checked=True, units_of=self.item)

    def judge(self, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
        """What is typed behind a dot, a number, one of several meanings, what the site knows, or what it does not."""
        if not reading.aim and (value := dict(self.dots).get(reading.text.lower())):
            return Accepted(Choice(value, wall_us))
        if self._is_number(reading, facts, limits):
            return self._number(reading, facts, wall_us, limits)
        if self.is_number:
            return misread(facts, say.NOT_A_NUMBER)
        facts = self._of_only(facts)
        if len(facts.places) + len(facts.goods) > 1:
            return several(facts.places, facts.goods)
        known = self._known(reading, facts, wall_us, limits)
        if known or not self.only:
            return known or self._unknown(reading, facts, wall_us, limits)
        return self._no_other(reading, facts, limits)

    def _no_other(self, reading: Reading, facts: Facts, limits: Limits) -> Judgement:
        """What nobody knows is not looked for."""
        if facts.people:
            return misread(facts)
        is_number = not self.is_open and not reading.aim and _is_short(reading.text, limits)
        return refused(count_say.SCAN_FIRST) if is_number else refused(count_say.ONLY_IT, item=self.only)

    def _is_number(self, reading: Reading, facts: Facts, limits: Limits) -> bool:
        """A code that is known is none, unless it was surely typed and is as short as a number."""
        if not self.is_open or reading.aim or reading.label is not None:
            return False
        if facts.places or facts.goods:
            return facts.is_typed and _is_short(reading.text, limits)
        return _may_be_number(reading.text, limits)

    def _known(self, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement | None:
        if facts.places:
            return self._place(facts.places[0], wall_us, limits)
        return self._goods(reading, facts.goods[0], wall_us, limits) if facts.goods else None

    def _of_only(self, facts: Facts) -> Facts:
        """What a code may be where one item is counted: that, if it can be it."""
        mine = tuple(one for one in facts.goods if one.item == self.only) if self.only else ()
        return replace(facts, places=(), goods=mine) if mine else facts

    def _place(self, known: KnownPlace, wall_us: int, limits: Limits) -> Judgement:
        """Any place may be counted, whatever its state; a plate that was just seen was read twice."""
        if known.is_plate and self._is_double(known.place, wall_us, limits):
            return Ignored(doubt(say.TOO_SOON))
        return see_place(known, wall_us)

    def _goods(self, reading: Reading, goods: KnownGoods, wall_us: int, limits: Limits) -> Judgement:
        if self._is_double(goods.item, wall_us, limits):
            return Ignored(doubt(say.TOO_SOON))
        if self.only not in ("", goods.item):
            return refused(count_say.ONLY_IT, item=self.only)
        taken = goods_of(reading, goods, wall_us)
        if goods.item != self.item or of_another_mark(reading, lot=self.lot, serial=self.serial):
            return taken
        more = taken.early.get("quantity")
        added = more.quantity if isinstance(more, Amount) else goods.factor
        return Accepted(replace(taken.answer, factor=added, is_more=True)) if isinstance(taken.answer, Goods) else taken

    def _is_double(self, what: str, wall_us: int, limits: Limits) -> bool:
        return what == self.last and 0 <= wall_us - self.last_us < limits.double_read_us

    def _number(self, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
        """How many there are in all; nothing at all is an answer, too."""
        if reading.text.isdigit() and not int(reading.text):
            return Accepted(Amount(0, wall_us))
        return self._of_numbers.judge(reading, replace(facts, is_typed=True), wall_us, limits)

    @property
    def _of_numbers(self) -> AskQuantity:
        return AskQuantity(
            slot=self.slot, phrase=self.phrase, help=self.help, item=self.item, base_unit=self.base_unit,
            factor=self.factor, decimals=self.decimals, known=UNTOLD, unit=self.unit,
        )  # fmt: skip

    def _unknown(self, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
        """What nobody knows is kept as it was read; a plate that nobody knows is one by its number (SSCC)."""
        sscc = (reading.label.sscc if reading.label else "") or (reading.text if is_sscc(reading.text) else "")
        if sscc:
            is_double = self._is_double(sscc, wall_us, limits)
            fresh = Place(sscc, wall_us, is_plate=True, is_new=True)
            return Ignored(doubt(say.TOO_SOON)) if is_double else Accepted(fresh)
        if facts.people:
            return misread(facts)
        text = (reading.label.gtin or reading.label.item if reading.label else "") or reading.text
        if not self.is_open and not reading.aim and _is_short(text, limits):
            return refused(count_say.SCAN_FIRST)
        if code_fault(text, PRINTED_LENGTH_MAX):
            return refused(say.NO_CODE)
        if self._is_double(text, wall_us, limits):
            return Ignored(doubt(say.TOO_SOON))
        doubts = [halting(count_say.MISREAD_AGAIN)] if reading.why is Why.WRONG_DIGIT else []
        return doubted(Text(text, wall_us), doubts)

    def written(self, quantity: int) -> str:
        """A quantity in the unit that is counted in."""
        return in_units(quantity, self.factor, self.unit, self.base_unit)

    def words(self, answer: Answer) -> Shown:
        if isinstance(answer, Amount):
            return Shown(parts=(number(self.written(answer.quantity)),))
        if isinstance(answer, Goods):
            return Shown(parts=(code(answer.item), name(answer.name)))
        return Shown(parts=(code(answer.words),)) if isinstance(answer, Text) else super().words(answer)

    def label_of(self, answer: Answer) -> Phrase | None:
        if isinstance(answer, Goods):
            return labels.GOODS
        if isinstance(answer, Amount):
            return labels.QUANTITY
        return labels.CODE if isinstance(answer, Text) else None

    def tells_of_goods(self, answer: Answer) -> bool:
        return isinstance(answer, Text) or super().tells_of_goods(answer)

    def holds(self, answer: Answer) -> bool:
        return isinstance(answer, Amount) and self.is_open

    def takes_unknown(self, text: str) -> bool:
        del text
        return True

    @property
    def wants(self) -> Phrase:
        return say.WANT_NUMBER if self.is_open else say.WANT_PLACE_OR_GOODS

    def examples(self) -> Examples:
        one: Examples = (("a number", Amount(SCALE)),)
        if self.is_number:
            return one
        dots: Examples = tuple((dot, Choice(value)) for dot, value in self.dots)
        keys: Examples = tuple((value, Choice(value)) for value in self.commands.values())
        same: Examples = (("the same item", replace(GOODS, is_more=True)),) if self.item else ()
        other = replace(GOODS, item="other") if self.item else GOODS
        goods: Examples = (
            () if self.only and self.item else (("an item", replace(other, item=self.only or other.item)),)
        )
        any_code: Examples = () if self.only else (("an unknown code", Text("UNKNOWN")),)
        return (
            *goods, ("this place", Place(self.here)), ("another place", _OTHER), ("a plate", PLATE), *any_code,
            *(one if self.is_open else ()), *same, *dots, *keys,
        )  # fmt: skip


_OTHER = Place(samples.OTHER_PLACE, digits=DIGITS)


def _is_short(text: str, limits: Limits) -> bool:
    return text.isdigit() and len(text) <= limits.quantity_digits_max


def _may_be_number(text: str, limits: Limits) -> bool:
    """A number, with decimals or a unit behind it perhaps; what is as long as a code of goods is one."""
    digits = sum(one.isdigit() for one in text)
    return text[:1].isdigit() and digits <= limits.quantity_digits_max and not is_gtin(text)
