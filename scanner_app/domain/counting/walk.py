"""The walk: what becomes of claims by what enters the book, leaves it, or is said; equal to the fold from scratch."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from scanner_app.domain.clock import Instant
from scanner_app.domain.counting.claim import Claim, Goods, goods_of
from scanner_app.domain.counting.one_walk import OneWalk
from scanner_app.domain.counting.posted import Change, Posted
from scanner_app.domain.counting.state import Kept, Row
from scanner_app.domain.counting.word import ClaimWord
from scanner_app.domain.ledger import StockKey, is_account


class Window(NamedTuple):
    """The claims as they were kept, of all goods that are touched; those of each goods without a gap between them.

    They reach from the earliest affected claim (and what such a one looks back at: the claim that it recounts with all
    between, the claims of its own count of the same goods) to the instant in ``until``; goods that are not in there are
    complete. ``words``: the valid words by claim id, and by closing event for those on the whole.
    """

    kept: Collection[Kept] = ()
    words: Mapping[str, Sequence[ClaimWord]] = {}
    until: Mapping[Goods, Instant] = {}


class News(NamedTuple):
    """What is new: ``changes`` of the book, written already; claims that are ``gone``, by id, and that are ``new``.

    A claim with other lines than before, or another closing, is gone and new. A closing that did not speak of a key
    before has a new claim on it where the key held something, or a leg may have overlapped it, or its goods are walked
    over for another reason; where it spoke of it and nothing was kept, it is kept now (``count.unmet``). A claim that
    recounts what a closing claims since now, or no longer, is ``touched``, also where nothing of that was kept.

    Of a new claim ``met`` has what each key of its goods held just before its instant (keys that held nothing may be
    left out; without ``looks_around`` its own key is enough), ``changes`` included; ``near`` are the legs of its goods
    that may overlap it, ``changes`` included.
    ``touched`` are the ids of the claims on which something was said, and the closings where it was on the whole.
    """

    changes: Sequence[Change] = ()
    gone: Collection[str] = ()
    new: Sequence[Claim] = ()
    met: Mapping[str, Mapping[StockKey, int]] = {}
    near: Sequence[Posted] = ()
    touched: Collection[str] = ()


class Walked(NamedTuple):
    """The claims whose state is another now, the ``rows`` to write, and the goods whose window ended too early."""

    kept: Sequence[Kept]
    rows: Sequence[Row]
    unended: frozenset[Goods] = frozenset()


def walk(window: Window, news: News) -> Walked:
    """Walk over the claims of each goods, once, in order of instants.

    A late pick of 3 lies before a count of 8 that stands and a count of 7 that waits: the first takes it in, and
    nothing reaches the second.

    >>> from scanner_app.domain.counting.count import CountLine, claims_of
    >>> from scanner_app.domain.counting.state import State, Standing
    >>> tea = StockKey("A", "TEA")
    >>> first, second = (
    ...     claims_of([CountLine(f"l{at}", f"c{at}", tea, counted, at, Instant(at, "d", 1, at, 0), 0, "7", "7")])[0]
    ...     for at, counted in ((20, 8), (30, 7))
    ... )
    >>> words = {first.id: [ClaimWord(1, "accept", first.version, -2)]}
    >>> kept = [Kept(first, State(-2, -2, Standing.ACCEPTED)), Kept(second, State(-1, 0, Standing.WAITING))]
    >>> pick = Change(Posted(tea, -3, Instant(10, "e", 1, 1, 0)))
    >>> walked = walk(Window(kept, words), News([pick]))
    >>> [(one.claim.count, one.state.variance, one.state.adjustment) for one in walked.kept]
    [('c20', 1, 1)]
    >>> [(row.quantity, row.instant.time_us) for row in walked.rows]
    [(3, 20)]
    """
    walks = {goods: OneWalk(window.words, set(news.touched)) for goods in _goods(window, news)}
    for kept in window.kept:
        walks[goods_of(kept.claim.key)].keep(kept, is_gone=kept.claim.id in news.gone)
    for claim in news.new:
        walks[goods_of(claim.key)].meet(claim, news.met.get(claim.id, {}))
    for change in _on_floor(news.changes):
        walks[goods_of(change.posted.key)].change(change)
    for leg in news.near:
        if (one := walks.get(goods_of(leg.key))) and not is_account(leg.key.place):
            one.near(leg)
    for one in walks.values():
        one.walk()
    ends = ((walks[goods], goods, until) for goods, until in window.until.items() if goods in walks)
    unended = frozenset(goods for one, goods, until in ends if one.carries or one.reaches_behind(until))
    kept_now = [kept for one in walks.values() for kept in one.changed]
    return Walked(kept_now, [row for one in walks.values() for row in one.rows], unended)


def _goods(window: Window, news: News) -> set[Goods]:
    keys = [kept.claim.key for kept in window.kept] + [claim.key for claim in news.new]
    return {goods_of(key) for key in (*keys, *(change.posted.key for change in _on_floor(news.changes)))}


def _on_floor(changes: Iterable[Change]) -> list[Change]:
    """No claim speaks of an account."""
    return [change for change in changes if not is_account(change.posted.key.place)]
