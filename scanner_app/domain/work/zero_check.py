"""A zero check: what somebody said of a place that the book took for empty when they had left it."""

from typing import NamedTuple


class ZeroCheck(NamedTuple):
    """Whether ``place`` is empty, or something is left there."""

    place: str
    is_empty: bool
