"""Every named case, told to the fold: in its order of arrival, and where everything is decided at the end in others."""

from random import Random

import pytest

from tests.counting.cases import CASES
from tests.counting.floor import Floor
from tests.counting.held import held_to
from tests.counting.more_cases import MORE
from tests.counting.site import Site
from tests.counting.told import limits_of, told

ALL = CASES | MORE


@pytest.mark.parametrize("name", ALL)
def test_a_case(name: str) -> None:
    floor = Floor()
    story = ALL[name](floor)
    held_to(story, told(story, story.events, floor, Site(limits_of(story))))


@pytest.mark.parametrize("name", [name for name in ALL if not ALL[name](Floor()).is_decided])
def test_a_case_in_other_orders_of_arrival(name: str) -> None:
    for seed in range(6):
        floor = Floor()
        story = ALL[name](floor)
        words = [event for event in story.events if event.fact.says]
        events = [event for event in story.events if not event.fact.says]
        Random(seed).shuffle(events)
        held_to(story, told(story, [*events, *events[:2], *words], floor, Site(limits_of(story))))
