"""A missing plate: what is known of it, and that it is lost, which closes it empty; somebody else decides that."""

from collections.abc import Iterator, Mapping

from scanner_app.domain.desk.opened_plate import OpenedPlate
from scanner_app.domain.events.closing import Closing
from scanner_app.domain.events.count_closed import CountClosed
from scanner_app.workflows.engine.script import Post, Steps
from scanner_app.workflows.lookups.order_id import NewOrder, OrderId
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.part import amount, code, name
from scanner_app.workflows.questions.shown import Shown
from scanner_app.workflows.supervise import claim_phrases as say
from scanner_app.workflows.supervise.confirm import sworn
from scanner_app.workflows.supervise.shown_case import place


def plate_lines(plate: OpenedPlate, times: Mapping[int, str]) -> Iterator[Shown]:
    """What is known of a plate that was not seen."""
    yield _which(plate)
    yield Shown(say.L_SEEN_LAST, times.get(plate.since_us, ""))
    yield Shown(say.L_CLOSED_AT, f"{times.get(plate.closed_us, '')} {plate.operator}".strip())
    yield from _goods_lines(plate)
    if plate.look_us:
        yield Shown(phrase=say.LOOKED_FOR)


def _which(plate: OpenedPlate) -> Shown:
    """The plate and where it stands, apart from the columns of what is on it."""
    return Shown(labels.PLATE, f"{plate.plate} {place(plate.place)}")


def _goods_lines(plate: OpenedPlate) -> Iterator[Shown]:
    """What the book has on it."""
    for goods in plate.goods:
        which = " ".join(filter(None, (goods.item, goods.lot, goods.serial)))
        yield Shown(say.L_PLATE_GOODS, parts=(amount(goods.quantity, goods.unit), code(which), name(goods.name)))


def lost(operator: str, plate: OpenedPlate, again: dict[str, str]) -> Steps:
    """Have it confirmed, and make a count of the plate that found nothing."""
    count: OrderId = yield NewOrder()
    wall_us = yield from sworn(operator, 1, (_which(plate), *_goods_lines(plate)))
    fact = CountClosed(Closing(count.id, plate.plate, 0, 0, wall_us, wall_us))
    yield Post(fact, again, Said(say.IS_LOST.key, "good"))
