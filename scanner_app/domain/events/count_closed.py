"""Count closed: somebody said that nothing else is at a place, a kind of event."""

from typing import ClassVar, Self

from msgspec.structs import replace

from scanner_app.domain.events.allowed import Allowed, Undoer
from scanner_app.domain.events.closing import Closing
from scanner_app.domain.events.kind import Kind
from scanner_app.domain.people import Right


class CountClosed(Kind, frozen=True, tag_field="kind", tag="count_closed"):
    """The end of a count: each key of exactly its place, or of its item there, without a line held nothing."""

    right: ClassVar[Right] = Right.COUNT
    allowed: ClassVar[Allowed] = Allowed(Undoer.AUTHOR)
    can_annul: ClassVar[bool] = True

    closing: Closing

    @property
    def last_us(self) -> int:
        return self.closing.wall_us

    @property
    def count(self) -> str:
        return self.closing.count

    @property
    def places(self) -> tuple[str, ...]:
        return (self.closing.place,)

    @property
    def items(self) -> tuple[str, ...]:
        return (self.closing.of_item,) if self.closing.of_item else ()

    def in_order(self) -> tuple[Self, int]:
        """Where the wall clock was set back within the count, its begin is taken for as old as its end.

        That says nothing of the lines, which have instants of their own: it is no doubt of this one.
        """
        begun_us = min(self.closing.begun_us, self.closing.wall_us)
        return (self if begun_us == self.closing.begun_us else replace(self, closing=self._begun(begun_us))), 0

    def _begun(self, begun_us: int) -> Closing:
        return replace(self.closing, begun_us=begun_us)

    def fault(self) -> str:
        return self.closing.fault()
