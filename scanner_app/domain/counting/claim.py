"""A claim: "this key held so much then", as one count says it; the goods that are looked at together with it."""

from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from scanner_app.domain.clock import Instant
from scanner_app.domain.counting.frozen import Frozen
from scanner_app.domain.ledger import StockKey


class ClaimKind(StrEnum):
    """What makes a claim: lines of the key, or the closing of its place."""

    LINES = "lines"
    CLOSING = "closing"


class Span(Struct, frozen=True, array_like=True):
    """The time that a claim occupies: from ``begun_us`` to its ``instant``, each right within ``uncertainty_us``.

    A leg of its own ``device`` is ordered against it exactly; ``device`` is empty where several had a part in it.
    """

    begun_us: int
    instant: Instant
    uncertainty_us: int = 0
    device: str = ""
    operator: str = ""


class Claim(Struct, frozen=True):
    """In the count ``count`` ``key`` held ``quantity`` micro-units at the instant of ``span``.

    ``id`` is ``identity.claim_id``. ``version``: ``identity.version_of`` its lines, or the event of the closing.
    ``persons`` are those who counted and closed it; ``others`` those who identified a line of it. ``is_unsaid``: of one
    of its lines nobody said whose the goods are, or their status. ``recounts`` is the id of the claim that was counted
    again, of which somebody ``was_shown`` the quantity or not.
    """

    id: str
    count: str
    key: StockKey
    kind: ClaimKind
    quantity: int
    version: str
    span: Span
    persons: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    is_unsaid: bool = False
    recounts: str = ""
    was_shown: bool = False
    frozen: Frozen = Frozen()

    @property
    def instant(self) -> Instant:
        return self.span.instant

    @property
    def concerned(self) -> frozenset[str]:
        """Whose own it is: none of them decides it."""
        return self.persons | self.others

    @property
    def is_serial(self) -> bool:
        """Say whether it claims that a serial is here, and so nowhere else."""
        return bool(self.key.serial) and self.quantity > 0

    @property
    def looks_around(self) -> bool:
        """Say whether the other keys of its goods matter to it: where else a serial is, whose the goods may be."""
        return self.is_serial or self.is_unsaid


class Goods(NamedTuple):
    """What is walked over together: an item and lot at a place, or a serial wherever it is (no place, no lot)."""

    place: str
    item: str
    lot: str
    serial: str


def goods_of(key: StockKey) -> Goods:
    """The goods of a key, whosever they are and whatever their status.

    >>> goods_of(StockKey("A", "TEA", "L1", "", "ACME", "HOLD")) == goods_of(StockKey("A", "TEA", "L1"))
    True
    >>> goods_of(StockKey("A", "SAW", "", "S1")) == goods_of(StockKey("@hand:7", "SAW", "L1", "S1"))
    True
    """
    return Goods("", key.item, "", key.serial) if key.serial else Goods(key.place, key.item, key.lot, "")
