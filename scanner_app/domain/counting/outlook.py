"""Outlook: what the book will hold once somebody accepts some claims, by the walk that will be made then."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from scanner_app.domain.counting.state import Kept
from scanner_app.domain.counting.walk import News, Window, walk
from scanner_app.domain.counting.word import ClaimWord
from scanner_app.domain.events.decided import Word
from scanner_app.domain.ledger import StockKey

_LAST = 2**62
"""The number of a word that is later than each there is."""


class Outlook(NamedTuple):
    """By key how much ``more`` the book will hold, or less; it is not ``is_whole`` where the window ended too early."""

    more: Mapping[StockKey, int]
    is_whole: bool


def after_accepting(window: Window, accepted: Iterable[Kept]) -> Outlook:
    """What comes of accepting claims of the window by one word, as they are.

    A later count that stood by its limits falls by it. Ten in the book; fourteen were counted and wait, then twelve,
    which waits as well, and would be within the limit of two of fourteen; the book will hold twelve, and not fourteen:

    >>> from msgspec.structs import replace
    >>> from scanner_app.domain.clock import Instant
    >>> from scanner_app.domain.counting.count import CountLine, claims_of
    >>> from scanner_app.domain.counting.frozen import Frozen
    >>> from scanner_app.domain.counting.state import Standing, State
    >>> tea = StockKey("A", "TEA")
    >>> first, second = (
    ...     claims_of([CountLine(f"l{at}", f"c{at}", tea, counted, at, Instant(at, "d", 1, at, 0), 0, "7", "7")])[0]
    ...     for at, counted in ((20, 14), (30, 12))
    ... )
    >>> kept = [Kept(first, State(4, 0, Standing.WAITING))]
    >>> kept += [Kept(replace(second, frozen=Frozen(quantity=2)), State(3, 0, Standing.WAITING))]
    >>> after_accepting(Window(kept[:1]), kept[:1]).more[tea], after_accepting(Window(kept), kept[:1]).more[tea]
    (4, 3)
    """
    words = dict(window.words)
    named = list(accepted)
    for claim, state in named:
        accept = ClaimWord(_LAST, Word.ACCEPT.value, claim.version, state.variance)
        words[claim.id] = [*words.get(claim.id, ()), accept]
    walked = walk(window._replace(words=words), News(touched={one.claim.id for one in named}))
    more: dict[StockKey, int] = defaultdict(int)
    for row in walked.rows:
        more[row.key] += row.quantity
    return Outlook(more, not walked.unended)
