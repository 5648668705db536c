"""How a typed number answers a question for a quantity."""

from scanner_app.domain.barcode import Reading
from scanner_app.domain.quantity import QUANTITY_MAX, SCALE, NotAQuantity, parse_quantity
from scanner_app.workflows import ask, phrases
from scanner_app.workflows.answers import Amount
from scanner_app.workflows.facts import Facts
from scanner_app.workflows.judgement import Accepted, Judgement, Limits, Refused, doubt, doubted, refused


def judge_quantity(
    question: ask.AskQuantity, reading: Reading, facts: Facts, wall_us: int, limits: Limits
) -> Judgement:
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
        return doubted(answer, [doubt(phrases.MORE_AGAIN, known=question.known_words)])
    return Accepted(answer)


def _not_a_quantity(why: NotAQuantity, question: ask.AskQuantity, limits: Limits) -> Refused:
    if why is NotAQuantity.NOT_POSITIVE:
        return refused(phrases.NOT_POSITIVE)
    if why is NotAQuantity.TOO_LARGE:
        return refused(phrases.TOO_LARGE, digits=str(limits.quantity_digits_max))
    if why is NotAQuantity.TOO_MANY_DECIMALS:
        return refused(phrases.TOO_MANY_DECIMALS, decimals=str(question.decimals))
    return refused(phrases.NOT_A_NUMBER)
