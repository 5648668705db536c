"""How a typed number, a code of the same item, or the place where a count ends answers a question for a quantity."""

from scanner_app.domain.capture.barcode import Reading
from scanner_app.domain.quantity import QUANTITY_MAX, SCALE, NotAQuantity, parse_quantity, split_unit
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions import ask
from scanner_app.workflows.questions import phrases as say
from scanner_app.workflows.questions.answers import Amount, Goods
from scanner_app.workflows.questions.facts import Facts, FoundGoods
from scanner_app.workflows.questions.judgement import (
    Accepted,
    Again,
    Ignored,
    Judgement,
    Limits,
    Refused,
    doubt,
    doubted,
    refused,
)
from scanner_app.workflows.questions.places import judge_place


def judge_quantity(
    question: ask.AskQuantity, reading: Reading, facts: Facts, wall_us: int, limits: Limits
) -> Judgement:
    if facts.is_typed and _is_short_number(reading.text, limits):
        return _number(question, reading, Facts(), wall_us, limits)
    same = next((found for found in facts.goods if found.item == question.item), None)
    if same is not None:
        return _another(question, same, wall_us, limits)
    if facts.places and question.ends is not None:
        return _ended(question, judge_place(question.ends, reading, facts, wall_us, limits))
    if reading.aim:
        return refused(say.NOT_A_NUMBER)
    return _number(question, reading, facts, wall_us, limits)


def _ended(question: ask.AskQuantity, judged: Judgement) -> Judgement:
    """The place where a count ends; more than is known is confirmed there, like a number that is typed."""
    if question.counts and question.counted % question.step:
        return refused(say.TOO_MANY_DECIMALS, decimals=str(question.decimals))
    if question.counted <= question.known or not isinstance(judged, Accepted | Again):
        return judged
    doubts = judged.doubts if isinstance(judged, Again) else ()
    return Again(judged.answer, (doubt(say.MORE_AGAIN, known=question.known_words), *doubts), judged.early)


def _is_short_number(text: str, limits: Limits) -> bool:
    """What is typed where a number is asked for is a number, whatever else it may be the code of."""
    return text.isdigit() and len(text) <= limits.quantity_digits_max


def _number(question: ask.AskQuantity, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
    number, unit = split_unit(reading.text)
    units = parse_quantity(number)
    if isinstance(units, NotAQuantity):
        return _not_a_quantity(units, question, limits)
    if sum(c.isdigit() for c in number) > limits.quantity_digits_max:
        return refused(say.NOT_A_NUMBER if facts.is_known else say.TOO_LARGE, digits=_digits(limits))
    factor = _factor(question, unit, facts)
    if isinstance(factor, Refused):
        return factor
    return _amount(units * factor, question, wall_us, limits, _known_code(reading, facts))


def _another(question: ask.AskQuantity, found: FoundGoods, wall_us: int, limits: Limits) -> Judgement:
    """A code of the same item: one more of its unit where pieces are counted, else another unit to count in."""
    goods = Goods(found.item, found.name, found.unit, found.factor, wall_us)
    if question.counts:
        is_double = 0 <= wall_us - question.counted_us < limits.double_read_us
        return Ignored(doubt(say.TOO_SOON)) if is_double else Accepted(goods)
    return refused(say.NOT_A_NUMBER) if found.unit == question.unit else Accepted(goods)


def _factor(question: ask.AskQuantity, unit: str, facts: Facts) -> int | Refused:
    """What one of the unit that was typed behind the number is in micro-units of the base unit."""
    if not unit:
        return question.factor
    named = {found.unit.upper(): found.factor for found in facts.units}
    if unit.upper() in named:
        return named[unit.upper()]
    return refused(say.NO_SUCH_UNIT, units=", ".join(found.unit for found in facts.units))


def _known_code(reading: Reading, facts: Facts) -> list[Said]:
    """A number that is also a code may have come from a label."""
    return [doubt(say.NUMBER_AGAIN, number=reading.text)] if facts.is_known else []


def _amount(scaled: int, question: ask.AskQuantity, wall_us: int, limits: Limits, doubts: list[Said]) -> Judgement:
    quantity, rest = divmod(scaled, SCALE)
    if rest or quantity % question.step:
        return refused(say.TOO_MANY_DECIMALS, decimals=str(question.decimals))
    if quantity > QUANTITY_MAX:
        return refused(say.TOO_LARGE, digits=_digits(limits))
    if quantity > question.known:
        doubts = [*doubts, doubt(say.MORE_AGAIN, known=question.known_words)]
    return doubted(Amount(quantity, wall_us), doubts)


def _not_a_quantity(why: NotAQuantity, question: ask.AskQuantity, limits: Limits) -> Refused:
    if why is NotAQuantity.NOT_POSITIVE:
        return refused(say.NOT_POSITIVE)
    if why is NotAQuantity.TOO_LARGE:
        return refused(say.TOO_LARGE, digits=_digits(limits))
    if why is NotAQuantity.TOO_MANY_DECIMALS:
        return refused(say.TOO_MANY_DECIMALS, decimals=str(question.decimals))
    return refused(say.NOT_A_NUMBER)


def _digits(limits: Limits) -> str:
    return str(limits.quantity_digits_max)
