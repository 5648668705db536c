"""How a scan answers a question for a place or for goods."""

from scanner_app.domain.barcode import Reading
from scanner_app.domain.catalog import LocationState
from scanner_app.domain.quantity import QUANTITY_MAX, SCALE
from scanner_app.workflows import ask, phrases
from scanner_app.workflows.answers import Amount, Answer, Goods, Place, Text
from scanner_app.workflows.facts import Facts, FoundGoods
from scanner_app.workflows.judgement import Accepted, Judgement, Limits, doubt, doubted, refused


def judge_place(question: ask.AskPlace, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
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
        return doubted(Place(found.place, wall_us), [doubt(phrases.BLOCKED_AGAIN, place=found.place)])
    return Accepted(Place(found.place, wall_us))


def judge_goods(question: ask.AskGoods, reading: Reading, facts: Facts, wall_us: int, limits: Limits) -> Judgement:
    if len(facts.goods) + len(facts.places) > 1:
        return refused(phrases.AMBIGUOUS, count=str(len(facts.goods) + len(facts.places)))
    if facts.places and facts.places[0].place == question.put:
        return doubted(Place(question.put, wall_us), [doubt(phrases.PUT_AGAIN, place=question.put)])
    if facts.places:
        return judge_place(_ANY_PLACE, reading, facts, wall_us, limits)
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


_ANY_PLACE = ask.AskPlace(slot="source", phrase=phrases.FROM_WHERE, help=phrases.HELP_SOURCE)
