"""Every named case, told to the fold: in its order of arrival, and where everything is decided at the end in others."""

from random import Random

import pytest

from tests.counting.cases.every import EVERY
from tests.counting.floor import Floor
from tests.counting.held import held_to
from tests.counting.site import Site
from tests.counting.told import limits_of, told


@pytest.mark.parametrize("name", EVERY)
def test_a_case(name: str) -> None:
    floor = Floor()
    story = EVERY[name](floor)
    held_to(story, told(story, story.events, floor, Site(limits_of(story))))


@pytest.mark.parametrize("name", [name for name in EVERY if not EVERY[name](Floor()).is_decided])
def test_a_case_in_other_orders_of_arrival(name: str) -> None:
    for seed in range(6):
        floor = Floor()
        story = EVERY[name](floor)
        words = [event for event in story.events if event.fact.says]
        events = [event for event in story.events if not event.fact.says]
        Random(seed).shuffle(events)
        held_to(story, told(story, [*events, *events[:2], *words], floor, Site(limits_of(story))))
