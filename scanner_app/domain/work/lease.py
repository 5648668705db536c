"""Lease: a person has a task for a while, so that others leave it alone; asked for ahead, and no lock. Pure.

A lease is a request. The centre orders requests by the number that it gives them, and the first has the task. Whoever
has it stops at its end, by the clock of their own device. For others it ends only when that device was heard of past
that end, or is not waited for any more: so two who work while they are offline never do the same task.
"""

from typing import NamedTuple

LEASE_US = 3600 * 1_000_000
"""So long it holds, and so long anew from each entry of its holder in a count."""
LEASE_US_MAX = 12 * LEASE_US
"""Nobody asks for longer: a shift."""
TASKS_MAX = 30
"""So many are asked for by one event at most."""
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


def taken(held: Lease | None, asked: Lease, heard: Heard) -> Lease | None:
    """Who has a task after somebody asked for it; None where somebody else has it. ``heard`` is of who has it now.

    Who has it already goes on with it, at whichever device asks last, and never for shorter: whoever works at the other
    device is the same person.
    """
    if held is None or is_over(held, heard):
        return asked
    if held.holder != asked.holder:
        return None
    return asked if asked.until_us >= held.until_us else asked._replace(until_us=held.until_us)
