"""The walk equals the fold after every fact, whatever arrives in whatever order."""

import pytest

from tests.counting.cases.every import EVERY
from tests.counting.floor import Floor
from tests.counting.followed import Followed
from tests.counting.told import limits_of, told


@pytest.mark.parametrize("name", EVERY)
def test_the_walk_equals_the_fold_in_a_case(name: str) -> None:
    floor = Floor()
    story = EVERY[name](floor)
    limits = limits_of(story)
    told(story, story.events, floor, Followed(limits))
