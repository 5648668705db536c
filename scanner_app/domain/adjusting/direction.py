"""The direction of an adjustment: whether stock becomes more or less by it, or goes out of use or back."""

from collections.abc import Iterable, Set

from scanner_app.domain.ledger import Leg, is_account
from scanner_app.domain.reasons import Direction


def direction_of(legs: Iterable[Leg], blocking: Set[str]) -> Direction:
    """Tell what legs do together; ``blocking`` are the statuses of which stock may not be used.

    Legs that do not do the same have no direction: only a reason fits that fits everything.

    >>> from scanner_app.domain.ledger import StockKey
    >>> shelf, gone = StockKey("A-1", "TEA"), StockKey("@adjustment", "TEA")
    >>> held = StockKey("A-1", "TEA", status="HOLD")
    >>> [direction_of((Leg(1, 5, *pair),), {"HOLD"}).value for pair in ((shelf, gone), (gone, shelf), (shelf, held))]
    ['out', 'in', 'hold']
    >>> direction_of((Leg(1, 5, held, shelf),), {"HOLD"}).value
    'release'
    >>> direction_of((Leg(1, 5, shelf, gone), Leg(2, 5, gone, shelf)), set()).value
    'none'
    """
    directions = {_of(leg, blocking) for leg in legs}
    return directions.pop() if len(directions) == 1 else Direction.NONE


def _of(leg: Leg, blocking: Set[str]) -> Direction:
    source, target = leg.source, leg.target
    if is_account(source.place) is not is_account(target.place):
        return Direction.IN if is_account(source.place) else Direction.OUT
    if source.status == target.status:
        return Direction.NONE
    return Direction.HOLD if target.status in blocking else Direction.RELEASE
