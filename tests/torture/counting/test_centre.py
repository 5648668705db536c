"""Counting at the centre: histories at random through the real applying code on both engines, held after every push."""

import pytest

from sync.central.book import before
from sync.central.database.store import CentralStore
from tests.central.counting.conftest import floor_store  # noqa: F401  a fixture
from tests.central.counting.followed_site import follow
from tests.extent import SEED, extent

_HISTORIES = extent(5, 25)
"""So many histories are one trial."""
_FEW_KEYS = before.FEW_KEYS


@pytest.mark.parametrize("trial", range(extent(1, 200)))
def test_the_centre_keeps_what_the_fold_says(
    trial: int,
    floor_store: CentralStore,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Few keys are looked for in what is not sorted otherwise than many: each history tries one of the ways."""
    for number in range(_HISTORIES):
        monkeypatch.setattr(before, "FEW_KEYS", (_FEW_KEYS, 0)[number % 2])
        follow(floor_store, (SEED * 1_000_000 + trial) * _HISTORIES + number)
