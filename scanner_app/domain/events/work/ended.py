"""Ended: a task, or a line of a document, ends without being done, or is given back, a kind of event."""

from typing import ClassVar

from msgspec import field

from scanner_app.domain.events.allowed import Allowed, Undoer
from scanner_app.domain.events.kind import Kind
from scanner_app.domain.events.limits import NAME_LENGTH_MAX, is_named
from scanner_app.domain.people import Right
from scanner_app.domain.work.leasing import Ending


class Ended(Kind, frozen=True, tag_field="kind", tag="ended"):
    """``task`` ends, or the line of a document where that is named; of a task that is *released* only the lease does.

    It speaks of the ``version`` that its author saw: of a task that is its ``since``.
    """

    right: ClassVar[Right] = Right.COUNT
    allowed: ClassVar[Allowed] = Allowed(Undoer.NOBODY)

    wall_us: int
    task: str
    of_line: str = field(default="", name="line")
    version: int = 0
    reason: str = ""

    @property
    def last_us(self) -> int:
        return self.wall_us

    @property
    def ends(self) -> Ending:
        return Ending(self.task, self.of_line, self.version, self.reason)

    def fault(self) -> str:
        if is_named(self.task) == is_named(self.of_line) or max(len(self.task), len(self.of_line)) > NAME_LENGTH_MAX:
            return "task_not_named"
        return "reason_not_named" if not is_named(self.reason) else ""
