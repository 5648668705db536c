"""How an entry answers a question: accepted, to be confirmed by the same again, or refused with a sentence.

Pure: a question, a reading and the facts in, a judgement out. Four different mistakes get four different sentences:
unknown, of the wrong kind, ambiguous, not allowed here.
"""

from collections.abc import Callable
from typing import Any

from scanner_app.domain.capture.barcode import Reading
from scanner_app.domain.clock import in_words
from scanner_app.domain.people import is_pin
from scanner_app.workflows.questions import ask
from scanner_app.workflows.questions import phrases as say
from scanner_app.workflows.questions.amounts import judge_quantity
from scanner_app.workflows.questions.answers import Amount, Answer, Choice, Person, Text, Verified
from scanner_app.workflows.questions.facts import Bar, Facts
from scanner_app.workflows.questions.goods import judge_again, judge_pick
from scanner_app.workflows.questions.judgement import Accepted, Judgement, Limits, doubt, doubted, refused
from scanner_app.workflows.questions.places import judge_digits, judge_goods, judge_place, judge_plate
from scanner_app.workflows.questions.subjects import judge_subject

TEXT_LENGTH_MAX = 40


def judge(question: ask.Question, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
    """Judge what was read against what was asked; ``wall_us`` is the wall clock of the entry."""
    return _judges[type(question)](question, reading, facts, wall_us, limits)


def judge_early(question: ask.Question, answer: Answer) -> bool:
    """Say whether an answer that a label gave earlier holds now that its question is reached, without a doubt."""
    if isinstance(question, ask.AskText) and isinstance(answer, Text):
        return answer.text in question.known
    if isinstance(question, ask.AskQuantity) and isinstance(answer, Amount):
        return answer.quantity <= question.known and answer.quantity % question.step == 0
    return False


def _nothing(question: ask.AskNothing, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
    del question, reading, facts, wall_us, limits
    return refused(say.GO_BACK_FIRST)


def _text(question: ask.AskText, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
    del limits
    label = reading.label
    text = (label.serial if question.slot == "serial" else label.lot) if label else reading.text
    if not text or len(text) > TEXT_LENGTH_MAX:
        return refused(say.UNREADABLE)
    if text in question.known:
        return Accepted(Text(text, wall_us))
    if facts.is_known:
        return refused(question.help)
    return doubted(Text(text, wall_us), [doubt(question.again)])


def _choice(question: ask.AskChoice, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
    del facts, limits
    value = ask.numbered(question.options).get(reading.text)
    return refused(say.NO_SUCH_CHOICE) if value is None else Accepted(Choice(value, wall_us))


def _badge(question: ask.AskBadge, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
    del question, reading, limits
    if facts.bar is not None:
        return _barred(facts.bar)
    if len(facts.people) == 1:
        return Accepted(Person(facts.people[0].operator, facts.people[0].name, wall_us))
    return refused(say.NOT_A_BADGE if facts.people_known else say.NO_PEOPLE)


def _pin(question: ask.AskPin, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
    del question, limits
    if facts.bar is not None:
        return _barred(facts.bar)
    if facts.verified:
        return Accepted(Verified(wall_us))
    return refused(say.WRONG_PIN if is_pin(reading.text) else say.NOT_A_PIN)


def _unlock(question: ask.AskUnlock, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
    if len(facts.people) == 1 and facts.bar is None:
        return Accepted(Person(facts.people[0].operator, facts.people[0].name, wall_us))
    if not is_pin(reading.text) and facts.bar is None:
        return refused(say.NO_UNLOCK)
    return _pin(question, reading, facts, wall_us, limits)


def _barred(bar: Bar) -> Judgement:
    """Too many wrong PINs, said with how long."""
    return refused(say.BARRED) if bar.is_locked else refused(say.WAIT, wait=in_words(bar.wait_s))


def _challenge(question: ask.AskChallenge, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
    del facts, limits
    if reading.text == question.digits and not reading.aim:
        return Accepted(Text(reading.text, wall_us))
    return refused(say.WRONG_CHALLENGE)


_judges: dict[type, Callable[[Any, Reading, Facts, int, Limits], Judgement]] = {
    ask.AskPlace: judge_place,
    ask.AskGoods: judge_goods,
    ask.AskPlate: judge_plate,
    ask.AskPick: judge_pick,
    ask.AskDigits: judge_digits,
    ask.AskAgain: judge_again,
    ask.AskSubject: judge_subject,
    ask.AskNothing: _nothing,
    ask.AskText: _text,
    ask.AskQuantity: judge_quantity,
    ask.AskChoice: _choice,
    ask.AskBadge: _badge,
    ask.AskPin: _pin,
    ask.AskUnlock: _unlock,
    ask.AskChallenge: _challenge,
}
