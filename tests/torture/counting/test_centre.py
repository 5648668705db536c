"""Counting at the centre: histories at random through the real applying code on both engines, held after every push."""

from collections.abc import Iterator
from itertools import islice
from types import ModuleType

import pytest

from scanner_app.domain.counting.claim import ClaimKind
from sync.central.book import before, timelines
from sync.central.counting import windows
from sync.central.database.store import CentralStore
from tests.central.counting.conftest import floor_store  # noqa: F401  a fixture
from tests.central.counting.followed_site import follow
from tests.counting.histories import history
from tests.extent import SEED, extent

_HISTORIES = extent(5, 25)
"""So many histories are one trial."""
_SHORT = 26
_EVENTS_MAX = extent(_SHORT, 10_000)
"""Histories of so few events found in a second what long ones found in four: the short form tells no others."""
_SAME = 5
"""So many claims of closings that make no difference are at the end of a history that is told again."""
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
    for number, seed in enumerate(islice(_seeds(trial), _HISTORIES)):
        for (module, name), (usual, small) in _BOUNDS.items():
            monkeypatch.setattr(module, name, (usual, small)[number % 2])
        follow(floor_store, seed)


def _seeds(trial: int) -> Iterator[int]:
    """The seeds of a trial: no other trial has them."""
    first = (SEED * 1_000_000 + trial) * 1_000
    return (seed for seed in range(first, first + 1_000) if len(history(seed).events) <= _EVENTS_MAX)


@pytest.mark.parametrize("seed", [44, 50, 101, 189])
def test_short_histories_in_which_closings_make_no_difference(seed: int, floor_store: CentralStore) -> None:  # noqa: F811
    """Such a closing had its instant kept on the stock that it named: each of these finds that, in half a second.

    Where histories are made up otherwise these seeds tell others: then look for such again.
    """
    told = history(seed)
    same = [one for one in told.site.folded.kept if one.is_idle and one.claim.kind is ClaimKind.CLOSING]
    assert (len(told.events) <= _SHORT, len(same) >= _SAME) == (True, True)
    follow(floor_store, seed)


@pytest.mark.parametrize("seed", [105])
def test_histories_that_have_found_something_are_told_again(seed: int, floor_store: CentralStore) -> None:  # noqa: F811
    """A recount did not find a closing that made no difference."""
    follow(floor_store, seed)
