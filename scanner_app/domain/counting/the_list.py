"""The list of what waits for somebody: one claim a key, what is for review, and several claims that are one row."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from scanner_app.domain.counting.claim import Goods, goods_of
from scanner_app.domain.counting.recount import speaks_of
from scanner_app.domain.counting.state import Kept, Standing
from scanner_app.domain.ledger import StockKey


class ListRow(NamedTuple):
    """One row: a claim that waits or is ``for review``; or several, of which nobody said whose the goods are."""

    claims: Sequence[Kept]
    is_for_review: bool = False


def the_list(kept: Iterable[Kept]) -> list[ListRow]:
    """The rows of some goods, whose claims are given from the earliest that waits on."""
    of_goods: dict[Goods, list[Kept]] = defaultdict(list)
    for one in sorted(kept, key=lambda each: (each.claim.instant, each.claim.key)):
        of_goods[goods_of(one.claim.key)].append(one)
    return [row for claims in of_goods.values() for row in _rows(claims)]


def _rows(of_goods: Sequence[Kept]) -> list[ListRow]:
    keys = sorted({one.claim.key for one in of_goods})
    waiting = [one for key in keys if (one := listed(of_goods, key)) is not None]
    unsaid: dict[str, list[Kept]] = defaultdict(list)
    for one in waiting:
        if one.state.is_unsaid:
            unsaid[one.claim.count].append(one)
    alone = [ListRow([one]) for one in waiting if not one.state.is_unsaid]
    alone += [
        ListRow([one]) for one in of_goods if one.claim.frozen.is_ahead and one.state.standing is Standing.WAITING
    ]
    review = [ListRow([one], is_for_review=True) for one in of_goods if one.state.is_for_review]
    return [*alone, *(ListRow(claims) for claims in unsaid.values()), *review]


def listed(of_goods: Sequence[Kept], key: StockKey) -> Kept | None:
    """The claim of a key that is on the list, of all the claims of its goods in order of instants.

    It is the newest that waits, if nothing that a person accepted lies after it, and no recount of it that stands.
    Those before it are replaced. One that was rejected is off the list and hides nothing; nor does one that had not
    happened yet when the centre met it, which is a row of its own.

    >>> from scanner_app.domain.clock import Instant
    >>> from scanner_app.domain.counting.count import CountLine, claims_of
    >>> from scanner_app.domain.counting.state import State
    >>> tea = StockKey("A", "TEA")
    >>> def kept(at: int, standing: str) -> Kept:
    ...     line = CountLine(f"l{at}", f"c{at}", tea, 8, at, Instant(at, "d", 1, at, 0), 0, "7", "7")
    ...     return Kept(claims_of([line])[0], State(standing=Standing(standing)))
    >>> def counts(*standings: str) -> str:
    ...     found = listed([kept(at, standing) for at, standing in enumerate(standings)], tea)
    ...     return found.claim.count if found else ""
    >>> counts("waiting", "waiting"), counts("waiting", "within"), counts("waiting", "rejected")
    ('c1', 'c0', 'c0')
    >>> counts("waiting", "accepted"), counts("waiting", "accepted", "waiting")
    ('', 'c2')
    """
    for place in reversed(range(len(of_goods))):
        one = of_goods[place]
        if one.claim.key == key and one.state.standing is Standing.WAITING and not one.claim.frozen.is_ahead:
            return None if any(_replaces(later, one) for later in of_goods[place + 1 :]) else one
    return None


def _replaces(later: Kept, one: Kept) -> bool:
    is_accepted = later.state.standing is Standing.ACCEPTED and speaks_of(later.claim, one.claim.key)
    return is_accepted or (later.state.stands and later.claim.recounts == one.claim.id)
