"""Leased: somebody asked to have tasks for a while, a kind of event."""

from typing import ClassVar

from scanner_app.domain.events.allowed import Allowed, Undoer
from scanner_app.domain.events.kind import Kind
from scanner_app.domain.events.limits import is_named
from scanner_app.domain.people import Right
from scanner_app.domain.work.lease import LEASE_US_MAX, TASKS_MAX
from scanner_app.domain.work.leasing import Leasing


class Leased(Kind, frozen=True, tag_field="kind", tag="leased"):
    """Somebody asks to have ``tasks`` until ``until_us``; who asked first, as the centre numbers it, has them.

    It is no fact of the floor but a request: taken back by an *ended*, and by nothing else.
    """

    right: ClassVar[Right] = Right.COUNT
    allowed: ClassVar[Allowed] = Allowed(Undoer.NOBODY)

    wall_us: int
    tasks: tuple[str, ...]
    until_us: int

    @property
    def last_us(self) -> int:
        return self.wall_us

    @property
    def leases(self) -> Leasing:
        return Leasing(self.tasks, self.until_us)

    def fault(self) -> str:
        if not 0 < len(self.tasks) <= TASKS_MAX:
            return "tasks_out_of_range"
        if not all(map(is_named, self.tasks)):
            return "task_not_named"
        return "" if 0 < self.until_us - self.wall_us <= LEASE_US_MAX else "lease_out_of_range"
