"""What a clock can tell: within a boot exactly, across boots the least and the most."""

import pytest

from scanner_app.domain.clock import FOREVER_US, Stamp, in_words, perhaps_passed_us, surely_passed_us

SINCE = Stamp(1_000, 500, "boot-1")


@pytest.mark.parametrize(
    ("situation", "now", "least_us", "most_us"),
    [
        ("the same boot", Stamp(1_040, 540, "boot-1"), 40, 40),
        ("the wall clock was set back", Stamp(10, 540, "boot-1"), 40, 40),
        ("another boot, a short while ago", Stamp(1_040, 7, "boot-2"), 7, 40),
        ("another boot, a long while ago", Stamp(1_040, 700, "boot-2"), 40, 40),
        ("another boot, with the same wall clock", Stamp(1_000, 7, "boot-2"), 0, 0),
        ("another boot, whose wall clock is earlier", Stamp(999, 7, "boot-2"), 0, FOREVER_US),
    ],
)
def test_what_has_passed(situation: str, now: Stamp, least_us: int, most_us: int) -> None:
    assert (surely_passed_us(SINCE, now), perhaps_passed_us(SINCE, now)) == (least_us, most_us), situation


def test_more_than_anything_that_is_waited_for_may_have_passed() -> None:
    """It is a number, so that it can be added to an instant and stay within 64 bits."""
    assert FOREVER_US > 10_000 * 365 * 24 * 3600 * 1_000_000
    assert FOREVER_US + perhaps_passed_us(SINCE, Stamp(999, 7, "boot-2")) <= 2**63


@pytest.mark.parametrize(
    ("seconds", "words"), [(1, "1 s"), (90, "90 s"), (91, "2 min"), (120, "2 min"), (121, "3 min")]
)
def test_a_time_for_people_is_rounded_up(seconds: int, words: str) -> None:
    assert in_words(seconds) == words
