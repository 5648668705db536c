"""Motion: how much of each item an event takes from where, or corrects there, as limits are held against it."""

from collections.abc import Iterable

from scanner_app.domain.ledger import Leg, StockKey, is_account

From = tuple[str, str]
"""A place, and an item that leaves it."""


def set_off(legs: Iterable[Leg]) -> dict[From, int]:
    """Micro-units of each item by the place that they leave; what goes on from where it was just put counts once.

    >>> shelf, hand, dock = (StockKey(place, "TEA") for place in ("A-1", "@hand:7", "DOCK"))
    >>> set_off((Leg(1, 5, shelf, hand), Leg(2, 7, hand, dock)))
    {('A-1', 'TEA'): 5, ('@hand:7', 'TEA'): 2}
    """
    carried: dict[StockKey, int] = {}
    left: dict[From, int] = {}
    for leg in legs:
        again = min(leg.quantity, carried.get(leg.source, 0))
        carried[leg.source] = carried.get(leg.source, 0) - again
        carried[leg.target] = carried.get(leg.target, 0) + leg.quantity
        if leg.quantity > again:
            where = (leg.source.place, leg.source.item)
            left[where] = left.get(where, 0) + leg.quantity - again
    return left


def corrected(legs: Iterable[Leg]) -> dict[From, int]:
    """Micro-units of each item by the place where they are corrected: what comes in counts as what goes out.

    Each leg counts by itself: what one takes out and another brings back was corrected twice.

    >>> shelf, nowhere = StockKey("A-1", "TEA"), StockKey("@adjustment", "TEA")
    >>> corrected((Leg(1, 5, shelf, nowhere), Leg(2, 2, nowhere, shelf)))
    {('A-1', 'TEA'): 7}
    """
    whole: dict[From, int] = {}
    for leg in legs:
        key = leg.target if is_account(leg.source.place) else leg.source
        whole[key.place, key.item] = whole.get((key.place, key.item), 0) + leg.quantity
    return whole
