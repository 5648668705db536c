"""The simulated world in short: a few hundred seeds, and every planted bug is found. ``make torture`` has the rest."""

from collections.abc import Sequence
from itertools import count

import pytest

from scanner_app.store.journal import Answered, Waiting
from sync.device.portions import matched
from sync.protocol import Answer
from tests.sync.simulated.bugs import Bug
from tests.sync.simulated.laws import BrokenLawError
from tests.sync.simulated.model import ModelCentre
from tests.sync.simulated.real import RealCentre
from tests.sync.simulated.world import World

SEEDS_TO_FIND_A_BUG_MAX = 40


@pytest.mark.parametrize("start", range(0, 100, 50))
def test_the_laws_hold_with_the_model_centre(start: int) -> None:
    for seed in range(start, start + 50):
        World(seed, ModelCentre()).run()


@pytest.mark.parametrize("start", range(0, 8, 4))
def test_the_laws_hold_with_the_real_centre(start: int) -> None:
    for seed in range(start, start + 4):
        centre = RealCentre()
        World(seed, centre).run()
        centre.close()


def test_a_seed_is_a_world() -> None:
    """The same one each time, or a failure could not be looked into."""
    one, two = ModelCentre(), ModelCentre()
    World(7, one).run()
    World(7, two).run()
    assert one.events() == two.events() != {}


def _seeds_to_find(*bugs: Bug) -> int:
    for seed in count():
        try:
            World(seed, ModelCentre(frozenset(bugs))).run()
        except BrokenLawError:
            return seed + 1
    raise AssertionError


@pytest.mark.parametrize("bug", Bug, ids=lambda bug: bug.name.lower())
def test_a_planted_bug_is_found(bug: Bug) -> None:
    assert _seeds_to_find(bug) <= SEEDS_TO_FIND_A_BUG_MAX


def _up_to_the_last(batch: Sequence[Waiting], answers: Sequence[Answer]) -> list[Answered]:
    """Take the answer to the last event answered for an answer to all before it."""
    told = matched(batch, answers)
    if not told:
        return []
    last = max(told, key=lambda one: one.number)
    return [Answered(one.number, last.outcome, last.version, (), True) for one in batch if one.number <= last.number]


def test_a_device_that_acknowledges_up_to_the_last_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.device.exchanger.matched", _up_to_the_last)
    assert _seeds_to_find() <= SEEDS_TO_FIND_A_BUG_MAX
