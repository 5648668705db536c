"""Packet: where a device may send its worker, what it waits to hear of, and what it asks for ahead. Pure.

A worker is sent where a lease says that nobody else is sent: one that the device asked for and the centre has given.
While it is asked who has the next, nobody is sent anywhere for a moment; where no answer comes, as nobody is in reach,
a task that is free as far as this device knows is offered as such.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from scanner_app.domain.task import Task
from scanner_app.domain.work.lease import AHEAD, AHEAD_MIN, WAIT_US


class OwnLease(NamedTuple):
    """A lease that this device has asked for: when, and until when it runs (us, by its own wall clock)."""

    asked_us: int
    until_us: int
    is_answered: bool = True

    def runs(self, now_us: int) -> bool:
        return now_us <= self.until_us


class Packet(NamedTuple):
    """``given`` are tasks that are certain to be nobody else's, ``others`` those that may be, each in their order.

    ``wanted`` are the names of those to ask for now; it ``is_waiting`` for an answer to what it has asked.
    """

    given: tuple[Task, ...]
    others: tuple[Task, ...]
    wanted: tuple[str, ...]
    is_waiting: bool

    @property
    def offered(self) -> tuple[Task, ...]:
        """Where the worker is sent, the next first."""
        return self.given or (() if self.is_waiting else self.others)


def packet(
    line: Sequence[Task], who: str, own: Mapping[str, OwnLease], now_us: int, again: Collection[str] = ()
) -> Packet:
    """The packet of a person at a device, by the tasks in line for them (``order.py``) and the leases asked for here.

    What was left for later and comes ``again`` comes before all else.

    >>> line = [Task(name, "count", name, holder=holder) for name, holder in (("A", "1001"), ("B", "1001"), ("C", ""))]
    >>> found = packet(line, "1001", {"A": OwnLease(0, 9), "B": OwnLease(0, 9, is_answered=False)}, 5)
    >>> [task.task for task in found.given], found.wanted, found.is_waiting
    (['A'], ('C',), True)
    """
    running = {name: lease for name, lease in own.items() if lease.runs(now_us)}
    line = sorted(line, key=lambda task: task.task not in again)
    given = tuple(task for task in line if task.holder == who and _is_answered(running.get(task.task)))
    others = tuple(task for task in line if task not in given)
    asked = [running[task.task] for task in others if task.task in running]
    is_waiting = any(0 <= now_us - lease.asked_us < WAIT_US for lease in asked)
    free = [task for task in others if task.task not in running]
    urgent = [task for task in free if task.task in again or (given and task.priority > given[0].priority)]
    return Packet(given, others, _wanted(free, urgent, len(given) + len(asked)), is_waiting)


def _is_answered(lease: OwnLease | None) -> bool:
    return lease is not None and lease.is_answered


def _wanted(free: Sequence[Task], urgent: Sequence[Task], have: int) -> tuple[str, ...]:
    """As many as fill up a packet that runs out, and whatever comes before what is next."""
    filling = free[: AHEAD - have] if have < AHEAD_MIN else ()
    return tuple(dict.fromkeys(task.task for task in (*urgent[:AHEAD], *filling)))
