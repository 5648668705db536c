"""Settling a claim: whether it stands, by what was said, found around it, or agreed; and what is booked of it then."""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from msgspec.structs import replace

from scanner_app.domain.counting.claim import Claim
from scanner_app.domain.counting.frozen import is_recount_worth, is_within, wants_two
from scanner_app.domain.counting.state import Part, Standing, State
from scanner_app.domain.counting.word import ClaimWord, ruling
from scanner_app.domain.events.decided import Word
from scanner_app.domain.ledger import StockKey


class Around(NamedTuple):
    """What is known around a claim: the valid ``words`` on it, and whether its count left unsaid whose these goods are.

    ``agrees``: it is a recount that agrees with what it recounts (``recount.py``).
    """

    words: Collection[ClaimWord] = ()
    is_unsaid: bool = False
    agrees: bool = False


def settled(claim: Claim, met: State, around: Around) -> State:
    """The state of a claim that found so much: of ``met`` its differences and doubts are read, and nothing else.

    One fewer than the book is within the limit of one, but not where a leg may have come before or after it. What
    somebody accepts stands, however much it is:

    >>> from scanner_app.domain.clock import Instant
    >>> from scanner_app.domain.counting.count import CountLine, claims_of
    >>> from scanner_app.domain.counting.frozen import Frozen
    >>> line = CountLine("l", "c", StockKey("A", "TEA"), 9, 1, Instant(1, "d", 1, 1, 0), 0, "7", "7", is_unsaid=True)
    >>> claim = replace(claims_of([line])[0], frozen=Frozen(quantity=1))
    >>> [settled(claim, State(-1, below=below), Around()).standing.value for below in (0, -4)]
    ['within', 'waiting']
    >>> accepted = settled(claim, State(-5), Around([ClaimWord(3, "accept", claim.version, amount=-5)]))
    >>> accepted.standing.value, accepted.adjustment, accepted.word
    ('accepted', -5, 3)

    Nobody said that these goods are available, and one of them is on hold: the count waits, within its limit or not.

    >>> on_hold = Part(StockKey("A", "TEA", status="HOLD"), variance=-1)
    >>> waits = settled(claim, State(1, parts=(on_hold,)), Around())
    >>> waits.standing.value, waits.is_unsaid, waits.adjustment
    ('waiting', True, 0)

    What two persons are to count waits for the second, and stands by it:

    >>> two = replace(claim, frozen=Frozen(quantity=1, two_from=0))
    >>> [settled(two, State(0), Around(agrees=agrees)).standing.value for agrees in (False, True)]
    ['waiting', 'exact']
    """
    word = ruling(around.words, claim.version) if around.words else None
    is_unsaid = around.is_unsaid or (claim.is_unsaid and any(_is_otherwise(claim, part) for part in met.parts))
    standing = _standing(claim, met, word, agrees=around.agrees, is_unsaid=is_unsaid)
    return State(
        met.variance,
        met.variance if standing.stands else 0,
        standing,
        met.below,
        met.above,
        parts=tuple(_booked(claim, met.parts, stands=standing.stands)) if met.parts else (),
        is_unsaid=is_unsaid,
        word=word.number if word else 0,
        is_for_review=standing is Standing.ACCEPTED and _is_further(claim, met.variance, word),
    )


def _is_otherwise(claim: Claim, part: Part) -> bool:
    """Say whether another owner or status holds something of the goods."""
    return part.variance != 0 and _whose(part.key) != _whose(claim.key)


def _whose(key: StockKey) -> tuple[str, str]:
    return key.owner, key.status


def _standing(claim: Claim, met: State, word: ClaimWord | None, *, agrees: bool, is_unsaid: bool) -> Standing:
    if word is not None:
        return Standing.ACCEPTED if word.word == Word.ACCEPT else Standing.REJECTED
    if not agrees and is_alone(claim, met):
        return Standing.WAITING
    differences = _differences(claim, met)
    if not differences and not met.is_in_doubt:
        return Standing.EXACT
    return Standing.WAITING if is_unsaid else _by_rule(claim, met, differences, agrees=agrees)


def _by_rule(claim: Claim, met: State, differences: list[tuple[int, int]], *, agrees: bool) -> Standing:
    """Within its limits, or as a recount that agrees; or it waits for a person."""
    if not met.is_in_doubt and all(is_within(claim.frozen, *one) for one in differences):
        return Standing.WITHIN
    if agrees and all(is_recount_worth(claim.frozen, difference) for _counted, difference in differences):
        return Standing.AGREED
    return Standing.WAITING


def is_alone(claim: Claim, met: State) -> bool:
    """Say whether two persons are to count it: by itself it stands by no rule, however little it is off."""
    return wants_two(claim.frozen, claim.quantity, claim.quantity - met.variance)


def _differences(claim: Claim, met: State) -> list[tuple[int, int]]:
    """What was counted and what it differs by, for each key of which the claim speaks and where it differs."""
    own = [(claim.quantity, met.variance)] if met.variance else []
    return own + [(0, part.variance) for part in met.parts if part.variance] if claim.is_serial else own


def _booked(claim: Claim, parts: Iterable[Part], *, stands: bool) -> Iterator[Part]:
    """A serial that was counted is nowhere else; at the other keys of other goods was only looked."""
    for part in parts:
        booked = replace(part, adjustment=part.variance if stands and claim.is_serial else 0)
        if booked != Part(part.key):
            yield booked


def _is_further(claim: Claim, variance: int, word: ClaimWord | None) -> bool:
    """Say whether the difference went further from what was shown than the limits of the claim."""
    off = variance - word.amount if word else 0
    return bool(off) and not is_within(claim.frozen, claim.quantity, off)
