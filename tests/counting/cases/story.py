"""A story of counting: events in the order of their arrival, and what the book must say then.

Where a story says no words of its own, a supervisor accepts every claim, and every closing as a whole, at the end.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from scanner_app.domain.catalog import NO_LIMIT, Tolerance
from scanner_app.domain.events.event import Event
from scanner_app.domain.ledger import StockKey
from scanner_app.domain.quantity import SCALE
from tests.counting.floor import Floor, key

Claimed = tuple[str, StockKey]
"""A count, and a key of which it says something."""


class Story(NamedTuple):
    """Events in the order of their arrival, and what is expected: pieces by key; claims on the list, and in doubt.

    ``recount_value`` and ``cost`` (of a piece, in whole units of money) are the site's and the items'. ``verdicts`` are
    why each word is not valid, empty where it is. ``is_decided``: the words are among the events;
    otherwise everything is accepted at the end, and the events may arrive in any order.
    """

    events: Sequence[Event]
    book: Mapping[StockKey, int]
    limit: Tolerance | None = None
    is_decided: bool = False
    waits: frozenset[Claimed] = frozenset()
    doubted: frozenset[Claimed] = frozenset()
    stands: frozenset[Claimed] = frozenset()
    verdicts: Sequence[str] | None = None
    rows: int | None = None
    variances: Mapping[Claimed, int] = {}
    reviewed: frozenset[Claimed] | None = None
    recount_value: int = NO_LIMIT
    cost: int = 0


Telling = Callable[[Floor], Story]


def registering(stories: dict[str, Telling]) -> Callable[[str], Callable[[Telling], Telling]]:
    """Return what puts a story into ``stories``, by what happened."""

    def case(name: str) -> Callable[[Telling], Telling]:
        def register(telling: Telling) -> Telling:
            assert name not in stories, name
            stories[name] = telling
            return telling

        return register

    return case


def pieces(quantity: int) -> Tolerance:
    """A limit of so many pieces for all."""
    return Tolerance("all", quantity=quantity * SCALE)


def percent(number: int) -> Tolerance:
    return Tolerance("all", percent=number * SCALE)


A, BOLT, B = key("A"), key("A", "BOLT"), key("B")
GLUE1, GLUE2 = key("A", "GLUE", lot="L1"), key("A", "GLUE", lot="L2")
ON_HOLD = key("A", status="HOLD")
CODE = "999"


def saw(place: str, **identity: str) -> StockKey:
    return key(place, "SAW", serial="S1", **identity)


def only(count: str, what: StockKey = A) -> frozenset[Claimed]:
    return frozenset({(count, what)})
