"""Holding a site to what a story expects of it."""

from scanner_app.domain.counting.claim import Claim
from scanner_app.domain.counting.the_list import the_list
from scanner_app.domain.ledger import is_account
from scanner_app.domain.quantity import SCALE
from tests.counting.cases.story import Story
from tests.counting.floor import THIEF
from tests.counting.site import Site


def held_to(story: Story, site: Site) -> None:
    """Hold a site against what a story expects."""
    found = {claim.id: state for claim, state in site.folded.kept}
    named = {claim.id: (_called(claim), claim.key) for claim, _state in site.folded.kept}
    states = {named[id]: state for id, state in found.items()}
    assert {key: site.folded.balances.get(key, 0) / SCALE for key in story.book} == story.book
    rows = the_list(site.folded.kept)
    assert {named[kept.claim.id] for row in rows for kept in row.claims if not row.is_for_review} == story.waits
    assert story.rows in (None, len(rows))
    assert {named[id] for id, state in found.items() if state.is_in_doubt} == story.doubted
    assert {claim for claim in story.stands if not states[claim].stands} == set()
    assert {claim: states[claim].variance / SCALE for claim in story.variances} == story.variances
    reviewed = {named[kept.claim.id] for row in rows for kept in row.claims if row.is_for_review}
    assert story.reviewed in (None, reviewed)
    if story.verdicts is not None:
        assert [str(one.verdict.why) for one in site.heard] == story.verdicts
    assert not any(is_account(part.key.place) for state in found.values() for part in state.parts)


def _called(claim: Claim) -> str:
    """What its device calls a count; of one that another has called the same before, with its device."""
    device, _, count = claim.count.partition("/")
    return f"{device}/{count}" if device == THIEF.device else count
