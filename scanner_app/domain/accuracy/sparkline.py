"""A sparkline: how a figure went, as one sign a period, of what every terminal has."""

from collections.abc import Sequence

SIGNS = ".:-=+*#"
NONE = " "
"""Of a period in which nothing was counted."""


def sparkline(values: Sequence[int | None]) -> str:
    """From the lowest of the values to the highest; the same sign in the middle where all are alike.

    >>> sparkline([10, None, 20, 30]), sparkline([5, 5]), sparkline([])
    ('. =#', '==', '')
    """
    known = [value for value in values if value is not None]
    if not known:
        return NONE * len(values)
    low, high = min(known), max(known)
    return "".join(NONE if value is None else _sign(value, low, high) for value in values)


def _sign(value: int, low: int, high: int) -> str:
    if low == high:
        return SIGNS[len(SIGNS) // 2]
    return SIGNS[(value - low) * (len(SIGNS) - 1) // (high - low)]
