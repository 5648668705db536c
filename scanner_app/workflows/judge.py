"""How an entry answers a question: accepted, to be confirmed by the same again, or refused with a sentence.

Pure: a question, a reading and the facts in, a judgement out. Four different mistakes get four different sentences:
unknown, of the wrong kind, ambiguous, not allowed here.
"""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from scanner_app.domain.barcode import Reading
from scanner_app.domain.catalog import LocationState
from scanner_app.domain.quantity import QUANTITY_MAX, SCALE, NotAQuantity, parse_quantity
from scanner_app.workflows import ask, phrases
from scanner_app.workflows.answers import Amount, Answer, Choice, Goods, Person, Place, Text, Verified
from scanner_app.workflows.facts import Facts, FoundGoods
from scanner_app.workflows.phrases import Phrase
from scanner_app.workflows.script import Said

TEXT_LENGTH_MAX = 40


class Limits(Struct, frozen=True):
    """Bounds of what a worker may enter, from the configuration."""

    quantity_digits_max: int = 6


class Accepted(Struct, frozen=True):
    """``early`` holds answers to later questions that the same label gave, by slot."""

    answer: Answer
    early: dict[str, Answer] = {}


class Again(Struct, frozen=True):
    """Legal but unexpected: the same answer once more confirms it."""

    answer: Answer
    said: Said


class Refused(Struct, frozen=True):
    said: Said


Judgement = Accepted | Again | Refused


def refused(phrase: Phrase, **arguments: str) -> Refused:
    return Refused(Said(phrase.key, "bad", arguments))


def _again(answer: Answer, phrase: Phrase, **arguments: str) -> Again:
    return Again(answer, Said(phrase.key, "attention", arguments))


