"""Opening stock of the demo warehouse: rows that obey the rules of their items and of their places, one by one."""

from collections.abc import Iterator, Sequence
from itertools import cycle
from random import Random

from msgspec import Struct

from scanner_app.demo.goods import Good
from scanner_app.demo.places import PALLET, PROFILES, SINGLE, is_kept_empty
from scanner_app.domain.catalog import AVAILABLE, OWN, Location, Owner, Plate, Status, Stock
from scanner_app.domain.quantity import SCALE

OWNERS = (
    Owner(OWN, "Own stock"),
    Owner("SUP-01", "Consigned stock of supplier 01", "supplier"),
    Owner("CUS-01", "Stored for customer 01", "customer"),
)
STATUSES = (
    Status(AVAILABLE, "Available"),
    Status("HOLD", "On hold", blocking=True),
    Status("DAMAGED", "Damaged", blocking=True),
)
_STATUS_OF_ZONE = {"quarantine": "HOLD", "returns": "DAMAGED"}
_KIND_OF_ZONE = {"fresh": "lot", "cage": "serial"}
_MIXES_LOTS = {profile.profile: profile.mixes_lots for profile in PROFILES}


class Slot(Struct, frozen=True):
    """A place that gets stock: a location or a plate, and which kind of goods go there."""

    place: str
    kind: str
    zone: str
    rows_max: int
    mixes_lots: bool


def make_slots(locations: Sequence[Location], plates: Sequence[Plate]) -> list[Slot]:
    """List the places that get stock, in walk order, plates last; plates-only locations get none of their own."""
    loose = [
        Slot(
            location.location,
            _KIND_OF_ZONE.get(location.zone, "any"),
            location.zone,
            1 if location.profile == SINGLE else 1_000_000,
            _MIXES_LOTS[location.profile],
        )
        for number, location in enumerate(locations)
        if location.profile != PALLET and not is_kept_empty(location, number)
    ]
    return loose + [Slot(plate.plate, "any", "bulk", 1_000_000, True) for plate in plates]


def stock_rows(count: int, slots: Sequence[Slot], goods: Sequence[Good], seed: int) -> Iterator[Stock]:
    """Yield ``count`` rows, slot by slot, the same ones for the same seed."""
    filler = _Filler(goods, Random(f"stock:{seed}"))
    open_slots = sum(slot.rows_max > 1 for slot in slots)
    spread = count - (len(slots) - open_slots)
    filled = 0
    for slot in slots:
        rows = 1
        if slot.rows_max > 1:
            rows = (filled + 1) * spread // open_slots - filled * spread // open_slots
            filled += 1
        yield from filler.rows(slot, rows)


class _Filler:
    """Goes round and round the goods of each kind, so that every item lies somewhere before one lies twice."""

    def __init__(self, goods: Sequence[Good], chance: Random) -> None:
        mixed = list(goods)
        chance.shuffle(mixed)
        self._pools = {
            "any": cycle(mixed),
            "lot": cycle([good for good in mixed if good.lots and not good.item.tracking.wants_serial]),
            "serial": cycle([good for good in mixed if good.item.tracking.wants_serial]),
        }
        self._chance = chance
        self._serials = 0

    def rows(self, slot: Slot, count: int) -> Iterator[Stock]:
        """Yield ``count`` rows of one place; pieces of one serial item and lots of one item like to lie together."""
        made = 0
        while made < count:
            good = next(self._pools[slot.kind])
            for lot in self._lots(good, slot)[: count - made]:
                yield self._row(slot, good, lot)
                made += 1

    def _lots(self, good: Good, slot: Slot) -> list[str]:
        """Return the lot of each row that ``good`` gets at one place."""
        random = self._chance.random
        if not good.lots:
            return [""] * (3 if good.item.tracking.wants_serial and random() < 0.7 else 1)
        lots = [lot.lot for lot in good.lots]
        first = int(random() * len(lots))
        together = 2 if slot.mixes_lots and slot.rows_max > 1 and random() < 0.3 else 1
        return (lots[first:] + lots[:first])[:together]

    def _row(self, slot: Slot, good: Good, lot: str) -> Stock:
        item = good.item
        serial = ""
        if item.tracking.wants_serial:
            self._serials += 1
            serial = f"SN{item.item}{self._serials:07d}"
        return Stock(slot.place, item.item, lot, serial, self._owner(), self._status(slot), self._quantity(good))

    def _owner(self) -> str:
        draw = self._chance.random()
        return OWN if draw < 0.93 else "SUP-01" if draw < 0.98 else "CUS-01"

    def _status(self, slot: Slot) -> str:
        if slot.zone in _STATUS_OF_ZONE:
            return _STATUS_OF_ZONE[slot.zone]
        draw = self._chance.random()
        return AVAILABLE if draw < 0.96 else "HOLD" if draw < 0.99 else "DAMAGED"

    def _quantity(self, good: Good) -> int:
        if good.item.tracking.wants_serial:
            return SCALE
        draw = self._chance.random()
        if good.item.decimals:
            return int(250 + draw * 60_000) * (SCALE // 1_000)
        case = good.units[0].factor if draw < 0.5 else SCALE
        return case * int(1 + draw * 40)
