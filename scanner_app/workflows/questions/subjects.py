"""How an entry says what is to be looked at: the number of a line, a code, a mark on the goods, or part of a name."""

from collections.abc import Iterator

from scanner_app.domain.capture.barcode import Reading
from scanner_app.domain.capture.keypad import words_of
from scanner_app.workflows.questions import ask
from scanner_app.workflows.questions import phrases as say
from scanner_app.workflows.questions.answers import Answer, Choice, Goods, Place, Text
from scanner_app.workflows.questions.facts import Facts
from scanner_app.workflows.questions.judgement import Accepted, Judgement, Limits, chosen, refused

PART_LENGTH_MIN = 2
TEXT_LENGTH_MAX = 60


def judge_subject(question: ask.AskSubject, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
    """What a code means; what it means several times, or what is no code, is searched for."""
    del limits
    value = "" if reading.aim else chosen(question.options, reading.text)
    if value:
        return Accepted(Choice(value, wall_us))
    label = reading.label
    if label and facts.goods and (label.serial or label.lot):
        return Accepted(Choice(f"serial:{label.serial}" if label.serial else f"lot:{label.lot}", wall_us))
    meanings = list(_meanings(facts, wall_us))
    if len(meanings) == 1:
        return Accepted(meanings[0])
    if meanings:
        return Accepted(Text(reading.codes[0], wall_us))
    return _searched(reading, facts, wall_us)


def _meanings(facts: Facts, wall_us: int) -> Iterator[Answer]:
    for place in facts.places:
        yield Place(place.place, wall_us)
    for goods in {found.item: found for found in facts.goods}.values():
        yield Goods(goods.item, goods.name, goods.unit, goods.factor, wall_us)
    for hit in facts.marks:
        yield Choice(f"{hit.kind}:{hit.code}", wall_us)


def _searched(reading: Reading, facts: Facts, wall_us: int) -> Judgement:
    if facts.people:
        return refused(say.NOT_HERE)
    if reading.aim or reading.label or len(reading.text) > TEXT_LENGTH_MAX:
        return refused(say.UNKNOWN_CODE)
    if max(map(len, words_of(reading.text)), default=0) < PART_LENGTH_MIN:
        return refused(say.TOO_SHORT)
    return Accepted(Text(reading.text, wall_us))