def judge(question: ask.Question, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
    """Judge what was read against what was asked; ``wall_us`` is the wall clock of the entry."""
    return _judges[type(question)](question, reading, facts, wall_us, limits)


def judge_early(question: ask.Question, answer: Answer) -> bool:
    """Say whether an answer that a label gave earlier holds now that its question is reached, without a doubt."""
    if isinstance(question, ask.AskText) and isinstance(answer, Text):
        return answer.text in question.known
    if isinstance(question, ask.AskQuantity) and isinstance(answer, Amount):
        return answer.quantity <= question.known
    return False


def _place(question: ask.AskPlace, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
    del reading, limits
    if len(facts.places) > 1:
        return refused(phrases.AMBIGUOUS, count=str(len(facts.places)))
    if not facts.places:
        return refused(phrases.NOT_A_PLACE if facts.is_known else phrases.UNKNOWN_CODE)
    found = facts.places[0]
    if found.place == question.other_than:
        return refused(phrases.SAME_PLACE)
    if found.state is LocationState.CLOSED:
        return refused(phrases.CLOSED, place=found.place)
    if found.state is LocationState.BLOCKED:
        return _again(Place(found.place, wall_us), phrases.BLOCKED_AGAIN, place=found.place)
    return Accepted(Place(found.place, wall_us))


def _goods(question: ask.AskGoods, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
    if len(facts.goods) + len(facts.places) > 1:
        return refused(phrases.AMBIGUOUS, count=str(len(facts.goods) + len(facts.places)))
    if facts.places and facts.places[0].place == question.put:
        return _again(Place(question.put, wall_us), phrases.PUT_AGAIN, place=question.put)
    if facts.places:
        return _place(_ANY_PLACE, reading, facts, wall_us, limits)
    if not facts.goods:
        return refused(phrases.NOT_HERE if facts.people else phrases.UNKNOWN_CODE)
    found = facts.goods[0]
    goods = Goods(found.item, found.name, found.unit, found.factor, wall_us)
    return Accepted(goods, _early(reading, found, wall_us))


def _early(reading: Reading, found: FoundGoods, wall_us: int) -> dict[str, Answer]:
    label = reading.label
    early: dict[str, Answer] = {}
    if label is None:
        return early
    if label.lot:
        early["lot"] = Text(label.lot, wall_us)
    if label.serial:
        early["serial"] = Text(label.serial, wall_us)
    quantity = label.pieces * SCALE or label.contained * found.factor
    if 0 < quantity <= QUANTITY_MAX:
        early["quantity"] = Amount(quantity, wall_us)
    return early


def _subject(question: ask.AskSubject, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
    del question, reading, limits
    count = len(facts.goods) + len(facts.places)
    if count > 1:
        return refused(phrases.AMBIGUOUS, count=str(count))
    if facts.places:
        return Accepted(Place(facts.places[0].place, wall_us))
    if facts.goods:
        found = facts.goods[0]
        return Accepted(Goods(found.item, found.name, found.unit, found.factor, wall_us))
    return refused(phrases.NOT_HERE if facts.people else phrases.UNKNOWN_CODE)


def _text(question: ask.AskText, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
    del limits
    label = reading.label
    text = (label.serial if question.slot == "serial" else label.lot) if label else reading.text
    if not text or len(text) > TEXT_LENGTH_MAX:
        return refused(phrases.UNREADABLE)
    if text in question.known:
        return Accepted(Text(text, wall_us))
    if facts.is_known:
        return refused(question.help)
    return _again(Text(text, wall_us), question.again)


def _quantity(question: ask.AskQuantity, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
    if reading.aim or facts.is_known:
        return refused(phrases.NOT_A_NUMBER)
    units = parse_quantity(reading.text)
    if isinstance(units, NotAQuantity):
        return _not_a_quantity(units, question, limits)
    if sum(c.isdigit() for c in reading.text) > limits.quantity_digits_max:
        return refused(phrases.TOO_LARGE, digits=str(limits.quantity_digits_max))
    return _amount(units, question, wall_us, limits)


def _amount(units: int, question: ask.AskQuantity, wall_us: int, limits: Limits) -> Judgement:
    quantity, rest = divmod(units * question.factor, SCALE)
    if rest or quantity % 10 ** (6 - question.decimals):
        return refused(phrases.TOO_MANY_DECIMALS, decimals=str(question.decimals))
    if quantity > QUANTITY_MAX:
        return refused(phrases.TOO_LARGE, digits=str(limits.quantity_digits_max))
    answer = Amount(quantity, wall_us)
    if quantity > question.known:
        return _again(answer, phrases.MORE_AGAIN, known=question.known_words)
    return Accepted(answer)


def _not_a_quantity(why: NotAQuantity, question: ask.AskQuantity, limits: Limits) -> Refused:
    if why is NotAQuantity.NOT_POSITIVE:
        return refused(phrases.NOT_POSITIVE)
    if why is NotAQuantity.TOO_LARGE:
        return refused(phrases.TOO_LARGE, digits=str(limits.quantity_digits_max))
    if why is NotAQuantity.TOO_MANY_DECIMALS:
        return refused(phrases.TOO_MANY_DECIMALS, decimals=str(question.decimals))
    return refused(phrases.NOT_A_NUMBER)


def _choice(question: ask.AskChoice, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
    del facts, limits
    numbered = {str(number): option.value for number, option in enumerate(question.options, 1)}
    value = numbered.get(reading.text)
    return Accepted(Choice(value, wall_us)) if value else refused(phrases.NO_SUCH_CHOICE)


def _badge(question: ask.AskBadge, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
    del question, reading, limits
    if len(facts.people) == 1:
        return Accepted(Person(facts.people[0].operator, facts.people[0].name, wall_us))
    return refused(phrases.NOT_A_BADGE if facts.people_known else phrases.NO_PEOPLE)


def _pin(question: ask.AskPin, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
    del question, reading, limits
    return Accepted(Verified(wall_us)) if facts.verified else refused(phrases.WRONG_PIN)


def _challenge(question: ask.AskChallenge, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
    del facts, limits
    if reading.text == question.digits and not reading.aim:
        return Accepted(Text(reading.text, wall_us))
    return refused(phrases.WRONG_CHALLENGE)


_ANY_PLACE = ask.AskPlace(slot="source", phrase=phrases.FROM_WHERE, help=phrases.HELP_SOURCE)

_judges: dict[type, Callable[[Any, Reading, Facts, int, Limits], Judgement]] = {
    ask.AskPlace: _place,
    ask.AskGoods: _goods,
    ask.AskSubject: _subject,
    ask.AskText: _text,
    ask.AskQuantity: _quantity,
    ask.AskChoice: _choice,
    ask.AskBadge: _badge,
    ask.AskPin: _pin,
    ask.AskChallenge: _challenge,
}
