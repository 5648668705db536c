"""Claims: the sentences that say what was booked, or something of it, each held against the event of the journal."""

from collections import Counter
from collections.abc import Mapping

from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.events.moved import Moved
from scanner_app.domain.limits.limit import Load
from scanner_app.domain.limits.motion import set_off
from scanner_app.workflows.count import phrases as counts
from scanner_app.workflows.engine.script import Post
from scanner_app.workflows.library import SCRIPTS
from scanner_app.workflows.parts import phrases as parts
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.today import phrases as today
from tests.torture.walks.book import Book
from tests.torture.walks.claims.claim import Claim
from tests.torture.walks.claims.corrections import CORRECTIONS, REASONS
from tests.torture.walks.claims.counts import COUNTS
from tests.torture.walks.claims.decisions import DECISIONS
from tests.torture.walks.claims.moves import MOVES
from tests.torture.walks.place import LIMIT
from tests.ways import endings


def _gone(fact: Fact, said: Said, event: Event, book: Book) -> bool:
    del said, event
    return isinstance(fact, Annulled) and fact.event in book.events


def _over_limit(fact: Fact, said: Said, event: Event, book: Book) -> bool:
    """Some item is moved from its place, or several, that is more than the one limit of the site."""
    del said, event, book
    left: Counter[str] = Counter()
    for (_place, item), quantity in set_off(fact.legs if isinstance(fact, Moved) else ()).items():
        left[item] += quantity
    return any(LIMIT.second.are_passed(Load(quantity, 0)) for quantity in left.values())


CLAIMS: Mapping[str, Claim] = {
    **MOVES,
    **COUNTS,
    **DECISIONS,
    **CORRECTIONS,
    counts.TAKEN_OUT.key: _gone,
    counts.REOPENED.key: _gone,
    today.GONE.key: _gone,
}

BESIDE: Mapping[str, Claim] = {parts.OVER_LIMIT.key: _over_limit, **REASONS}
"""What is said of an event beside what was booked: said if, and only if, it is so."""


def posted() -> set[str]:
    """The key of every sentence that a script ends with when it books, from the scripts."""
    ends = (end for name in SCRIPTS for end in endings(name))
    return {one.key for end in ends if isinstance(end, Post) and end.said for one in end.said.in_order}


def is_true(said: Said, event: Event, book: Book) -> bool:
    """Whether the event is what the sentence says."""
    return CLAIMS[said.key](event.fact, said, event, book)


def beside(event: Event, book: Book) -> set[str]:
    """The keys of what must be said of an event beside what was booked."""
    return {key for key, is_so in BESIDE.items() if is_so(event.fact, Said(key, ""), event, book)}
