"""How a scan answers a question for goods that are at hand, and what a label says beside the item."""

from scanner_app.domain.capture.barcode import Reading
from scanner_app.domain.quantity import QUANTITY_MAX, SCALE
from scanner_app.workflows.questions import ask
from scanner_app.workflows.questions import phrases as say
from scanner_app.workflows.questions.answers import Amount, Answer, Choice, Goods, Place, Text
from scanner_app.workflows.questions.facts import Facts, FoundGoods
from scanner_app.workflows.questions.judgement import Accepted, Ignored, Judgement, Limits, doubt, refused


def found_goods(reading: Reading, found: FoundGoods, wall_us: int) -> Accepted:
    """Take an item for an answer, and what its label says for later questions."""
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


def judge_pick(question: ask.AskPick, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
    """Goods at hand; the place where the last were put may just have been read twice."""
    del limits
    at_hand = [found for found in facts.goods if found.item in question.items]
    if len(at_hand) > 1:
        return refused(say.AMBIGUOUS, count=str(len(at_hand)))
    if at_hand:
        return found_goods(reading, at_hand[0], wall_us)
    if facts.places:
        return _place_at_pick(question, facts, wall_us)
    if not facts.is_known and (value := ask.numbered(question.options).get(reading.text)):
        return Accepted(Choice(value, wall_us))
    return refused(say.NOT_AT_HAND if facts.is_known else say.UNKNOWN_CODE)


def _place_at_pick(question: ask.AskPick, facts: Facts, wall_us: int) -> Judgement:
    found = facts.places[0]
    if found.place == question.put:
        return Ignored(doubt(say.PUT_ALREADY))
    if found.is_plate:
        return Accepted(Place(found.place, wall_us, is_plate=True))
    return refused(say.GOODS_FIRST)


def judge_again(question: ask.AskAgain, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
    """The same label; that it was captured late enough to be meant is the runner's to see."""
    del limits
    if question.place and question.place in [found.place for found in facts.places]:
        return Accepted(Text(reading.text, wall_us))
    if question.item and question.item in [found.item for found in facts.goods]:
        return Accepted(Text(reading.text, wall_us))
    return refused(say.NOT_THE_SAME)
