"""Counting: histories at random, compared after every single fact with the fold from scratch."""

import pytest

from tests.counting.followed import followed
from tests.extent import SEED, extent

_HISTORIES = 25
"""So many histories are one trial."""


@pytest.mark.parametrize("trial", range(extent(2, 400)))
def test_walks_equal_the_fold_after_every_fact(trial: int) -> None:
    for number in range(_HISTORIES):
        followed((SEED * 1_000_000 + trial) * _HISTORIES + number)
