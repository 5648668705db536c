"""A site that is followed by a keeper: after every fact what walks have kept is held against the fold from scratch."""

from collections import defaultdict
from collections.abc import Mapping
from typing import TypeVar

from scanner_app.domain.counting.state import Kept
from scanner_app.domain.events.event import Event
from scanner_app.domain.ledger import StockKey
from tests.counting.histories import History, history
from tests.counting.keeper import Keeper
from tests.counting.site import Limits, Site

T = TypeVar("T")


class Followed(Site):
    """A site, and what is kept of it by walks: by one a fact, or by one for some facts together."""

    def __init__(self, limits: Limits, together: int = 1) -> None:
        Site.__init__(self, limits)
        self.keeper = Keeper(limits)
        self._together = together

    def arrive(self, event: Event) -> None:
        Site.arrive(self, event)
        if len(self.events) % self._together == 0:
            self.follow()

    def follow(self) -> None:
        """Bring up to date what is kept, and compare."""
        self.keeper.follow(self.facts())
        agree(self, self.keeper)


def followed(seed: int) -> History:
    """Follow the history of a seed: every other one fact by fact, the rest by some at a time."""
    together = 1 if seed % 2 else 2 + seed % 3
    told = history(seed, lambda limits: Followed(limits, together))
    assert isinstance(told.site, Followed)
    told.site.follow()
    return told


def agree(site: Site, keeper: Keeper) -> None:
    """Hold what was kept against the fold: every claim, what it booked and when, and every balance."""
    assert keeper.kept == {kept.claim.id: kept for kept in site.folded.kept if not kept.is_idle}
    held: dict[StockKey, int] = defaultdict(int)
    booked: dict[tuple[str, StockKey, int], int] = defaultdict(int)
    for one in site.facts().posted:
        held[one.key] += one.quantity
    for row in keeper.rows:
        held[row.key] += row.quantity
        booked[row.claim, row.key, row.instant.time_us] += row.quantity
    assert _without_zeros(held) == _without_zeros(site.folded.balances)
    expected = [one for kept in keeper.kept.values() for one in _booked(kept)]
    assert _without_zeros(booked) == dict(one for one in expected if one[1])


def _booked(kept: Kept) -> list[tuple[tuple[str, StockKey, int], int]]:
    at_us, state = kept.claim.instant.time_us, kept.state
    own = (kept.claim.key, state.adjustment)
    every = [own, *((part.key, part.adjustment) for part in state.parts)]
    return [((kept.claim.id, key, at_us), quantity) for key, quantity in every]


def _without_zeros(held: Mapping[T, int]) -> dict[T, int]:
    return {key: quantity for key, quantity in held.items() if quantity}
