"""Lease: a person has a task for a while, so that others leave it alone; asked for ahead, and no lock. Pure.

A lease is a request. The centre orders requests by the number that it gives them, and the first has the task. Whoever
has it stops at its end, by the clock of their own device. For others it ends only when that device was heard of past
that end, or is not waited for any more: so two who work while they are offline never do the same task.
"""

from collections.abc import Iterable
from typing import NamedTuple

LEASE_US = 3600 * 1_000_000
"""So long it holds, and so long anew from each entry of its holder in a count."""
LEASE_US_MAX = 12 * LEASE_US
"""Nobody asks for longer: a shift."""
TASKS_MAX = 30
"""So many are asked for by one event at most."""
AHEAD, AHEAD_MIN = 10, 3
"""A device asks for so many at once, when it has fewer than so few: about an hour's work, so that nobody has it all."""
WAIT_US = 5 * 1_000_000
"""A worker is sent nowhere for so long, while it is asked who has the next."""
HEARD_US = 2 * 60 * 1_000_000
"""A device that has heard nothing of the centre for so long asks nobody, and waits for no answer."""
PUT_OFF_US = 30 * 60 * 1_000_000
"""Whoever leaves a task for later is not sent there for so long, unless nothing else is to be done."""
RELEASED = "released"
"""Why a task is ended that is still to be done: only its lease is."""


class Lease(NamedTuple):
    """The person ``holder`` has a task at ``device`` until an instant (us)."""

    holder: str
    device: str
    until_us: int


class Heard(NamedTuple):
    """How far a device has told all (us), and whether it is waited for: not one that was shut out, or is lost."""

    told_us: int
    is_waited_for: bool = True


def extended(lease: Lease, entry_us: int) -> Lease:
    """The lease after an entry of its holder in a count, as its own device and the centre both take it.

    >>> extended(Lease("1001", "d", LEASE_US), 10).until_us == LEASE_US + 10
    True
    >>> extended(Lease("1001", "d", LEASE_US), LEASE_US + 1).until_us == LEASE_US
    True
    """
    if entry_us > lease.until_us:
        return lease
    return lease._replace(until_us=max(lease.until_us, entry_us + LEASE_US))


def is_over(lease: Lease, heard: Heard) -> bool:
    """Say whether a lease has ended for others, by what was heard of its holder's device.

    >>> lease = Lease("1001", "d", 100)
    >>> is_over(lease, Heard(100)), is_over(lease, Heard(101)), is_over(lease, Heard(0, is_waited_for=False))
    (False, True, True)
    """
    return not heard.is_waited_for or heard.told_us > lease.until_us


def may_take(held: Iterable[tuple[Lease, Heard]], who: str) -> bool:
    """Say whether a person may have a task, by who has it now and what was heard of their devices.

    One person may have it at several devices: each works at it only by its own lease, and for others all have to end.

    >>> lease = Lease("1001", "d", 100)
    >>> [may_take([(lease, Heard(told))], who) for told, who in ((100, "1002"), (101, "1002"), (100, "1001"))]
    [False, True, True]
    """
    return all(lease.holder == who or is_over(lease, heard) for lease, heard in held)


def renewed(before: Lease | None, asked: Lease) -> Lease:
    """The lease of a person at a device who asks again: never for shorter, whatever arrives first."""
    if before is None or before.holder != asked.holder:
        return asked
    return asked._replace(until_us=max(before.until_us, asked.until_us))


def may_work(lease: Lease | None, now_us: int) -> bool:
    """Say whether a device may work at a task by a lease that it has asked for, and that the centre has given it."""
    return lease is not None and now_us <= lease.until_us
