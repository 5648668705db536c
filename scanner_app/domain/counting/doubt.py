"""Doubt: whether a leg certainly lies before or after a claim, and what it would change if it lay on the other side."""

from collections.abc import Iterable
from typing import NamedTuple

from scanner_app.domain.clock import Instant
from scanner_app.domain.counting.claim import Claim, Span
from scanner_app.domain.counting.posted import Posted


def overlaps(span: Span, leg: Posted, doubt_us: int) -> bool:
    """Say whether the order of a leg against a claim is not known.

    Somebody counts from 100 to 140; of their own device's legs only those between overlap that, to the microsecond:

    >>> from scanner_app.domain.ledger import StockKey
    >>> span = Span(100, Instant(140, "d1", 1, 7, 0), uncertainty_us=5, device="d1")
    >>> def at(time_us: int, device: str, sequence: int = 8) -> bool:
    ...     leg = Posted(StockKey("A", "TEA"), -1, Instant(time_us, device, 1, sequence, 0), uncertainty_us=10)
    ...     return overlaps(span, leg, doubt_us=60)
    >>> [at(time_us, "d1") for time_us in (100, 120, 140)], at(140, "d1", sequence=6)
    ([False, True, False], True)

    Of another device both clocks may be off:

    >>> [at(time_us, "d2") for time_us in (84, 85, 155, 156)]
    [False, True, True, False]
    """
    time_us, last_us = leg.instant.time_us, span.instant.time_us
    if span.device == leg.instant.device and span.instant.epoch == leg.instant.epoch:
        return span.begun_us < time_us and leg.instant < span.instant
    off_us = min(span.uncertainty_us, doubt_us) + min(leg.uncertainty_us, doubt_us)
    return span.begun_us - off_us <= time_us <= last_us + off_us


def other_way(instant: Instant, leg: Posted) -> int:
    """What a leg would add to the difference found at ``instant`` if it lay on the other side of it.

    A pick of 4 that was counted as before: had it come after, 4 fewer would be missing to the book.

    >>> from scanner_app.domain.ledger import StockKey
    >>> pick = Posted(StockKey("A", "TEA"), -4, Instant(100, "d", 1, 1, 0))
    >>> other_way(Instant(140, "d", 1, 2, 0), pick), other_way(Instant(90, "d", 1, 0, 0), pick)
    (-4, 4)
    """
    return leg.quantity if leg.instant < instant else -leg.quantity


class Doubt(NamedTuple):
    """So much less, or more, the difference may be; ``below`` is up to 0, ``above`` from 0 on."""

    below: int = 0
    above: int = 0

    def plus(self, effect: int, sign: int = 1) -> "Doubt":
        return Doubt(self.below + sign * min(0, effect), self.above + sign * max(0, effect))


def doubt_of(claim: Claim, legs: Iterable[Posted]) -> Doubt:
    """The doubt that legs of one key make which overlap the claim."""
    doubt = Doubt()
    for leg in legs:
        if overlaps(claim.span, leg, claim.frozen.doubt_us):
            doubt = doubt.plus(other_way(claim.instant, leg))
    return doubt
