"""The whole demo warehouse, made from a seed: the same seed and scale always give the same rows."""

from collections.abc import Iterator

from msgspec import Struct

from scanner_app.demo.goods import Good, goods_rows, make_goods
from scanner_app.demo.people import DemoOperator, make_operators, signed
from scanner_app.demo.places import PROFILES, SITE, make_locations, make_plates
from scanner_app.demo.scale import Scale
from scanner_app.demo.stock import OWNERS, STATUSES, make_slots, stock_rows
from scanner_app.domain.catalog import (
    Barcode,
    Item,
    Location,
    Lot,
    Owner,
    Plate,
    Profile,
    Site,
    Status,
    Stock,
    Unit,
)
from scanner_app.domain.people import Operator

Master = Site | Profile | Location | Owner | Status | Item | Unit | Barcode | Lot | Plate
Row = Master | Operator | Stock


class Warehouse(Struct, frozen=True):
    """Master data in memory; stock is made anew, row by row, each time it is asked for."""

    scale: Scale
    seed: int
    locations: tuple[Location, ...]
    plates: tuple[Plate, ...]
    goods: tuple[Good, ...]
    operators: tuple[DemoOperator, ...]

    def masters(self) -> Iterator[Master]:
        """Yield all master rows but operators, a row after those it names."""
        yield SITE
        yield from PROFILES
        yield from self.locations
        yield from OWNERS
        yield from STATUSES
        yield from goods_rows(self.goods)
        yield from self.plates

    def stock(self) -> Iterator[Stock]:
        slots = make_slots(self.locations, self.plates)
        return stock_rows(self.scale.stock_rows, slots, self.goods, self.seed)


def make_warehouse(scale: Scale, seed: int = 1) -> Warehouse:
    locations = make_locations(scale, seed)
    plates = make_plates(scale, locations)
    return Warehouse(scale, seed, locations, plates, make_goods(scale.items, seed), make_operators(seed))


def rows(scale: Scale, seed: int = 1, *, with_operators: bool = True) -> Iterator[Row]:
    """Yield every row as the structs of the feed, masters first, stock last, to fill a cache without any file.

    Hashing the PINs takes about 50 ms an operator, at the moment they are reached.
    """
    warehouse = make_warehouse(scale, seed)
    yield from warehouse.masters()
    if with_operators:
        yield from (signed(person, seed) for person in warehouse.operators)
    yield from warehouse.stock()
