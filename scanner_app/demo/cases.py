"""What waits for a supervisor in the demo warehouse: one case of each kind, made by a device that somebody has lost."""

from itertools import islice
from uuid import UUID, uuid5

from msgspec import Struct
from msgspec.structs import replace

from scanner_app.demo.counts import ToCount, make_counts
from scanner_app.demo.limits import ADJUST_ABOVE
from scanner_app.demo.places import SITE
from scanner_app.demo.warehouse import Warehouse
from scanner_app.domain.catalog import AVAILABLE, OWN, Location, LocationState, Stock
from scanner_app.domain.events.corrections.adjusted import Adjusted
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.events.moved import Moved
from scanner_app.domain.ledger import ADJUSTMENT, Leg, StockKey, in_hand
from scanner_app.domain.quantity import SCALE

LOST_DEVICE = "bay 2"
"""The name of the device to revoke."""
UNKNOWN_PLACE = "Z-99-01"
_ROWS_LOOKED_AT = 5_000
_MINUTE_US = 60_000_000
_NAMES = UUID("6f1c8a52-3c6b-4f0e-9a33-0b7d2f5c1e90")
_SHORT = 3
"""So many pieces more than there are somebody took."""


class _Found(Struct, frozen=True):
    """Stock that the cases are about: loose goods at places, a serial, and locations for what goes wrong."""

    loose: tuple[Stock, Stock]
    broken: Stock
    to_count: ToCount
    serial: Stock
    blocked: Location
    free: Location


def make_cases(warehouse: Warehouse, device: str, now_us: int) -> list[Event]:
    """Make the events that ``device`` pushed, the last of them a few minutes ago; the same ones for the same device.

    They are booked at a blocked place, held, quarantined, and make a key short and a serial be in two places; one takes
    out more than a worker may, and waits, where another is booked. Before that somebody counted.
    """
    found = _found(warehouse)
    near, far = found.loose
    facts: list[tuple[str, str, Fact]] = [
        *((operator, device, fact) for operator, fact in make_counts(found.to_count, now_us)),
        ("1001", device, _moved("1001", near, found.blocked.location, 1, now_us)),
        ("1002", device, _moved("1002", near, UNKNOWN_PLACE, 2, now_us)),
        ("1004", device, _moved("1004", far, found.free.location, far.quantity // SCALE + _SHORT, now_us)),
        ("1002", device, _taken_out(found.broken, 1, now_us)),
        ("1001", device, _taken_out(found.broken, ADJUST_ABOVE + 1, now_us)),
        ("1202", device, _found_again(found.serial, found.free.location, now_us)),
        ("1003", "a copy", _moved("1003", near, found.free.location, 1, now_us)),
    ]
    return [
        replace(_event(at, device, fact, now_us), operator=operator, device=maker)
        for at, (operator, maker, fact) in enumerate(facts, 1)
    ]


def _found(warehouse: Warehouse) -> _Found:
    rows = list(islice(warehouse.stock(), _ROWS_LOOKED_AT))
    picked = {location.location for location in warehouse.locations if location.zone == "pick"}
    loose = [row for row in rows if _is_loose(row) and row.place in picked]
    open_places = [one for one in warehouse.locations if one.state is LocationState.OPEN and one.zone == "staging"]
    blocked = next(one for one in warehouse.locations if one.state is LocationState.BLOCKED)
    serial = next(row for row in rows if row.serial and row.owner == OWN)
    to_count = _to_count(warehouse, rows, loose, open_places[-2])
    broken = next(row for row in loose[:-7] if row.quantity > (ADJUST_ABOVE + 2) * SCALE)
    return _Found((loose[-1], loose[-2]), broken, to_count, serial, blocked, open_places[-1])


def _to_count(warehouse: Warehouse, rows: list[Stock], loose: list[Stock], free: Location) -> ToCount:
    """Five rows that nothing else is about, one on hold, and a plate at a place without loose goods."""
    fewer, moved, doubtful, own, now = loose[-7:-2]
    held = (row for row in rows if row.status != AVAILABLE and row.owner == OWN and not row.lot + row.serial)
    taken = {row.place for row in rows}
    plate = next((one for one in warehouse.plates if one.location and one.location not in taken), None)
    return ToCount(fewer, moved, doubtful, own, now, next(held, None), plate, free.location)


def _is_loose(row: Stock) -> bool:
    is_plain = not row.lot and not row.serial and row.owner == OWN and row.status == AVAILABLE
    return is_plain and row.quantity >= _SHORT * SCALE and row.quantity % SCALE == 0


def _moved(operator: str, stock: Stock, target: str, pieces: int, at_us: int) -> Moved:
    source = StockKey(stock.place, stock.item)
    hand, there = StockKey(in_hand(operator), stock.item), StockKey(target, stock.item)
    taken = Leg(at_us - _MINUTE_US, pieces * SCALE, source, hand)
    return Moved((taken, Leg(at_us, pieces * SCALE, hand, there)))


def _taken_out(stock: Stock, pieces: int, at_us: int) -> Adjusted:
    """A worker throws away what is broken."""
    here, account = StockKey(stock.place, stock.item), StockKey(ADJUSTMENT, stock.item)
    return Adjusted((Leg(at_us, pieces * SCALE, here, account),), "damaged")


def _found_again(stock: Stock, place: str, at_us: int) -> Adjusted:
    """A supervisor books a serial where the book does not have it."""
    named = {"lot": stock.lot, "serial": stock.serial}
    account, there = StockKey(ADJUSTMENT, stock.item, **named), StockKey(place, stock.item, **named)
    return Adjusted((Leg(at_us, SCALE, account, there),), "found")


def _event(at: int, device: str, fact: Fact, now_us: int) -> Event:
    return Event(
        id=str(uuid5(_NAMES, f"{device}/{at}")),
        device=device,
        epoch=1,
        sequence=at,
        entry=at,
        site=SITE.site,
        operator="",
        wall_us=now_us,
        monotonic_us=at,
        boot="demo",
        program="demo",
        fact=fact,
    )
