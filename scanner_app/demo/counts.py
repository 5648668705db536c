"""What was counted in the demo warehouse before the demo begins: counts that wait for a supervisor, of each mark."""

from collections.abc import Iterator

from msgspec import Struct

from scanner_app.domain.catalog import AVAILABLE, Plate, Stock
from scanner_app.domain.events.closing import Closing
from scanner_app.domain.events.count_closed import CountClosed
from scanner_app.domain.events.counted import Counted
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.events.line import Line
from scanner_app.domain.events.moved import Moved
from scanner_app.domain.ledger import Leg, StockKey, in_hand
from scanner_app.domain.quantity import SCALE

COUNTER, OTHER, SUPERVISOR = "1101", "1003", "1201"
UNKNOWN_CODE = "4006381333931"
_MINUTE_US = 60_000_000
_EARLIER_US = 150 * _MINUTE_US
"""So long ago counts have ended that nobody closed."""


class ToCount(Struct, frozen=True):
    """Stock of which the counts find another quantity, stock on hold, and a plate that one of them does not see."""

    fewer: Stock
    moved: Stock
    doubtful: Stock
    own: Stock
    now: Stock
    on_hold: Stock | None
    plate: Plate | None
    free: str


def make_counts(there: ToCount, now_us: int) -> Iterator[tuple[str, Fact]]:
    """Who did what, in the order of time."""
    at_us = now_us - _EARLIER_US
    yield COUNTER, _counted("fewer", there.fewer, -2, at_us)
    yield COUNTER, _counted("moved", there.moved, -3, at_us + _MINUTE_US)
    beside = Stock(there.free, there.moved.item, "", "", there.moved.owner, there.moved.status, 0)
    yield COUNTER, _counted("beside", beside, 3, at_us + 2 * _MINUTE_US)
    yield OTHER, _taken(there.doubtful, at_us + 4 * _MINUTE_US)
    yield COUNTER, _counted("doubtful", there.doubtful, -1, at_us + 5 * _MINUTE_US, begun_us=at_us + 3 * _MINUTE_US)
    yield SUPERVISOR, _counted("own", there.own, -1, at_us + 6 * _MINUTE_US)
    if there.on_hold:
        yield COUNTER, _counted("on_hold", there.on_hold, 0, at_us + 7 * _MINUTE_US)
    if there.plate:
        closed_us = at_us + 8 * _MINUTE_US
        yield COUNTER, CountClosed(Closing("plate", there.plate.location, 0, 0, closed_us - _MINUTE_US, closed_us))
    yield COUNTER, _counted("now", there.now, 1, now_us - 3 * _MINUTE_US)
    yield (
        COUNTER,
        Counted(_line("now", StockKey(there.now.place, UNKNOWN_CODE), 4, now_us - 2 * _MINUTE_US, code=True)),
    )


def _counted(count: str, stock: Stock, more: int, at_us: int, begun_us: int = 0) -> Counted:
    """A line that finds so many pieces more, or fewer, than the book has; nobody said their owner, or their status."""
    key = StockKey(stock.place, stock.item, stock.lot, stock.serial, stock.owner, AVAILABLE)
    return Counted(_line(count, key, stock.quantity // SCALE + more, at_us, begun_us))


def _line(count: str, key: StockKey, pieces: int, at_us: int, begun_us: int = 0, *, code: bool = False) -> Line:
    return Line(
        count, key, pieces * SCALE, begun_us or at_us - _MINUTE_US, at_us, code=key.item if code else "",
        word="blue box" if code else "",
    )  # fmt: skip


def _taken(stock: Stock, at_us: int) -> Moved:
    """Somebody takes a piece, and puts it down elsewhere, while it is counted."""
    source, hand = StockKey(stock.place, stock.item), StockKey(in_hand(OTHER), stock.item)
    return Moved((Leg(at_us, SCALE, source, hand),))
