"""Order: which task is next for somebody who stands somewhere, and which packet they ask for ahead. Pure."""

from collections.abc import Collection, Iterable
from heapq import nsmallest

from msgspec import Struct

from scanner_app.domain.task import Task
from scanner_app.domain.work.lease import TASKS_MAX


class Near(Struct, frozen=True):
    """Somebody (``who``, a person) at ``walk`` in walk order, now; in ``zone`` only, where one is said.

    ``taken`` are places at which somebody else is. All leases run until ``extended_us`` at least, by their own entries.
    """

    who: str
    walk: int = 0
    now_us: int = 0
    zone: str = ""
    taken: Collection[str] = ()
    extended_us: int = 0

    @property
    def ends_after_us(self) -> int:
        """The leases run now that end after this instant."""
        return -1 if self.extended_us > self.now_us else self.now_us


def is_open_to(task: Task, near: Near) -> bool:
    """Say whether a task may be offered: nobody else has it or is there, and it is theirs to do.

    One whose lease is over is free once the centre has heard of it, and not before: who had it may ask for it then.
    """
    is_free = not task.holder or (task.holder == near.who and task.until > near.ends_after_us)
    is_wanted = near.zone in ("", task.zone) and task.not_by != near.who
    return task.active and is_free and is_wanted and task.place not in near.taken


NO_DAY = 2**62
"""Behind every day until which something is to be done."""


def place_in_line(task: Task, near: Near) -> tuple[bool, int, int, bool, int, str, str]:
    """What tasks are ordered by: one's own first, the most urgent, what is due first; of these the next in walk order.

    What is due on no day comes behind what is due on one. What lies behind in walk order comes when nothing is ahead
    any more, from the beginning: what is due on one day is walked together.

    >>> near = Near("1001", walk=5)
    >>> when = ((4, 9), (6, 9), (5, 9), (5, 0), (7, 8))
    >>> rows = [Task(f"{walk}", "count", "A", walk=walk, due=due) for walk, due in when]
    >>> [(task.walk, task.due) for task in sorted(rows, key=lambda task: place_in_line(task, near))]
    [(7, 8), (5, 9), (6, 9), (4, 9), (5, 0)]
    """
    due = task.due or NO_DAY
    return not task.holder, -task.priority, due, task.walk < near.walk, task.walk, task.place, task.task


def in_line(tasks: Iterable[Task], near: Near, tasks_max: int = TASKS_MAX) -> list[Task]:
    """The next tasks for somebody, in the order in which they are to be done; a packet to ask for ahead."""
    return nsmallest(
        tasks_max, (one for one in tasks if is_open_to(one, near)), key=lambda task: place_in_line(task, near)
    )


def next_task(tasks: Iterable[Task], near: Near) -> Task | None:
    """The next task for somebody; None where nothing is to be done that may be offered."""
    return next(iter(in_line(tasks, near, 1)), None)
