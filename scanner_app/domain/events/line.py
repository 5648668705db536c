"""A line: what somebody counted of one key at a place, as a fact says it."""

from typing import Self

from msgspec import Struct
from msgspec.structs import replace

from scanner_app.domain.events.limits import NAME_LENGTH_MAX, is_named
from scanner_app.domain.ledger import StockKey, is_virtual
from scanner_app.domain.quantity import QUANTITY_MAX, SCALE

WORD_LENGTH_MAX = 20
"""So much may a worker say of a code that nobody knows: one row of a small screen."""


class Line(Struct, frozen=True):
    """``quantity`` micro-units of the base unit ``base_unit``, from zero on, were at ``key`` in the count ``count``.

    They were scanned from ``begun_us`` to ``wall_us`` (the device's wall clock), as so many ``unit``. Where nobody knew
    what it is, ``code`` is what was read, the key's item is that, too, and ``word`` is the worker's on it. Whose the
    goods are, and their status, are ours and available unless somebody said so (``is_owner_said``,
    ``is_status_said``): the label, the place, or the worker. ``recounts`` is the claim that is counted again, of which
    the worker ``was_shown`` the quantity or not.
    """

    count: str
    key: StockKey
    quantity: int
    begun_us: int
    wall_us: int
    unit: str = ""
    base_unit: str = ""
    code: str = ""
    word: str = ""
    is_owner_said: bool = False
    is_status_said: bool = False
    recounts: str = ""
    was_shown: bool = False

    def fault(self) -> str:
        if not 0 <= self.quantity <= QUANTITY_MAX:
            return "quantity_out_of_range"
        if not is_named(self.count) or len(self.recounts) > NAME_LENGTH_MAX:
            return "count_not_named"
        if not is_named(self.key.place) or is_virtual(self.key.place):
            return "place_not_named"
        if not is_named(self.key.item) or len(self.code) > NAME_LENGTH_MAX:
            return "item_not_named"
        if len(self.unit) > NAME_LENGTH_MAX or len(self.base_unit) > NAME_LENGTH_MAX:
            return "unit_not_named"
        return "word_too_long" if len(self.word) > WORD_LENGTH_MAX else ""

    def named(self, item: str, factor: int) -> Self:
        """The line with its unknown code as ``item``, each of which was ``factor`` micro-units."""
        return replace(self, key=replace(self.key, item=item), quantity=self.quantity * factor // SCALE)
