"""From which doubt on a clock is an exception: two minutes, to the microsecond, and no event is refused for it."""

from collections.abc import Callable

import pytest

from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.events.plate_moved import PlateMoved
from sync.central.database.store import CentralStore
from sync.protocol import Outcome
from tests.central.warehouse import NOW_US, event, move, push, words

MINUTES_2_US = 120_000_000
CARRIED_US = 60_000_000


@pytest.mark.parametrize(
    ("offset_us", "uncertainty_us", "is_doubtful"),
    [
        (-MINUTES_2_US, 0, False),
        (-MINUTES_2_US - 1, 0, True),
        (0, MINUTES_2_US, False),
        (0, MINUTES_2_US + 1, True),
        (MINUTES_2_US - CARRIED_US, 0, False),
        (MINUTES_2_US - CARRIED_US + 1, 0, True),
    ],
)
def test_a_clock_that_is_far_off_or_ahead_of_the_centre_is_flagged(
    store: CentralStore, offset_us: int, uncertainty_us: int, is_doubtful: bool
) -> None:
    """The goods are put down a minute after ``NOW_US``, when the centre hears of it."""
    made = event(1, move("A", "B", at_us=NOW_US), offset_us=offset_us, uncertainty_us=uncertainty_us)
    wanted = (Outcome.EXCEPTIONS, ("clock_doubtful",)) if is_doubtful else (Outcome.POSTED, ())
    assert words(push(store, [made])) == [wanted]


def test_it_is_the_last_scan_of_a_fact_that_must_have_happened(store: CentralStore) -> None:
    """What the device wrote into the envelope besides does not count."""
    made = event(1, move("A", "B", at_us=NOW_US + MINUTES_2_US), wall_us=NOW_US)
    assert words(push(store, [made])) == [(Outcome.EXCEPTIONS, ("clock_doubtful",))]


@pytest.mark.parametrize(
    "fact_at",
    [lambda at_us: PlateMoved(at_us, "P1", "B"), lambda at_us: Annulled(at_us, event(1, move("A", "B")).id)],
    ids=["plate_moved", "annulled"],
)
def test_a_fact_without_legs_has_an_instant_of_its_own(store: CentralStore, fact_at: Callable[[int], Fact]) -> None:
    """Doubt is asked of the field that is believed: neither an early envelope hides it nor a late one makes it."""
    late_us = NOW_US + MINUTES_2_US + 1
    push(store, [event(1, move("A", "B", at_us=NOW_US - MINUTES_2_US))])
    made = [
        event(2, fact_at(late_us), wall_us=NOW_US),
        event(3, fact_at(NOW_US + MINUTES_2_US), wall_us=late_us),
    ]
    assert words(push(store, made)) == [(Outcome.EXCEPTIONS, ("clock_doubtful",)), (Outcome.POSTED, ())]
