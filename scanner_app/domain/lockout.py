"""Lockout: how long wrong PINs keep a sign-in waiting, and when only the centre can lift it. Pure.

The first few cost nothing. Each one more doubles the wait, and at last there is a lock that lasts until the device has
talked to the centre. The right PIN forgets them all.
"""

from msgspec import Struct
from msgspec.structs import replace

from scanner_app.domain.clock import Stamp, surely_passed_us

WAITS_S = (30, 60, 120, 300, 600)


class Threshold(Struct, frozen=True):
    """The ``waits_from``-th failure in a row begins to cost time, the ``locks_at``-th locks."""

    waits_from: int
    locks_at: int


OF_OPERATOR = Threshold(5, 10)
OF_DEVICE = Threshold(10, 20)
"""Several people sign in at one device, and somebody may try the badges of all of them."""


class Failures(Struct, frozen=True):
    """So many wrong PINs in a row, the last one at ``at``."""

    count: int
    at: Stamp


def is_locked(failures: Failures | None, threshold: Threshold) -> bool:
    return failures is not None and failures.count >= threshold.locks_at


def wait_s(failures: Failures | None, threshold: Threshold, now: Stamp) -> int:
    """Whole seconds, rounded up, until the next PIN is looked at; 0 when it is at once."""
    if failures is None or failures.count < threshold.waits_from:
        return 0
    whole_us = WAITS_S[min(failures.count - threshold.waits_from, len(WAITS_S) - 1)] * 1_000_000
    left_us = whole_us - surely_passed_us(failures.at, now)
    return max(0, -(-left_us // 1_000_000))


def failed(failures: Failures | None, now: Stamp) -> Failures:
    """One more."""
    return Failures(failures.count + 1 if failures else 1, now)


def lifted(failures: Failures, threshold: Threshold) -> Failures:
    """What is left of a lock that the centre has lifted: the next failure waits again, so that guessing stays slow."""
    return replace(failures, count=min(failures.count, threshold.waits_from))


def in_this_boot(failures: Failures, now: Stamp) -> Failures:
    """The same with its time told by the clocks of this boot, so that a wait that began in another one can end."""
    passed_us = surely_passed_us(failures.at, now)
    return replace(failures, at=Stamp(now.wall_us - passed_us, now.monotonic_us - passed_us, now.boot))
