"""Telling a story to a model of a site: in the order of arrival, or another; what comes of it."""

from collections.abc import Iterable, Sequence

from scanner_app.domain.catalog import NO_LIMIT, Tolerance
from scanner_app.domain.counting.claim import ClaimKind
from scanner_app.domain.counting.frozen import Frozen
from scanner_app.domain.counting.state import Kept
from scanner_app.domain.events.decided import SubjectKind
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.saying import Subject
from scanner_app.domain.quantity import SCALE
from tests.counting.cases.story import Story
from tests.counting.floor import S2, Floor
from tests.counting.site import Limits, Site


def limits_of(story: Story) -> Limits:
    """The limits beside each claim of a story."""
    limit = story.limit or Tolerance("none")
    bound = story.recount_value if story.recount_value == NO_LIMIT else story.recount_value * SCALE
    frozen = Frozen(limit.percent, limit.quantity, limit.value, bound, cost=story.cost * SCALE)
    return lambda _claim: frozen


def told(story: Story, events: Iterable[Event], floor: Floor, site: Site) -> Site:
    """A site to which a story was told; what was not decided in it is accepted at the end."""
    for event in events:
        site.arrive(event)
    if not story.is_decided:
        for subject in undecided(site.folded.kept):
            site.arrive(floor.said("accept", [subject], "20:00", by=S2))
    return site


def undecided(kept: Sequence[Kept]) -> list[Subject]:
    """Each claim, and each closing as a whole, as a supervisor sees it."""
    closings = sorted({one.claim.version for one in kept if one.claim.kind is ClaimKind.CLOSING})
    lines = [one for one in kept if one.claim.kind is ClaimKind.LINES]
    claims = [Subject(SubjectKind.CLAIM, one.claim.id, one.claim.version, 0, one.state.variance) for one in lines]
    return [*claims, *(Subject(SubjectKind.CLOSING, closing, closing) for closing in closings)]
