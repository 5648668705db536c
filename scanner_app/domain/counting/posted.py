"""Posted: one side of a leg as the floor made it, and a change: that it enters the book, or leaves it."""

from typing import NamedTuple

from scanner_app.domain.clock import Instant
from scanner_app.domain.ledger import StockKey


class Posted(NamedTuple):
    """``quantity`` (signed) was added to ``key`` at ``instant``, right within ``uncertainty_us``, by ``operator``."""

    key: StockKey
    quantity: int
    instant: Instant
    uncertainty_us: int = 0
    operator: str = ""


class Change(NamedTuple):
    """What was ``posted`` comes into the book (``sign`` 1), or never happened (-1)."""

    posted: Posted
    sign: int = 1

    @property
    def quantity(self) -> int:
        return self.sign * self.posted.quantity
