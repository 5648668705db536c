"""Holding a site to what a story expects of it."""

from scanner_app.domain.counting.identity import claim_id
from scanner_app.domain.counting.the_list import the_list
from scanner_app.domain.ledger import is_account
from scanner_app.domain.quantity import SCALE
from tests.counting.cases import Story
from tests.counting.site import Site


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
    assert not any(is_account(part.key.place) for state in found.values() for part in state.parts)
