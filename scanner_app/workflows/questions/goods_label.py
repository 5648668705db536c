"""A label of goods: the item it names, and what it says beside that for later questions."""

from scanner_app.domain.capture.barcode import Reading
from scanner_app.domain.quantity import QUANTITY_MAX, SCALE
from scanner_app.workflows.questions.answers import Amount, Answer, Goods, Text
from scanner_app.workflows.questions.facts import KnownGoods
from scanner_app.workflows.questions.judgement import Accepted


def goods_of(reading: Reading, goods: KnownGoods, wall_us: int) -> Accepted:
    """Take an item for an answer, and what its label says for later questions."""
    answer = Goods(goods.item, goods.name, goods.unit, goods.factor, wall_us)
    return Accepted(answer, _early(reading, goods, wall_us))


def _early(reading: Reading, goods: KnownGoods, wall_us: int) -> dict[str, Answer]:
    label = reading.label
    early: dict[str, Answer] = {}
    if label is None:
        return early
    if label.lot:
        early["lot"] = Text(label.lot, wall_us)
    if label.serial:
        early["serial"] = Text(label.serial, wall_us)
    quantity = label.pieces * SCALE or label.contained * goods.factor
    if 0 < quantity <= QUANTITY_MAX:
        early["quantity"] = Amount(quantity, wall_us)
    return early
