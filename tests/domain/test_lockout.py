"""Wrong PINs in a row: which cost time, how much, which lock, and what is left when a lock is lifted."""

import pytest

from scanner_app.domain.clock import Stamp
from scanner_app.domain.lockout import OF_DEVICE, OF_OPERATOR, Failures, Threshold, failed, is_locked, lifted, wait_s

SECOND_US = 1_000_000
NOW = Stamp(1_000 * SECOND_US, 1_000 * SECOND_US, "boot")


@pytest.mark.parametrize(
    ("threshold", "count", "waits_s", "locks"),
    [
        (OF_OPERATOR, 4, 0, False),
        (OF_OPERATOR, 5, 30, False),
        (OF_OPERATOR, 6, 60, False),
        (OF_OPERATOR, 7, 120, False),
        (OF_OPERATOR, 8, 300, False),
        (OF_OPERATOR, 9, 600, False),
        (OF_OPERATOR, 10, 600, True),
        (OF_OPERATOR, 11, 600, True),
        (OF_DEVICE, 9, 0, False),
        (OF_DEVICE, 10, 30, False),
        (OF_DEVICE, 19, 600, False),
        (OF_DEVICE, 20, 600, True),
    ],
)
def test_what_so_many_failures_cost(threshold: Threshold, count: int, waits_s: int, locks: bool) -> None:
    failures = Failures(count, NOW)
    assert (wait_s(failures, threshold, NOW), is_locked(failures, threshold)) == (waits_s, locks)


@pytest.mark.parametrize(
    ("passed_us", "waits_s"), [(0, 30), (1, 30), (SECOND_US, 29), (30 * SECOND_US - 1, 1), (30 * SECOND_US, 0)]
)
def test_a_wait_is_told_in_whole_seconds_rounded_up(passed_us: int, waits_s: int) -> None:
    later = Stamp(NOW.wall_us, NOW.monotonic_us + passed_us, NOW.boot)
    assert wait_s(Failures(5, NOW), OF_OPERATOR, later) == waits_s


def test_nothing_was_typed_wrong_yet() -> None:
    assert (wait_s(None, OF_OPERATOR, NOW), is_locked(None, OF_OPERATOR)) == (0, False)
    assert failed(None, NOW) == Failures(1, NOW)


@pytest.mark.parametrize(("count", "left"), [(3, 3), (5, 5), (10, 5), (14, 5)])
def test_after_a_lock_the_next_failure_waits_again(count: int, left: int) -> None:
    assert lifted(Failures(count, NOW), OF_OPERATOR).count == left
