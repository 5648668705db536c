"""Every named case of counting through the real applying code, in its order of arrival, held against the fold."""

import pytest

from scanner_app.domain.catalog import NO_LIMIT
from scanner_app.domain.quantity import SCALE
from sync.central.database.store import CentralStore
from tests.central.counting.centre import ITEMS, Rules, hold, rolled_back
from tests.counting.cases.every import EVERY
from tests.counting.cases.story import Story
from tests.counting.floor import S2, Floor
from tests.counting.site import Site
from tests.counting.told import limits_of, undecided


def rules_of(story: Story) -> Rules:
    """What the site of a story says of counts."""
    bound = story.recount_value if story.recount_value == NO_LIMIT else story.recount_value * SCALE
    return Rules([story.limit] if story.limit else [], dict.fromkeys(ITEMS, story.cost * SCALE), bound)


@pytest.mark.parametrize("name", EVERY)
def test_a_named_case(name: str, floor_store: CentralStore) -> None:
    floor = Floor()
    story = EVERY[name](floor)
    site = Site(limits_of(story))
    with rolled_back(floor_store, rules_of(story)) as centre:
        for event in story.events:
            site.arrive(event)
            centre.push([event])
        hold(centre, site)
        assert story.verdicts is None or centre.verdicts() == story.verdicts
        for subject in [] if story.is_decided else undecided(site.folded.kept):
            word = floor.said("accept", [subject], "20:00", by=S2)
            site.arrive(word)
            centre.push([word])
        hold(centre, site)
        assert {key: centre.pieces(key) for key in story.book} == story.book
