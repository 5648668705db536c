"""A counted line as figures see it: what a claim of a count says of how true the book was."""

from typing import NamedTuple

from scanner_app.domain.accuracy.sums import Sums
from scanner_app.domain.counting.claim import ClaimKind
from scanner_app.domain.counting.frozen import is_within
from scanner_app.domain.counting.state import Kept, Standing
from scanner_app.domain.quantity import SCALE

VALUE_MAX = 10**15
"""Micro-currency: a line that is worth more counts as worth so much, so that thousands of them can be added."""
BY_RULE = "@"
"""What the reason of a line begins with that nobody decided; behind it stands how it stands."""


class Beside(NamedTuple):
    """What is known of a claim beside its state.

    ``met`` is how much it was off when the centre first had it as it is; ``reason`` that of the word that rules
    it. ``scans`` lines that took ``took_us`` make it. Another count ``is_recounted`` that counts it again.
    """

    met: int = 0
    reason: str = ""
    scans: int = 0
    took_us: int = 0
    is_recounted: bool = False


def sums_of(kept: Kept, beside: Beside) -> Sums:
    """What a claim that is alive adds to the figures.

    Eight of ten are counted, at 3 each: a line that differs, by 6 of the 30 that the book had.

    >>> from scanner_app.domain.clock import Instant
    >>> from scanner_app.domain.counting.count import CountLine, claims_of
    >>> from scanner_app.domain.counting.frozen import Frozen
    >>> from scanner_app.domain.counting.state import State
    >>> from scanner_app.domain.ledger import StockKey
    >>> from msgspec.structs import replace
    >>> line = CountLine("l1", "c1", StockKey("A", "TEA"), 8 * SCALE, 1, Instant(9, "d", 1, 1, 0), 0, "7", "7")
    >>> claim = replace(claims_of([line])[0], frozen=Frozen(quantity=SCALE, cost=3 * SCALE))
    >>> short = Kept(claim, State(-2 * SCALE, 0, Standing.WAITING))
    >>> found = sums_of(short, Beside(met=2 * SCALE))
    >>> found.lines, found.differing, found.beyond, found.gross // SCALE, found.net // SCALE, found.value // SCALE
    (1, 1, 1, 6, -6, 30)

    A late pick of 2 explains it: the line is right, and it is remembered that it was not.

    >>> late = sums_of(Kept(claim, State()), Beside(met=2 * SCALE))
    >>> late.lines, late.differing, late.met, late.late
    (1, 0, 1, 1)

    What was counted again is no line: the other count is.

    >>> sums_of(short, Beside(is_recounted=True)).lines
    0
    """
    state = kept.state
    if state.standing is Standing.REJECTED:
        return Sums(rejected=1)
    if beside.is_recounted:
        return Sums(recounted=1)
    variances = _variances(kept)
    differs = any(variances)
    is_line = kept.claim.kind is ClaimKind.LINES or differs
    has_cost = kept.claim.frozen.cost > 0
    return Sums(
        lines=int(is_line),
        differing=int(differs),
        beyond=int(is_beyond(kept)),
        value=_worth(kept, abs(kept.claim.quantity - state.variance)),
        gross=_worth(kept, sum(map(abs, variances))),
        net=_worth(kept, sum(variances)),
        booked=_worth(kept, _booked(kept)),
        met=int(beside.met != 0),
        late=int(beside.met != 0 and not differs),
        took_us=beside.took_us,
        scans=beside.scans,
        recounts=int(bool(kept.claim.recounts) and is_line),
        waiting=int(state.standing is Standing.WAITING and differs),
        costless=int(differs and not has_cost),
    )


def is_beyond(kept: Kept) -> bool:
    """Say whether a difference of a claim is not within the limits beside it; without limits any is."""
    here, *elsewhere = _variances(kept)
    is_here = bool(here) and not is_within(kept.claim.frozen, kept.claim.quantity, here)
    return is_here or any(one and not is_within(kept.claim.frozen, 0, one) for one in elsewhere)


def reason_of(kept: Kept, reason: str) -> str:
    """Under which reason a claim is summed up: that of the word which rules it, or how it stands by rule."""
    return reason or f"{BY_RULE}{kept.state.standing.value}"


def differences(kept: Kept) -> tuple[int, int]:
    """How many micro-units a claim is off, whichever way, and which way.

    What is looked at because nobody said whose goods are, is not its own.
    """
    variances = _variances(kept)
    return sum(map(abs, variances)), sum(variances)


def _variances(kept: Kept) -> list[int]:
    """That of the key, and of all places where a serial is not by it."""
    elsewhere = [part.variance for part in kept.state.parts] if kept.claim.is_serial else []
    return [kept.state.variance, *elsewhere]


def _booked(kept: Kept) -> int:
    return kept.state.adjustment + sum(part.adjustment for part in kept.state.parts)


def _worth(kept: Kept, quantity: int) -> int:
    value = abs(quantity) * kept.claim.frozen.cost // SCALE
    return min(value, VALUE_MAX) * (1 if quantity > 0 else -1)
