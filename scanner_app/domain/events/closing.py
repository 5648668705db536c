"""A closing: nothing else is at a place, as a fact says it."""

from msgspec import UNSET, Struct, UnsetType

from scanner_app.domain.events.limits import is_named
from scanner_app.domain.ledger import is_virtual

LINES_MAX = 1_000_000
"""No count has more lines, or sightings, than so many."""


class Closing(Struct, frozen=True):
    """The count ``count`` of exactly ``place`` ended: what it has no line for is not there.

    Where it was of one ``item`` only, it says so of that item there and of nothing else.

    ``lines`` and ``sightings`` are how many of each the device had made in this count before, those that were undone
    included. The count was begun at ``begun_us``, and closed at ``wall_us`` (the device's wall clock).
    """

    count: str
    place: str
    lines: int
    sightings: int
    begun_us: int
    wall_us: int
    item: str | UnsetType = UNSET

    @property
    def is_said(self) -> bool:
        """Whether nobody counted for it: it was said at once, of a lost plate, by somebody who looked at the book.

        >>> Closing("c", "P", 0, 0, 7, 7).is_said, Closing("c", "P", 0, 0, 6, 7).is_said
        (True, False)
        """
        return self.begun_us == self.wall_us and not (self.lines or self.sightings)

    @property
    def of_item(self) -> str:
        """The item that it was of; empty where it was of all that is there."""
        return self.item or ""

    def fault(self) -> str:
        if not is_named(self.count):
            return "count_not_named"
        if not is_named(self.place) or is_virtual(self.place):
            return "place_not_named"
        if self.item is not UNSET and not is_named(self.item):
            return "item_not_named"
        return "" if 0 <= self.lines <= LINES_MAX and 0 <= self.sightings <= LINES_MAX else "number_out_of_range"
