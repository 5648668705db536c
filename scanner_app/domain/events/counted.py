"""Counted: what somebody found of one key at a place (a count line, a blind count), a kind of event."""

from typing import ClassVar, Self

from msgspec.structs import replace

from scanner_app.domain.events.allowed import Allowed, Undoer
from scanner_app.domain.events.kind import Kind
from scanner_app.domain.events.line import Line
from scanner_app.domain.people import Right


class Counted(Kind, frozen=True, tag_field="kind", tag="counted"):
    """One line of a count. It moves nothing: it claims how much was there at its instant."""

    right: ClassVar[Right] = Right.COUNT
    allowed: ClassVar[Allowed] = Allowed(Undoer.AUTHOR)
    can_annul: ClassVar[bool] = True

    line: Line

    @property
    def last_us(self) -> int:
        return self.line.wall_us

    @property
    def count(self) -> str:
        return self.line.count

    @property
    def places(self) -> tuple[str, ...]:
        return (self.line.key.place,)

    @property
    def items(self) -> tuple[str, ...]:
        return (self.line.key.item,)

    def named(self, code: str, item: str, factor: int) -> Self:
        return replace(self, line=self.line.named(item, factor)) if self.line.key.item == code else self

    def in_order(self) -> tuple[Self, int]:
        """Where the wall clock was set back within the line, its first scan is taken for as old as its last."""
        set_back_us = max(0, self.line.begun_us - self.line.wall_us)
        line = replace(self.line, begun_us=self.line.wall_us) if set_back_us else self.line
        return replace(self, line=line), set_back_us

    def fault(self) -> str:
        return self.line.fault()
