"""Times as values: the stamp of an entry, the offset to the centre, the instant of a leg.

All times are whole microseconds. Nothing here reads a clock.
"""

from typing import NamedTuple

from msgspec import Struct

_YEAR_US = 31_556_952_000_000
CLOCK_DOUBT_US = 120 * 1_000_000
"""An offset beyond this is flagged (two minutes; figure from the sync notes)."""


TOLD_LATE_US_MAX = 5 * 365 * 86_400 * 1_000_000
"""What is told longer after it happened is flagged: it is rather a clock that was never set than a device that lay so
long in a drawer."""
BEFORE_NEIGHBOUR_US_MAX = 86_400 * 1_000_000
"""What is dated so much earlier than what the device did before it is flagged: a day."""


class Stamp(Struct, frozen=True, array_like=True):
    """When something was captured: wall clock since 1970 (UTC), time since boot, and which boot."""

    wall_us: int
    monotonic_us: int
    boot: str


class Offset(Struct, frozen=True, array_like=True):
    """Centre's clock minus the device's wall clock, measured at ``at``, right within ``uncertainty_us``."""

    offset_us: int
    uncertainty_us: int
    at: Stamp


class Instant(NamedTuple):
    """The total order of floor facts: time first, then device, epoch, sequence and leg; never time alone."""

    time_us: int
    device: str
    epoch: int
    sequence: int
    leg: int


def year_of(wall_us: int) -> int:
    """The year (UTC) of a wall clock, but for a few hours around New Year.

    >>> year_of(1_780_000_000_000_000)
    2026
    """
    return 1970 + wall_us // _YEAR_US


def measured(sent: Stamp, received: Stamp, centre_received_us: int, centre_answered_us: int) -> Offset:
    """Offset from one request and its answer, by the usual halving of the round trip."""
    travel = max(0, (received.monotonic_us - sent.monotonic_us) - (centre_answered_us - centre_received_us))
    offset = centre_answered_us + travel // 2 - received.wall_us
    return Offset(offset, travel // 2 + 1, received)


def settled(stamp: Stamp, offset: Offset, last_wall_us: int, not_before_us: int) -> tuple[int, int]:
    """Offset and uncertainty (us) to attach to a fact confirmed at ``stamp``, not running backwards.

    Within one boot the time since boot tells exactly how long ago the stamp was taken, whatever happened to the wall
    clock meanwhile; across boots only the wall clock is left and the doubt grows: what happened in another boot
    happened before the offset was measured. ``last_wall_us`` is the wall clock of the fact's last leg; settled, it is
    not before ``not_before_us``, that of the fact before on the device. Its first leg may well be: two operators at one
    station each take something before the other puts his.

    The centre is 500 us ahead, and that was measured when the device's clocks showed 10,000 and 9,000. What was scanned
    5,000 us before that happened at 5,500, also where the wall clock showed 99 meanwhile:

    >>> offset = Offset(500, 10, Stamp(10_000, 9_000, "today"))
    >>> settled(Stamp(99, 4_000, "today"), offset, 99, 0)
    (5401, 10)

    Where the fact before it was at 6,000 already, it is 500 us later and in as much doubt:

    >>> settled(Stamp(99, 4_000, "today"), offset, 99, 6_000)
    (5901, 510)

    What another boot says of 12,000, later than all that was measured, happened at 10,500 at the latest:

    >>> settled(Stamp(12_000, 50, "yesterday"), offset, 12_000, 0)
    (-1500, 2510)
    """
    if stamp.boot == offset.at.boot:
        centre_now = offset.at.wall_us + offset.offset_us
        shift = centre_now - (offset.at.monotonic_us - stamp.monotonic_us) - stamp.wall_us
        uncertainty = offset.uncertainty_us
    else:
        ahead = max(0, stamp.wall_us - offset.at.wall_us)
        shift = offset.offset_us - ahead
        uncertainty = offset.uncertainty_us + abs(offset.offset_us) + ahead
    behind = max(0, not_before_us - (last_wall_us + shift))
    return shift + behind, uncertainty + behind


FOREVER_US = 2**62


def surely_passed_us(since: Stamp, now: Stamp) -> int:
    """What has passed at the least: within a boot exactly, across boots no more than either clock tells.

    So neither a restart nor a clock that was set makes it more than it was.
    """
    if since.boot == now.boot:
        return max(0, now.monotonic_us - since.monotonic_us)
    return max(0, min(now.wall_us - since.wall_us, now.monotonic_us))


def perhaps_passed_us(since: Stamp, now: Stamp) -> int:
    """What may have passed at the most: a wall clock that went backwards across boots tells nothing."""
    if since.boot == now.boot:
        return max(0, now.monotonic_us - since.monotonic_us)
    passed_us = now.wall_us - since.wall_us
    return passed_us if passed_us >= 0 else FOREVER_US


def in_words(seconds: int) -> str:
    """A short time for people, rounded up.

    >>> in_words(45), in_words(90), in_words(91)
    ('45 s', '90 s', '2 min')
    """
    return f"{seconds} s" if seconds <= 90 else f"{-(-seconds // 60)} min"
