"""Counting: histories at random, compared after every single fact with the fold from scratch, and with the shelf."""

import pytest

from tests.counting.followed import followed
from tests.counting.promise import broken
from tests.extent import SEED, extent

_HISTORIES = 50
"""So many histories are one trial."""


@pytest.mark.parametrize("trial", range(extent(1, 240)))
def test_walks_equal_the_fold_after_every_fact_and_the_promise_is_kept(trial: int) -> None:
    for number in range(_HISTORIES):
        seed = (SEED * 1_000 + trial) * _HISTORIES + number
        assert (seed, broken(followed(seed))) == (seed, [])
