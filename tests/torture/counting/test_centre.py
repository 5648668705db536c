"""Counting at the centre: histories at random through the real applying code on both engines, held after every push."""

import pytest

from sync.central.database.store import CentralStore
from tests.central.counting.conftest import floor_store  # noqa: F401  a fixture
from tests.central.counting.followed_site import follow
from tests.extent import SEED, extent

_HISTORIES = extent(5, 25)
"""So many histories are one trial."""


@pytest.mark.parametrize("trial", range(extent(1, 200)))
def test_the_centre_keeps_what_the_fold_says(trial: int, floor_store: CentralStore) -> None:  # noqa: F811
    for number in range(_HISTORIES):
        follow(floor_store, (SEED * 1_000_000 + trial) * _HISTORIES + number)
