"""Frozen: the limits that the centre writes beside a claim when it first meets it, for ever; what is within them."""

from collections.abc import Iterable
from typing import NamedTuple, TypeVar

from msgspec import Struct

from scanner_app.domain.catalog import NO_LIMIT, DoubleCount, Tolerance
from scanner_app.domain.quantity import SCALE

DOUBT_MINUTES_MAX = 15
"""So much of a clock's uncertainty counts where a site has not said otherwise."""
MINUTE_US = 60_000_000
_Row = TypeVar("_Row", Tolerance, DoubleCount)


class Frozen(Struct, frozen=True, array_like=True):
    """How far a claim may be off and still stand by rule; ``NO_LIMIT`` is a limit that is not set.

    ``percent`` (of the quantity counted) and ``value`` are in millionths, ``quantity`` in micro-units, ``cost`` in
    micro-currency a base unit that day (0: none is known). ``recount_value`` bounds what an agreeing recount lets
    stand; of either clock's uncertainty ``doubt_us`` counts at most. ``is_ahead``: by the centre's clock the claim had
    not happened yet. Two persons count it from a value ``two_from`` on.
    """

    percent: int = NO_LIMIT
    quantity: int = NO_LIMIT
    value: int = NO_LIMIT
    recount_value: int = NO_LIMIT
    doubt_us: int = DOUBT_MINUTES_MAX * MINUTE_US
    cost: int = 0
    is_ahead: bool = False
    two_from: int = NO_LIMIT

    @property
    def has_limit(self) -> bool:
        return max(self.percent, self.quantity, self.value) > NO_LIMIT


def is_within(frozen: Frozen, counted: int, difference: int) -> bool:
    """Say whether a difference is so small: one limit is set at least, and each that is set holds.

    2 % of 103 that were counted are 2.06, and not of the 105 that the book had:

    >>> two_percent = Frozen(percent=2 * SCALE)
    >>> is_within(two_percent, 103 * SCALE, -2 * SCALE), is_within(two_percent, 103 * SCALE, -2_060_001)
    (True, False)

    Nothing counted is never within a percentage, and no value is known without a cost:

    >>> is_within(Frozen(percent=100 * SCALE), 0, -1), is_within(Frozen(value=5), 10, 0), is_within(Frozen(), 10, 0)
    (False, False, False)
    """
    off = abs(difference)
    if not frozen.has_limit or (frozen.quantity > NO_LIMIT and off > frozen.quantity):
        return False
    if frozen.percent > NO_LIMIT and (not counted or off * 100 * SCALE > frozen.percent * counted):
        return False
    return frozen.value == NO_LIMIT or _is_worth_at_most(frozen.value, off, frozen.cost)


def is_recount_worth(frozen: Frozen, difference: int) -> bool:
    """Say whether a recount that agrees may let a difference stand; without a bound it may.

    >>> [is_recount_worth(Frozen(recount_value=10 * SCALE, cost=2 * SCALE), n * SCALE) for n in (5, 6)]
    [True, False]
    >>> is_recount_worth(Frozen(recount_value=10 * SCALE), 1), is_recount_worth(Frozen(), 1)
    (False, True)
    """
    bound = frozen.recount_value
    return bound == NO_LIMIT or _is_worth_at_most(bound, abs(difference), frozen.cost)


def wants_two(frozen: Frozen, counted: int, book: int) -> bool:
    """Say whether two persons are to count it, by what is at risk: what was counted, or what the book has.

    From ten on, at two a piece; where no cost is known it may be worth anything, and nothing at all is at no risk:

    >>> dear = Frozen(two_from=10 * SCALE, cost=2 * SCALE)
    >>> [wants_two(dear, counted * SCALE, book * SCALE) for counted, book in ((5, 0), (0, 5), (4, 4))]
    [True, True, False]
    >>> wants_two(Frozen(two_from=10), 1, 0), wants_two(Frozen(two_from=0), 0, 0), wants_two(Frozen(), 9, 9)
    (True, False, False)
    """
    at_risk = max(counted, book)
    if frozen.two_from == NO_LIMIT or at_risk <= 0:
        return False
    return not frozen.cost or at_risk * frozen.cost >= frozen.two_from * SCALE


def _is_worth_at_most(value: int, quantity: int, cost: int) -> bool:
    """Without a cost nobody knows."""
    return cost > 0 and quantity * cost <= value * SCALE


class Counted(NamedTuple):
    """What rows of tolerances and of double counts go by: who counted what, where."""

    operator: str = ""
    item: str = ""
    location: str = ""
    zone: str = ""
    abc: str = ""


def tolerance_of(rows: Iterable[Tolerance], counted: Counted) -> Tolerance | None:
    """The row that rules: of those that fit the one with most criteria.

    Where two have as many, one of an operator comes before one of an item, a location, a zone, a class; then by name.

    >>> rows = [Tolerance("all"), Tolerance("z", zone="Z"), Tolerance("tea", item="TEA"), Tolerance("7", operator="7")]
    >>> counted = [Counted(who, what, "A-1", "Z") for who, what in (("7", "TEA"), ("8", "TEA"), ("8", ""))]
    >>> [tolerance_of(rows, one).tolerance for one in counted]
    ['7', 'tea', 'z']
    >>> tolerance_of([Tolerance("off", active=False)], Counted()) is None
    True
    """
    return first_fitting(ranked(rows), counted)


def ranked(rows: Iterable[_Row]) -> list[_Row]:
    """Those of some rows that are active, the one first that rules where it fits."""
    return sorted((row for row in rows if row.active), key=_rank)


def first_fitting(rows: Iterable[_Row], counted: Counted) -> _Row | None:
    """The first of ranked rows that fits: none of a thousand goods wants them ranked anew."""
    return next((row for row in rows if all(map(_fits, _of(row), counted))), None)


def _of(row: Tolerance | DoubleCount) -> Counted:
    return Counted(row.operator, row.item, row.location, row.zone, row.abc)


def _fits(criterion: str, value: str) -> bool:
    return criterion in ("", value)


def _rank(row: Tolerance | DoubleCount) -> tuple[int, tuple[bool, ...], str]:
    """The lower, the more it says."""
    missing = tuple(not criterion for criterion in _of(row))
    return sum(missing), missing, row.tolerance if isinstance(row, Tolerance) else row.double_count
