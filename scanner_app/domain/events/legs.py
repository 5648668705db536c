"""A fact with legs: what those kinds share that post to the ledger."""

from typing import Self

from msgspec.structs import replace

from scanner_app.domain.events.kind import Kind
from scanner_app.domain.events.limits import LEGS_MAX
from scanner_app.domain.ledger import Leg, leg_fault
from scanner_app.domain.quantity import SCALE


class Legs(Kind, frozen=True):
    """At least one leg; each carries the instant of its own scan, in the order in which they were scanned."""

    legs: tuple[Leg, ...]

    @property
    def last_us(self) -> int:
        return self.legs[-1].wall_us

    def fault(self) -> str:
        if not 0 < len(self.legs) <= LEGS_MAX:
            return "legs_out_of_range"
        return next((fault for leg in self.legs if (fault := leg_fault(leg))), "")

    def in_order(self) -> tuple[Self, int]:
        """Where the wall clock was set back between two legs, the earlier one is taken for as old as the later."""
        legs = in_order(self.legs)
        set_back_us = max(leg.wall_us - ordered.wall_us for leg, ordered in zip(self.legs, legs, strict=True))
        return (replace(self, legs=legs), set_back_us) if set_back_us else (self, 0)

    def named(self, code: str, item: str, factor: int) -> Self:
        """Where the legs call goods ``code`` they call them ``item``; one of them was ``factor`` micro-units."""
        return replace(self, legs=tuple(_named(leg, code, item, factor) for leg in self.legs))


def _named(leg: Leg, code: str, item: str, factor: int) -> Leg:
    if leg.source.item != code:
        return leg
    source, target = (replace(key, item=item) for key in (leg.source, leg.target))
    return Leg(leg.wall_us, leg.quantity * factor // SCALE, source, target)


def in_order(legs: tuple[Leg, ...]) -> tuple[Leg, ...]:
    """The legs with times that do not run backwards.

    Somebody takes goods at 10:00 by a clock that is an hour fast, the clock is set right, and they are put down at
    9:06. The later scan is the one to trust, and the earlier one was before it: at 9:06 at the latest.

    >>> from scanner_app.domain.ledger import StockKey
    >>> shelf, hand, dock = StockKey("A-1", "TEA"), StockKey("@hand:7", "TEA"), StockKey("DOCK", "TEA")
    >>> taken, put = Leg(1000, 5, shelf, hand), Leg(906, 5, hand, dock)
    >>> [leg.wall_us for leg in in_order((taken, put))]
    [906, 906]
    >>> in_order((put, taken)) == (put, taken)
    True
    """
    ordered: list[Leg] = []
    latest_us = legs[-1].wall_us
    for leg in reversed(legs):
        latest_us = min(latest_us, leg.wall_us)
        ordered.append(leg if leg.wall_us == latest_us else replace(leg, wall_us=latest_us))
    return tuple(reversed(ordered))
