"""The walk: what becomes of claims by what enters the book, leaves it, or is said; equal to the fold from scratch."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from scanner_app.domain.clock import Instant
from scanner_app.domain.counting.claim import Claim, Goods, goods_of
from scanner_app.domain.counting.one_walk import OneWalk
from scanner_app.domain.counting.posted import Change, Posted
from scanner_app.domain.counting.settle import Around, settled
from scanner_app.domain.counting.state import Kept, Row, State
from scanner_app.domain.counting.word import ClaimWord, words_on
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
    given = _given(window, news)
    touched = set(news.touched)
    kept_now: list[Kept] = []
    rows: list[Row] = []
    unended: set[Goods] = set()
    for goods, one in given.items():
        until = window.until.get(goods)
        if until is None and (lone := one.lone()):
            _walk_alone(lone, window.words, touched, kept_now, rows)
            continue
        walked = one.walked(OneWalk(window.words, touched))
        kept_now += walked.changed
        rows += walked.rows
        if until is not None and (walked.carries or walked.reaches_behind(until)):
            unended.add(goods)
    return Walked(kept_now, rows, frozenset(unended))


class _Given:
    """What is given of some goods: claims as they were kept, claims that are new, legs that changed or lie near."""

    def __init__(self) -> None:
        self.kept: list[tuple[Kept, bool]] = []
        self.new: list[tuple[Claim, Mapping[StockKey, int]]] = []
        self.changes: list[Change] = []
        self.near: list[Posted] = []

    def lone(self) -> "_Lone | None":
        """The one claim that there is, where nothing else happened and it does not look around."""
        if len(self.kept) + len(self.new) != 1 or self.changes or self.near:
            return None
        if self.new:
            claim, met = self.new[0]
            return None if claim.looks_around else _Lone(claim, None, met.get(claim.key, 0))
        (claim, was), is_gone = self.kept[0]
        return None if is_gone or claim.looks_around or was.parts else _Lone(claim, was)

    def walked(self, walk: OneWalk) -> OneWalk:
        for kept, is_gone in self.kept:
            walk.keep(kept, is_gone=is_gone)
        for claim, met in self.new:
            walk.meet(claim, met)
        for change in self.changes:
            walk.change(change)
        for leg in self.near:
            walk.near(leg)
        walk.walk()
        return walk


class _Lone(NamedTuple):
    """A claim that nothing is carried to: as it ``was`` kept, or what its key ``held`` when it is new."""

    claim: Claim
    was: State | None
    held: int = 0


def _walk_alone(
    lone: _Lone, words: Mapping[str, Sequence[ClaimWord]], touched: Collection[str], kept: list[Kept], rows: list[Row]
) -> None:
    """What a walk makes of a claim that is alone: most goods that are counted have one, and a thousand may come."""
    claim, was, held = lone
    if was is not None and claim.id not in touched and claim.version not in touched:
        return
    met = State(claim.quantity - held) if was is None else was
    state = settled(claim, met, Around(words_on(claim, words) if words else ()))
    if booked := state.adjustment - (was.adjustment if was is not None else 0):
        rows.append(Row(claim.id, claim.key, booked, claim.instant))
    if state != was:
        kept.append(Kept(claim, state))


def _given(window: Window, news: News) -> Mapping[Goods, _Given]:
    given: dict[Goods, _Given] = defaultdict(_Given)
    for kept in window.kept:
        given[goods_of(kept.claim.key)].kept.append((kept, kept.claim.id in news.gone))
    for claim in news.new:
        given[goods_of(claim.key)].new.append((claim, news.met.get(claim.id, {})))
    for change in news.changes:
        if not is_account(change.posted.key.place):
            given[goods_of(change.posted.key)].changes.append(change)
    for leg in news.near:
        if (one := given.get(goods_of(leg.key))) and not is_account(leg.key.place):
            one.near.append(leg)
    return given
