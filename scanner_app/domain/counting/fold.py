"""The fold from scratch: the book and its claims as a pure function of facts, words and what was frozen; the oracle.

It is slow and says plainly what holds. The centre keeps the same by walks (``walk.py``), which must equal it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from scanner_app.domain.clock import Instant
from scanner_app.domain.counting.claim import Claim, goods_of
from scanner_app.domain.counting.count import (
    CountClosing,
    CountLine,
    Spoken,
    claim_of_closing,
    claims_of,
    last_closing,
    spoken,
)
from scanner_app.domain.counting.doubt import doubt_of
from scanner_app.domain.counting.frozen import Frozen
from scanner_app.domain.counting.posted import Posted
from scanner_app.domain.counting.recount import agrees, lying_between, recounted
from scanner_app.domain.counting.settle import Around, settled
from scanner_app.domain.counting.state import Kept, Part, State
from scanner_app.domain.counting.undone import Undo, undone_before
from scanner_app.domain.counting.word import ClaimWord, words_on
from scanner_app.domain.ledger import StockKey, is_account


class Facts(NamedTuple):
    """All that arrived. ``posted`` is what is in the book; lines and closings say whether they are alive.

    ``sighted``: the instants of all plates that a count saw, by count. ``words``: the valid ones, by claim, and by
    closing for those on the whole. ``frozen``: by claim, and for those that nobody met yet the limits of ``unmet``.
    """

    posted: Sequence[Posted] = ()
    lines: Sequence[CountLine] = ()
    closings: Sequence[CountClosing] = ()
    sighted: Mapping[str, Sequence[Instant]] = {}
    undos: Sequence[Undo] = ()
    words: Mapping[str, Sequence[ClaimWord]] = {}
    frozen: Mapping[str, Frozen] = {}
    unmet: Frozen = Frozen()


class Folded(NamedTuple):
    """The book at the end, every claim with its state in order of instants, and what each closing that speaks makes."""

    balances: Mapping[StockKey, int]
    kept: Sequence[Kept]
    closings: Sequence[Spoken]


def fold(facts: Facts) -> Folded:
    """Fold the facts: a posting adds, a claim that stands sets.

    Ten are booked in, and somebody counts eight; within 5 that stands, and the book says eight:

    >>> from scanner_app.domain.quantity import SCALE
    >>> tea, limit = StockKey("A", "TEA"), Frozen(quantity=5 * SCALE)
    >>> came = Posted(tea, 10 * SCALE, Instant(1, "d", 1, 1, 0))
    >>> line = CountLine("l", "c", tea, 8 * SCALE, 5, Instant(6, "d", 1, 2, 0), 0, "7", "7")
    >>> fold(Facts([came], [line], unmet=limit)).balances[tea] // SCALE
    8

    Three that left before it came to light later; the count is right, and 1 more than the book, all the same:

    >>> left = Posted(tea, -3 * SCALE, Instant(3, "e", 1, 1, 0))
    >>> folded = fold(Facts([came, left], [line], unmet=limit))
    >>> folded.balances[tea] // SCALE, folded.kept[0].state.variance // SCALE
    (8, 1)
    """
    speaking = closings_that_speak(facts)
    kept: list[Kept] = []
    for claim in sorted(_claims(facts, speaking), key=lambda one: (one.instant, one.key)):
        kept.append(Kept(claim, _state(facts, kept, claim)))
    end = Instant(2**62, "", 0, 0, 0)
    return Folded({key: _held(facts.posted, kept, key, end) for key in _keys(facts)}, kept, speaking)


def closings_that_speak(facts: Facts) -> list[Spoken]:
    """The last closing of each count, and what it makes."""
    counts = sorted({closing.count for closing in facts.closings})
    last = [last_closing(one for one in facts.closings if one.count == count) for count in counts]
    return [_spoken(facts, closing) for closing in last if closing]


def _spoken(facts: Facts, closing: CountClosing) -> Spoken:
    lines = [line for line in facts.lines if line.count == closing.count]
    return spoken(closing, lines, facts.sighted.get(closing.count, ()), undone_before(closing, facts.undos))


def _keys(facts: Facts) -> set[StockKey]:
    """Every key that anybody knows of."""
    return {posted.key for posted in facts.posted} | {claim.key for claim in claims_of(facts.lines)}


def _claims(facts: Facts, speaking: Iterable[Spoken]) -> list[Claim]:
    claims = claims_of(facts.lines)
    for one in speaking:
        if not one.is_inert:
            claimed = {key for key in _keys(facts) if one.closing.is_of(key)} - one.exempt
            claims += [claim_of_closing(one.closing, key) for key in claimed]
    return [replace(claim, frozen=facts.frozen.get(claim.id, facts.unmet)) for claim in claims]


def _state(facts: Facts, before: Sequence[Kept], claim: Claim) -> State:
    """The state of a claim, by what was posted and by the claims before it."""
    goods = goods_of(claim.key)
    of_goods = [one for one in before if goods_of(one.claim.key) == goods]
    words = words_on(claim, facts.words)
    is_unsaid = any(one.state.is_unsaid for one in of_goods if one.claim.count == claim.count)
    around = Around(words, is_unsaid, _agrees(facts, of_goods, claim))
    return settled(claim, _met(facts, before, claim), around)


def _met(facts: Facts, before: Sequence[Kept], claim: Claim) -> State:
    held = _held(facts.posted, before, claim.key, claim.instant)
    doubt = doubt_of(claim, (leg for leg in facts.posted if leg.key == claim.key))
    parts = [_part(facts, before, claim, key) for key in _around(facts, claim)] if claim.looks_around else []
    return State(claim.quantity - held, below=doubt.below, above=doubt.above, parts=tuple(parts))


def _around(facts: Facts, claim: Claim) -> list[StockKey]:
    """The other keys of the goods of a claim, accounts left out."""
    goods = goods_of(claim.key)
    keys = (key for key in _keys(facts) if goods_of(key) == goods and not is_account(key.place))
    return sorted(key for key in keys if key != claim.key)


def _part(facts: Facts, before: Sequence[Kept], claim: Claim, key: StockKey) -> Part:
    legs = [leg for leg in facts.posted if leg.key == key] if claim.is_serial else []
    return Part(key, -_held(facts.posted, before, key, claim.instant), 0, *doubt_of(claim, legs))


def _held(posted: Iterable[Posted], before: Iterable[Kept], key: StockKey, instant: Instant) -> int:
    """What a key held just before an instant."""
    came = sum(one.quantity for one in posted if one.key == key and one.instant < instant)
    return came + sum(_adjusted(one, key) for one in before if one.claim.instant < instant)


def _adjusted(kept: Kept, key: StockKey) -> int:
    """What a claim booked on a key."""
    own = kept.state.adjustment if kept.claim.key == key else 0
    return own + sum(part.adjustment for part in kept.state.parts if part.key == key)


def _agrees(facts: Facts, before: Sequence[Kept], claim: Claim) -> bool:
    first = recounted(claim, before)
    if first is None:
        return False
    legs = (leg for leg in facts.posted if leg.key == claim.key)
    legs_between = sum(leg.quantity for leg in legs if first.claim.instant < leg.instant < claim.instant)
    return agrees(claim, first, lying_between(first, claim, before), legs_between)
