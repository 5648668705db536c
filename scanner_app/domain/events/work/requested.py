"""Requested: somebody wants a place counted, or an item wherever it is, a kind of event."""

from typing import ClassVar

from scanner_app.domain.events.allowed import Allowed, Undoer
from scanner_app.domain.events.kind import Kind
from scanner_app.domain.events.limits import NAME_LENGTH_MAX, is_named
from scanner_app.domain.people import Right
from scanner_app.domain.work.leasing import Wish


class Requested(Kind, frozen=True, tag_field="kind", tag="requested"):
    """``place`` is to be counted, only ``item`` there where one is named; without a place, the item wherever it is.

    It becomes a task of that place, whoever else wants it counted; that ends by being counted, or by an *ended*.
    """

    right: ClassVar[Right] = Right.DECIDE
    allowed: ClassVar[Allowed] = Allowed(Undoer.NOBODY)

    wall_us: int
    place: str = ""
    item: str = ""

    @property
    def last_us(self) -> int:
        return self.wall_us

    @property
    def wishes(self) -> Wish:
        return Wish(self.place, self.item)

    @property
    def places(self) -> tuple[str, ...]:
        return (self.place,) if self.place else ()

    @property
    def items(self) -> tuple[str, ...]:
        return (self.item,) if self.item else ()

    def fault(self) -> str:
        is_any = is_named(self.place) or is_named(self.item)
        return "" if is_any and max(len(self.place), len(self.item)) <= NAME_LENGTH_MAX else "nothing_named"
