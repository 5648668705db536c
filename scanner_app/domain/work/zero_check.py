"""A zero check: what somebody said of a place that the book took for empty when they had left it."""

from collections.abc import Iterable
from typing import NamedTuple

from scanner_app.domain.ledger import Leg, is_virtual

EMPTY, NOT_EMPTY = "empty", "not_empty"
ZERO_CHECKS = ("", EMPTY, NOT_EMPTY)


class ZeroCheck(NamedTuple):
    """Whether ``place`` is empty, or something is left there."""

    place: str
    is_empty: bool


def taken_from(legs: Iterable[Leg]) -> tuple[str, ...]:
    """The places on the floor that goods go away from, in the order in which they were left; no hand, no account.

    >>> from scanner_app.domain.ledger import StockKey
    >>> shelf, hand, dock = (StockKey(place, "TEA") for place in ("A-1", "@hand:7", "DOCK"))
    >>> taken_from((Leg(1, 5, shelf, hand), Leg(2, 5, hand, dock)))
    ('A-1',)
    >>> taken_from((Leg(1, 5, shelf, StockKey("A-1", "TEA", status="HOLD")),))
    ()
    """
    left = (leg.source.place for leg in legs if leg.source.place != leg.target.place)
    return tuple(dict.fromkeys(place for place in left if not is_virtual(place)))
