"""Every named case of counting through the real applying code, in its order of arrival, held after every event."""

import pytest

from sync.central.database.store import CentralStore
from tests.central.counting.centre import hold, rolled_back
from tests.central.counting.told_words import judged_as
from tests.counting.cases import CASES
from tests.counting.floor import S2, Floor
from tests.counting.site import Site
from tests.counting.told import limits_of, undecided


@pytest.mark.parametrize("name", CASES)
def test_a_named_case(name: str, floor_store: CentralStore) -> None:
    floor = Floor()
    story = CASES[name](floor)
    site = Site(limits_of(story.limit))
    with rolled_back(floor_store, story.limit) as centre, judged_as(site):
        events = list(story.events)
        while events:
            event = events.pop(0)
            site.arrive(event)
            centre.push([event])
            hold(centre, site)
            if not events and not story.is_decided and event.operator != S2.operator:
                events = [floor.said("accept", [one], "20:00", by=S2) for one in undecided(site.folded.kept)]
        assert {key: centre.pieces(key) for key in story.book} == story.book
