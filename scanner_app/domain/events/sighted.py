"""Sighted: a count saw a license plate where it stands, a kind of event."""

from typing import ClassVar

from scanner_app.domain.events.allowed import Allowed, Undoer
from scanner_app.domain.events.kind import Kind
from scanner_app.domain.events.limits import is_named
from scanner_app.domain.events.stand import Stand
from scanner_app.domain.ledger import is_virtual
from scanner_app.domain.people import Right


class Sighted(Kind, frozen=True, tag_field="kind", tag="sighted"):
    """The count ``seen_in`` saw ``plate`` at ``location``, or on the plate ``parent`` (the other one is empty).

    It is an entry in the register of the plate like any other, and holds whether or not the count is ever closed.
    """

    right: ClassVar[Right] = Right.COUNT
    allowed: ClassVar[Allowed] = Allowed(Undoer.AUTHOR)
    can_annul: ClassVar[bool] = True

    wall_us: int
    seen_in: str
    plate: str
    location: str = ""
    parent: str = ""

    @property
    def last_us(self) -> int:
        return self.wall_us

    @property
    def count(self) -> str:
        return self.seen_in

    @property
    def stand(self) -> Stand:
        return Stand(self.wall_us, self.plate, self.location, self.parent, is_seen=True)

    @property
    def places(self) -> tuple[str, ...]:
        return self.plate, self.location or self.parent

    def fault(self) -> str:
        if not is_named(self.seen_in):
            return "count_not_named"
        if not all(is_named(name) and not is_virtual(name) for name in self.places) or (self.location and self.parent):
            return "place_not_named"
        return "goes_nowhere" if self.plate == (self.location or self.parent) else ""
