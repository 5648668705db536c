"""Plate moved: a license plate was set down somewhere, a kind of event."""

from typing import ClassVar, Self

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from scanner_app.domain.events.allowed import Allowed, Undoer
from scanner_app.domain.events.kind import Kind
from scanner_app.domain.events.limits import NAME_LENGTH_MAX, is_named
from scanner_app.domain.events.stand import Stand
from scanner_app.domain.ledger import is_virtual
from scanner_app.domain.people import Right
from scanner_app.domain.work.zero_check import ZERO_CHECKS


class PlateMoved(Kind, frozen=True, tag_field="kind", tag="plate_moved"):
    """A license plate was set down: at ``location``, or on the plate ``parent`` (the other one is empty).

    Where a plate stands is a register with a timeline of its own: its contents are not listed and nothing is posted. A
    plate that nobody knew begins with its first event. ``was_at`` and ``was_on`` say where the device took it to stand
    before, both empty when it did not know. ``zero_check`` is what the worker said of that place, as of goods that were
    moved.
    """

    right: ClassVar[Right] = Right.MOVE
    allowed: ClassVar[Allowed] = Allowed(Undoer.AUTHOR)
    can_annul: ClassVar[bool] = True

    wall_us: int
    plate: str
    location: str = ""
    parent: str = ""
    was_at: str = ""
    was_on: str = ""
    zero_check: str | UnsetType = UNSET

    @property
    def zero_checked(self) -> str:
        return self.zero_check or ""

    def looked(self, said: str) -> Self:
        return replace(self, zero_check=said or UNSET)

    @property
    def last_us(self) -> int:
        return self.wall_us

    @property
    def stand(self) -> Stand:
        return Stand(self.wall_us, self.plate, self.location, self.parent, self.was_at, self.was_on)

    @property
    def places(self) -> tuple[str, ...]:
        before = tuple(filter(None, (self.was_at or self.was_on,))) if self.zero_checked else ()
        return self.plate, self.location or self.parent, *before

    def fault(self) -> str:
        if not all(is_named(name) and not is_virtual(name) for name in self.places):
            return "place_not_named"
        if (self.location and self.parent) or len(self.was_at) + len(self.was_on) > NAME_LENGTH_MAX:
            return "place_not_named"
        if self.zero_checked not in ZERO_CHECKS:
            return "zero_check_unknown"
        return "goes_nowhere" if self.plate == (self.location or self.parent) else ""
