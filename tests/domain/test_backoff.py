"""Back-off: pauses grow from the shortest to the longest, and those who failed together part."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner_app.domain.backoff import Backoff

BACKOFF = Backoff(shortest_s=1.0, longest_s=60.0)


@pytest.mark.parametrize(
    ("failures", "shortest_s", "longest_s"),
    [(1, 1.0, 2.0), (2, 1.0, 4.0), (5, 1.0, 32.0), (6, 1.0, 60.0), (7, 1.0, 60.0), (5_000, 1.0, 60.0)],
)
def test_a_pause_lies_between_the_shortest_and_one_that_doubles(
    failures: int, shortest_s: float, longest_s: float
) -> None:
    pauses = [BACKOFF.pause_s(failures, chance) for chance in (0.0, 0.5, 1.0)]
    assert pauses == [shortest_s, (shortest_s + longest_s) / 2, longest_s]


def test_it_may_grow_faster() -> None:
    backoff = Backoff(shortest_s=0.02, longest_s=0.5, factor=3.0)
    assert [backoff.pause_s(failures, 1.0) for failures in (1, 2, 3, 4)] == pytest.approx([0.06, 0.18, 0.5, 0.5])


@given(st.integers(0, 10_000), st.floats(0.0, 1.0), st.floats(0.01, 10.0), st.floats(10.0, 1e6), st.floats(1.0, 100.0))
def test_it_stays_within_its_bounds(
    failures: int, chance: float, shortest_s: float, longest_s: float, factor: float
) -> None:
    pause_s = Backoff(shortest_s, longest_s, factor).pause_s(failures, chance)
    assert shortest_s <= pause_s <= longest_s * (1 + 1e-9)
