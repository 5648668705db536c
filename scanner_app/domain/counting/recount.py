"""Agreement: a recount by somebody who did not know what the first said found what must be there if that was right."""

from collections.abc import Iterable, Sequence

from scanner_app.domain.counting.claim import Claim, goods_of
from scanner_app.domain.counting.state import Kept, Standing
from scanner_app.domain.ledger import StockKey


def recounted(claim: Claim, before: Iterable[Kept]) -> Kept | None:
    """The claim of the same key that this one recounts, where it is one of those ``before`` it."""
    if not claim.recounts:
        return None
    fitting = (one for one in before if one.claim.id == claim.recounts and one.claim.key == claim.key)
    return next((one for one in fitting if one.claim.instant < claim.instant), None)


def agrees(claim: Claim, first: Kept, between: Iterable[Kept], legs_between: int) -> bool:
    """Say whether a claim agrees with the ``first`` that it recounts.

    ``between`` are the claims of their goods that lie between the two, ``legs_between`` what was added to the key.

    Seven were counted, two picked, and somebody else counts five: that agrees, unless somebody accepted meanwhile that
    none is there.

    >>> from scanner_app.domain.clock import Instant
    >>> from scanner_app.domain.counting.count import CountLine, claims_of
    >>> from scanner_app.domain.counting.state import State
    >>> first, between, again = (
    ...     claims_of([CountLine(f"l{at}", f"c{at}", key, found, at, Instant(at, "d", 1, at, 0), 0, who, who)])[0]
    ...     for key in [StockKey("A", "TEA")]
    ...     for at, (found, who) in enumerate([(7, "7"), (0, "8"), (5, "9")])
    ... )
    >>> none = Kept(between, State(standing=Standing.ACCEPTED))
    >>> [agrees(again, Kept(first, State()), claims, legs_between=-2) for claims in ([], [none])]
    [True, False]
    """
    by_another = not claim.was_shown and not (claim.persons & first.claim.persons)
    as_much = claim.quantity - first.claim.quantity == legs_between
    if not by_another or not as_much or first.state.standing is Standing.REJECTED:
        return False
    return not any(one.state.standing is Standing.ACCEPTED and speaks_of(one.claim, claim.key) for one in between)


def speaks_of(claim: Claim, key: StockKey) -> bool:
    """Say whether a claim says how much a key held: its own, and where it found a serial every other of that."""
    return claim.key == key or (claim.is_serial and goods_of(claim.key) == goods_of(key))


def lying_between(first: Kept, claim: Claim, before: Sequence[Kept]) -> list[Kept]:
    """Those of the claims ``before`` that lie between the two."""
    return [one for one in before if first.claim.instant < one.claim.instant < claim.instant]
