"""Annulled: another event never happened, a kind of event."""

from typing import ClassVar

from scanner_app.domain.events.allowed import Allowed, Undoer
from scanner_app.domain.events.kind import Kind
from scanner_app.domain.events.limits import is_named
from scanner_app.domain.people import Right


class Annulled(Kind, frozen=True, tag_field="kind", tag="annulled"):
    """The event with the id ``event`` never happened: it leaves the book at its own instant.

    Any number of them is one. Annulling an annulment brings back what that one annulled.
    """

    right: ClassVar[Right] = Right.MOVE
    allowed: ClassVar[Allowed] = Allowed(Undoer.AUTHOR)

    wall_us: int
    event: str

    @property
    def last_us(self) -> int:
        return self.wall_us

    @property
    def undoes(self) -> str:
        return self.event

    def fault(self) -> str:
        return "" if is_named(self.event) else "event_not_named"
