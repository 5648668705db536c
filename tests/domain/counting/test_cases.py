"""Every named case, told to the fold: in its order of arrival, and where everything is decided at the end in others."""

from random import Random

import pytest

from scanner_app.domain.counting.identity import claim_id
from scanner_app.domain.counting.the_list import the_list
from scanner_app.domain.quantity import SCALE
from tests.counting.cases import CASES, Story
from tests.counting.floor import Floor
from tests.counting.more_cases import MORE
from tests.counting.site import Site
from tests.counting.told import limits_of, told

ALL = CASES | MORE


def held_to(story: Story, site: Site) -> None:
    """Hold a site against what a story expects."""
    found = {claim.id: state for claim, state in site.folded.kept}
    named = {claim.id: (claim.count, claim.key) for claim, _state in site.folded.kept}
    assert {key: site.folded.balances.get(key, 0) / SCALE for key in story.book} == story.book
    rows = the_list(site.folded.kept)
    assert {named[kept.claim.id] for row in rows for kept in row.claims if not row.is_for_review} == story.waits
    assert story.rows in (None, len(rows))
    assert {named[id] for id, state in found.items() if state.is_in_doubt} == story.doubted
    assert {claim for claim in story.stands if not found[claim_id(*claim)].stands} == set()
    assert {claim: found[claim_id(*claim)].variance / SCALE for claim in story.variances} == story.variances
    reviewed = {named[kept.claim.id] for row in rows for kept in row.claims if row.is_for_review}
    assert story.reviewed in (None, reviewed)
    if story.verdicts is not None:
        assert [str(one.verdict.why) for one in site.heard] == story.verdicts


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
