"""A label of goods: the item it names, and what it says beside that for later questions; it is taken as one thing.

A label that names another item than a question is about, or another lot of it, answers nothing there.
"""

from msgspec.structs import replace

from scanner_app.domain.capture.barcode import Reading
from scanner_app.domain.near import near_key
from scanner_app.domain.quantity import QUANTITY_MAX, SCALE
from scanner_app.domain.recognition.label import Label
from scanner_app.workflows.questions import label_phrases
from scanner_app.workflows.questions.answers import Amount, Answer, Goods, Text
from scanner_app.workflows.questions.facts import Facts, KnownGoods
from scanner_app.workflows.questions.judgement import Accepted, Refused, refused

MARKS = ("lot", "serial")


def goods_of(reading: Reading, goods: KnownGoods, wall_us: int) -> Accepted:
    """Take an item for an answer, and what its label says for later questions."""
    says = reading.label.expires if reading.label else ""
    early = _early(reading, goods, wall_us)
    answer = Goods(goods.item, goods.name, goods.unit, goods.factor, wall_us, says, "quantity" in early)
    return Accepted(answer, early)


def _early(reading: Reading, goods: KnownGoods, wall_us: int) -> dict[str, Answer]:
    label = reading.label
    early: dict[str, Answer] = {}
    if label is None:
        return early
    for mark in MARKS:
        if text := getattr(label, mark):
            early[mark] = Text(text, wall_us, label.expires)
        elif any(getattr(way, mark) for way in reading.ways):
            early[mark] = Text("", wall_us, ways=reading.ways)
    quantity = label.pieces * SCALE or label.contained * goods.factor or _weighed(label, goods)
    if 0 < quantity <= QUANTITY_MAX:
        early["quantity"] = Amount(quantity, wall_us)
    return early


def _weighed(label: Label, goods: KnownGoods) -> int:
    """How much it is by what was weighed or measured, in the unit that its code stands for."""
    return label.measured_in(goods.unit) * goods.factor // SCALE


def of_another(reading: Reading, facts: Facts, item: str) -> Refused | None:
    """Refuse what names an item, and not ``item``."""
    named = [goods.item for goods in facts.goods]
    if item in named:
        return None
    if named:
        return refused(label_phrases.OTHER_ITEM, this=named[0], that=item)
    return refused(label_phrases.UNKNOWN_ITEM) if reading.label and reading.label.names_item else None


def of_another_mark(reading: Reading, **marks: str) -> Refused | None:
    """Refuse a label that names another lot or serial than those in question; an empty one is in no question."""
    for mark, text in marks.items():
        said = _said(reading, mark)
        if text and said and text not in said:
            return refused(label_phrases.OTHER_ITEM, this=said[0], that=text)
    return None


def is_among(reading: Reading, held: frozenset[tuple[str, str]]) -> bool:
    """Whether what a label names may be one of the (lot, serial) pairs ``held``; an empty text there may be any."""
    lots, serials = _said(reading, "lot"), _said(reading, "serial")
    return any(_may_be(lot, lots) and _may_be(serial, serials) for lot, serial in held)


def near_rows(reading: Reading, facts: Facts, rows: frozenset[tuple[str, str, str]]) -> tuple[Label, ...]:
    """What a label would say if it named the lot or the serial of one of the ``rows`` of its item that are near it."""
    if reading.label is None or reading.ways:
        return ()
    items = {goods.item for goods in facts.goods}
    ways = (_near_row(reading.label, lot, serial) for item, lot, serial in sorted(rows) if item in items)
    return tuple(dict.fromkeys(way for way in ways if way is not None and way != reading.label))


def _near_row(label: Label, lot: str, serial: str) -> Label | None:
    pairs = ((label.lot, lot), (label.serial, serial))
    if any(said and text and near_key(said) != near_key(text) for said, text in pairs):
        return None
    lot, serial = (text if said and text else said for said, text in pairs)
    return replace(label, lot=lot, serial=serial)


def _may_be(text: str, said: list[str]) -> bool:
    return not text or not said or text in said


def _said(reading: Reading, mark: str) -> list[str]:
    """What a label says a lot or a serial is: several texts where its separators may be lost."""
    labels: tuple[Label, ...] = reading.ways or ((reading.label,) if reading.label else ())
    return list(dict.fromkeys(text for label in labels if (text := getattr(label, mark))))
