"""Histories: what happens on a floor at random, what is recorded of it by clocks that err, in what order it arrives.

The shelf is the truth: goods that are lost, scans of what never happened, miscounts, undone facts are told apart from
it. Words and identifications are said on the way, by whoever sees what has arrived so far.
"""

from collections.abc import Callable
from heapq import heappop, heappush
from typing import NamedTuple

from scanner_app.domain.events.event import Event
from scanner_app.domain.ledger import StockKey
from scanner_app.domain.quantity import SCALE
from tests.counting.adjusting import Adjusting
from tests.counting.arrivals import Arrivals
from tests.counting.ground import Ground, Happened
from tests.counting.random_counts import Counts
from tests.counting.random_moves import Moves
from tests.counting.shelves import PEOPLE, SHELVES, limits
from tests.counting.site import Limits, Site


class History(NamedTuple):
    """Events in the order of arrival, some of them twice; what happened, and how far each clock was off (us)."""

    events: list[Event]
    happened: list[Happened]
    off_us: dict[str, int]
    site: Site

    def shelf(self, key: StockKey, at_us: int = 2**62) -> int:
        """What a key held, in micro-units, at a true time."""
        return SCALE * sum(one.pieces for one in self.happened if one.key == key and one.at_us <= at_us)


def history(seed: int, site: Callable[[Limits], Site] = Site) -> History:
    """The history of a seed: the same for the same, told to a site of a kind."""
    ground, told_to = Ground(seed), site(limits)
    adjusting = Adjusting(seed, ground.floor, PEOPLE)
    arrivals = Arrivals(ground, told_to, adjusting)
    _happen(ground, adjusting)
    return History(list(arrivals.arrived()), ground.happened, ground.off_us, told_to)


def _happen(ground: Ground, adjusting: Adjusting) -> None:
    """Goods come, are moved, counted and adjusted; acts may lead to others."""
    dice, moves, counts = ground.dice, Moves(ground), Counts(ground)
    for what in dice.sample(SHELVES, dice.randint(1, 4)):
        moves.stock(what)
    acts = (moves.take, moves.take, moves.lose, moves.lose, moves.mis_scan, moves.stranger, ground.undo)
    for _ in range(dice.randint(2, 7)):
        ground.later(dice.choice(acts))
    for _ in range(dice.randint(1, 4)):
        ground.later(counts.begin)
    for adjustment in adjusting.acts(ground, ground.made):
        heappush(ground.to_come, adjustment)
    while ground.to_come:
        at_us, _number, act = heappop(ground.to_come)
        act(at_us)
