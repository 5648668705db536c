"""The simulated world at length: 10,000 seeds, or ``SIMULATION_SEEDS`` of them; 3 in 100 with the real centre, too."""

import os

import pytest

from tests.extent import SEED, extent
from tests.sync.simulated.model import ModelCentre
from tests.sync.simulated.real import RealCentre
from tests.sync.simulated.world import World

SEEDS = int(os.environ.get("SIMULATION_SEEDS", extent(short=34, long=10_000)))
REAL_SEEDS = SEEDS * 3 // 100
FIRST = (SEED - 1) * SEEDS
PORTION = 500
REAL_PORTION = 25


@pytest.mark.timeout(600)
@pytest.mark.parametrize("start", range(0, SEEDS, PORTION))
def test_the_laws_hold_with_the_model_centre(start: int) -> None:
    for seed in range(start, min(start + PORTION, SEEDS)):
        World(FIRST + seed, ModelCentre()).run()


@pytest.mark.timeout(600)
@pytest.mark.parametrize("start", range(0, REAL_SEEDS, REAL_PORTION))
def test_the_laws_hold_with_the_real_centre(start: int) -> None:
    for seed in range(start, min(start + REAL_PORTION, REAL_SEEDS)):
        centre = RealCentre()
        World(FIRST + seed, centre).run()
        centre.close()
