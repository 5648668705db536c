"""Goods of the demo warehouse: items, their units, barcodes and lots."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import count as counter
from random import Random

from msgspec import Struct

from scanner_app.demo.digits import gtin13, gtin14
from scanner_app.demo.names import food_name, piece_name, tool_name, weighed_name
from scanner_app.domain.catalog import Barcode, Item, Lot, Tracking, Unit
from scanner_app.domain.quantity import SCALE

REFERENCE_DATE = date(2027, 1, 1)
"""Lots expire around this day, so that the same seed always gives the same dates."""
ITEM_FIRST = 100_001
_SHARED_CODE = gtin13(999_999_999)
_CASES = (4, 6, 8, 10, 12, 20, 24)
_CASE_OTHER_EVERY = 9
"""Every so many items, the case carries an EAN-13 of its own instead of a GTIN-14."""
_CENT = 10_000
_Turns = Mapping[str, Iterator[int]]


class Good(Struct, frozen=True):
    """An item with what belongs to it; ``case_code`` is the barcode of its case."""

    item: Item
    units: tuple[Unit, ...]
    barcodes: tuple[Barcode, ...]
    lots: tuple[Lot, ...]

    @property
    def code(self) -> str:
        """The barcode of one base unit."""
        return self.barcodes[0].code

    @property
    def case_gtin(self) -> str:
        """The GTIN-14 of a case, or nothing."""
        return next((row.code for row in self.barcodes if row.unit == "CS" and len(row.code) == 14), "")


def make_goods(count: int, seed: int) -> tuple[Good, ...]:
    """Make ``count`` goods: of a hundred, 14 carry lots with expiry, 5 serials, one both, 3 are sold by weight."""
    chance = Random(f"goods:{seed}")
    turns = {"food": counter(), "tool": counter(), "piece": counter(), "weighed": counter()}
    goods = tuple(_good(number, chance, turns) for number in range(count))
    return (_with_shared_code(goods[0]), _with_shared_code(goods[1]), *goods[2:])


def shared_code(goods: Iterable[Good]) -> tuple[str, tuple[str, ...]]:
    """Return the barcode that two items share on purpose, and those items."""
    return _SHARED_CODE, tuple(
        good.item.item for good in goods if any(row.code == _SHARED_CODE for row in good.barcodes)
    )


def goods_rows(goods: Iterable[Good]) -> Iterator[Item | Unit | Barcode | Lot]:
    """Yield all rows, kind by kind, so that a row comes after those it names."""
    goods = tuple(goods)
    yield from (good.item for good in goods)
    yield from (unit for good in goods for unit in good.units)
    yield from (barcode for good in goods for barcode in good.barcodes)
    yield from (lot for good in goods for lot in good.lots)


def _good(number: int, chance: Random, turns: _Turns) -> Good:
    item = _item(number, chance, turns)
    units = _units(item, chance)
    return Good(item, units, _barcodes(item, units, number), _lots(item, chance))


def _item(number: int, chance: Random, turns: _Turns) -> Item:
    """Make an item; each kind of goods takes its names in turn."""
    tracking, weighed = _kind(number % 100)
    abc = chance.choices("ABC", weights=(20, 30, 50))[0]
    if tracking is Tracking.SERIAL:
        name, cents = tool_name(next(turns["tool"])), chance.randint(2_500, 90_000)
    elif weighed:
        name, cents = weighed_name(next(turns["weighed"])), chance.randint(250, 4_000)
    elif tracking.wants_lot:
        name, cents = food_name(next(turns["food"])), chance.randint(45, 2_400)
    else:
        name, cents = piece_name(next(turns["piece"])), chance.randint(5, 4_900)
    return Item(
        item=str(ITEM_FIRST + number),
        name=name,
        base_unit="KG" if weighed else "EA",
        tracking=tracking,
        has_expiry=tracking.wants_lot,
        decimals=3 if weighed else 0,
        cost=cents * _CENT,
        abc=abc,
    )


def _kind(slot: int) -> tuple[Tracking, bool]:
    """Return tracking, and whether the item is sold by weight, for its place in a hundred."""
    if slot == 51:
        return Tracking.LOT_SERIAL, False
    if slot % 20 == 7:
        return Tracking.SERIAL, False
    if slot % 20 in (3, 11, 18):
        return Tracking.LOT, slot in (11, 71)
    return Tracking.NONE, slot == 44


def _units(item: Item, chance: Random) -> tuple[Unit, ...]:
    if item.tracking.wants_serial:
        return ()
    case = chance.choice(_CASES)
    units = [Unit(item.item, "CS", case * SCALE)]
    if chance.random() < 0.3:
        units.append(Unit(item.item, "PAL", case * 40 * SCALE))
    return tuple(units)


def _barcodes(item: Item, units: tuple[Unit, ...], number: int) -> tuple[Barcode, ...]:
    code = gtin13(number)
    rows = [Barcode(code, item.item, item.base_unit)]
    if units:
        other = number % _CASE_OTHER_EVERY == _CASE_OTHER_EVERY - 1
        rows.append(Barcode(gtin13(500_000_000 + number) if other else gtin14(1, code), item.item, "CS"))
    return tuple(rows)


def _lots(item: Item, chance: Random) -> tuple[Lot, ...]:
    if not item.tracking.wants_lot:
        return ()
    days = sorted(chance.sample(range(-20, 500), chance.randint(2, 4)))
    return tuple(_lot(item.item, day, mark, chance) for day, mark in zip(days, "ABCD", strict=False))


def _lot(item: str, day: int, mark: str, chance: Random) -> Lot:
    """Make a lot expiring ``day`` days after the reference date; ``mark`` keeps an item's lot codes apart."""
    expires = REFERENCE_DATE + timedelta(days=day)
    made = expires - timedelta(days=chance.choice((90, 180, 360)))
    return Lot(item, f"L{made:%y%j}{mark}{chance.randint(1, 9)}", expires.isoformat())


def _with_shared_code(good: Good) -> Good:
    shared = Barcode(_SHARED_CODE, good.item.item, good.item.base_unit)
    return Good(good.item, good.units, (*good.barcodes, shared), good.lots)
