"""Counting at the centre: histories at random through the real applying code on both engines, held after every push."""

from types import ModuleType

import pytest

from sync.central.book import before, timelines
from sync.central.counting import windows
from sync.central.database.store import CentralStore
from tests.central.counting.conftest import floor_store  # noqa: F401  a fixture
from tests.central.counting.followed_site import follow
from tests.extent import SEED, extent

_HISTORIES = extent(5, 25)
"""So many histories are one trial."""
_BOUNDS: dict[tuple[ModuleType, str], tuple[int, int]] = {
    (before, "TAIL_ROWS_MAX"): (before.TAIL_ROWS_MAX, 3),
    (timelines, "ROWS_PER_CHECKPOINT"): (timelines.ROWS_PER_CHECKPOINT, 2),
    (windows, "BEHIND"): (windows.BEHIND, 1),
}
"""Bounds that no history reaches, and some that each does."""


@pytest.mark.parametrize("trial", range(extent(1, 200)))
def test_the_centre_keeps_what_the_fold_says(
    trial: int,
    floor_store: CentralStore,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whether rows are sorted, how many keys are asked for, how wide windows are: nothing of it matters."""
    for number in range(_HISTORIES):
        for (module, name), (usual, small) in _BOUNDS.items():
            monkeypatch.setattr(module, name, (usual, small)[number % 2])
        follow(floor_store, (SEED * 1_000_000 + trial) * _HISTORIES + number)


@pytest.mark.parametrize("seed", [8, 19, 105])
def test_histories_that_have_found_something_are_told_again(seed: int, floor_store: CentralStore) -> None:  # noqa: F811
    """A closing that made no difference had its instant kept on the stock that it named; a recount did not find it."""
    follow(floor_store, seed)
