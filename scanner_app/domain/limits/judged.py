"""Judged: what the limits of a site say of an event, by what is known of its goods and of the day so far. Pure."""

from collections.abc import Iterable, Mapping
from enum import IntEnum
from typing import NamedTuple

from scanner_app.domain.catalog import NO_LIMIT
from scanner_app.domain.ledger import is_in_hand
from scanner_app.domain.limits.limit import Limit, Load, Per
from scanner_app.domain.limits.motion import From
from scanner_app.domain.people import Role
from scanner_app.domain.quantity import SCALE
from scanner_app.domain.reasons import ADJUST, MOVE

SUM_MAX = 2**62
"""Of a day's sum; whatever is more is as much too much, and fits the databases."""
_ROLES = tuple(role.value for role in Role)


class Level(IntEnum):
    """How far an event goes: as usual, so far that it wants a reason, or so far that somebody looks at it."""

    USUAL = 0
    REASON = 1
    CASE = 2


class Valued(NamedTuple):
    """The class of an item, and what a base unit of it costs, in micro-currency."""

    abc: str = ""
    cost: int = 0


class Sum(NamedTuple):
    """What a person did on a day under one limit: micro-units and micro-currency."""

    quantity: int = 0
    value: int = 0

    def plus(self, other: "Sum") -> "Sum":
        return Sum(_bounded(self.quantity + other.quantity), _bounded(self.value + other.value))

    def less(self, other: "Sum") -> "Sum":
        """What is left when so much never happened."""
        return Sum(_bounded(self.quantity - other.quantity), _bounded(self.value - other.value))


class Passed(NamedTuple):
    """A bound that an event passes: of each event or of a day, of what (``quantity``, ``percent``, ``value``)."""

    per: Per
    what: str
    bound: int


class Judged(NamedTuple):
    """How far an event goes, and what it adds to the day under each limit that counts by the day.

    Of a case ``passed`` are the bounds that it passes. ``lacks_cost``: it is one, too, because nobody knows what the
    goods cost that a limit of value holds for.
    """

    level: Level
    added: Mapping[str, Sum]
    passed: tuple[Passed, ...] = ()
    lacks_cost: bool = False


class Seen(NamedTuple):
    """What is known around an event: its items, what was ``there`` of them, and the day ``so_far`` by limits."""

    goods: Mapping[str, Valued] = {}
    there: Mapping[From, int] = {}
    so_far: Mapping[str, Sum] = {}


def judged(left: Mapping[From, int], limits: Iterable[Limit], roles: Iterable[str], seen: Seen) -> Judged:
    """Judge what leaves its places, by somebody of these ``roles``.

    Each item is held against the one limit of an event and the one of a day that say most of it. What is moved out of a
    hand was counted on the day when it was taken. An adjustment of goods without a cost passes every limit of value.
    """
    rows = [limit for limit in limits if limit.role in ("", *roles)]
    level, added = Level.USUAL, dict[str, Sum]()
    by_limit = {limit.limit: limit for limit in rows}
    passed, lacks_cost = list[Passed](), False
    for item in {item for _place, item in left}:
        valued = seen.goods.get(item, Valued())
        if limit := ruling(rows, item, valued.abc, Per.EVENT):
            whole = {where: quantity for where, quantity in left.items() if where[1] == item}
            moved = _sum(whole.values(), valued)
            load = Load(*moved, sum(seen.there.get(where, 0) for where in whole))
            level = max(level, _level(limit, load, passed))
            lacks_cost |= _lacks_cost(limit, valued)
        if limit := ruling(rows, item, valued.abc, Per.DAY):
            counted = [one for (place, what), one in left.items() if what == item and _counts_on_day(limit, place)]
            lacks_cost |= _lacks_cost(limit, valued)
            more = _sum(counted, valued)
            added[limit.limit] = added[limit.limit].plus(more) if limit.limit in added else more
    for name, more in added.items():
        level = max(level, _level(by_limit[name], Load(*seen.so_far.get(name, Sum()).plus(more)), passed))
    return Judged(Level.CASE if lacks_cost else level, added, tuple(dict.fromkeys(passed)), lacks_cost)


def ruling(limits: Iterable[Limit], item: str, abc: str, per: Per) -> Limit | None:
    """The limit that says most of an item: one of the item, else of its class, else of all.

    Among these one of a role comes before one of all, of two roles the later in their order, and the first by name.
    """
    fitting = [one for one in limits if one.per is per and one.item in ("", item) and one.abc in ("", abc)]
    return min(fitting, key=_rank) if len(fitting) > 1 else fitting[0] if fitting else None


def _counts_on_day(limit: Limit, place: str) -> bool:
    return limit.process != MOVE or not is_in_hand(place)


def _lacks_cost(limit: Limit, valued: Valued) -> bool:
    return limit.process == ADJUST and limit.second.value > NO_LIMIT and valued.cost <= 0


def _rank(limit: Limit) -> tuple[bool, bool, int, str]:
    """The lower, the more it says."""
    role = -_ROLES.index(limit.role) if limit.role in _ROLES else 1
    return not limit.item, not limit.abc, role, limit.limit


def _level(limit: Limit, load: Load, passed: list[Passed]) -> Level:
    if limit.second.are_passed(load):
        passed += (Passed(limit.per, *bound) for bound in limit.second.passed(load))
        return Level.CASE
    return Level.REASON if limit.first.are_passed(load) else Level.USUAL


def _sum(quantities: Iterable[int], valued: Valued) -> Sum:
    total = sum(quantities)
    return Sum(_bounded(total), _bounded(total * valued.cost // SCALE))


def _bounded(number: int) -> int:
    if number < 0:
        return 0
    return number if number < SUM_MAX else SUM_MAX
