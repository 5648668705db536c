"""Due: which places are to be counted by a plan today, and in which order they become tasks. Pure."""

from collections.abc import Collection, Iterable
from heapq import nsmallest
from typing import NamedTuple
from zlib import crc32

from scanner_app.domain.quantity import SCALE
from scanner_app.domain.work.plan import By, Plan

DAY_US = 24 * 3600 * 1_000_000


class PlaceState(NamedTuple):
    """A place: where it is, what is known of the goods there, and when it was counted last (us, 0 for never).

    ``abc`` is the best class of an item there, ``value`` micro-currency, ``moves`` a number of legs. Nothing at all is
    there where it ``is_empty``.
    """

    place: str
    zone: str
    walk: int
    counted_us: int = 0
    is_empty: bool = False
    abc: str = "C"
    value: int = 0
    moves: int = 0


class Bounds(NamedTuple):
    """Of each class the instant (us) before which a count is too old today."""

    a: int
    b: int
    c: int

    def of(self, abc: str) -> int:
        """That of a class; what is no class of ours is a C."""
        return self.a if abc == "A" else self.b if abc == "B" else self.c


class DuePlace(NamedTuple):
    """A place that is due: a count after ``since_us`` does it, and ``late_us`` says for how long it waits already."""

    place: str
    zone: str
    walk: int
    since_us: int
    counted_us: int
    late_us: int


def class_of(plan: Plan, state: PlaceState) -> str:
    """The class of a place by what a plan goes by.

    >>> plan = Plan("p", By.MOVES, from_a=10 * SCALE, from_b=2 * SCALE)
    >>> [class_of(plan, PlaceState("A", "Z", 1, moves=moves)) for moves in (10, 9, 2, 1)]
    ['A', 'B', 'B', 'C']
    """
    if plan.by is By.CLASS:
        return state.abc
    reached = state.value if plan.by is By.VALUE else state.moves * SCALE
    return "A" if reached >= plan.from_a else "B" if reached >= plan.from_b else "C"


def due_by(plan: Plan, states: Iterable[PlaceState], bounds: Bounds, taken: Collection[str] = ()) -> list[DuePlace]:
    """The places of a plan that were not counted for too long, those that are ``taken`` left out."""
    zones, has_zones, is_by_class = plan.zone_names, bool(plan.zones), plan.by is By.CLASS
    due: list[DuePlace] = []
    for state in states:
        place, zone, walk, counted_us, is_empty, abc, _value, _moves = state
        if (is_empty and not plan.empty) or (has_zones and zone not in zones) or place in taken:
            continue
        since_us = bounds.of(abc if is_by_class else class_of(plan, state))
        if counted_us < since_us:
            due.append(DuePlace(place, zone, walk, since_us, counted_us, since_us - counted_us if counted_us else 0))
    return due


def first_of(due: Collection[DuePlace], seed: str, most: int) -> list[DuePlace]:
    """The first ``most`` that become tasks: what was never counted, then what waits for the most days.

    Of equals those that lie side by side, from a place on that the seed draws: a counter walks along one aisle, and
    nobody knows before which. The same seed draws the same.

    >>> due = [DuePlace(f"P{walk}", "Z", walk, 9, 0, 0) for walk in range(9)]
    >>> [one.walk for one in first_of(due, "a", 4)], [one.walk for one in first_of(due, "b", 4)]
    ([0, 1, 2, 3], [2, 3, 4, 5])
    """
    if not due:
        return []
    low, high = min(one.walk for one in due), max(one.walk for one in due)
    start = low + crc32(seed.encode()) % (high - low + 1)

    def rank(one: DuePlace) -> tuple[bool, int, bool, int, str]:
        return one.counted_us > 0, -(one.late_us // DAY_US), one.walk < start, one.walk, one.place

    return nsmallest(most, due, key=rank) if most < len(due) else sorted(due, key=rank)


def in_walk_order(states: Iterable[PlaceState], zones: frozenset[str], since_us: int) -> list[DuePlace]:
    """Every place of some zones, or of all: what a stocktake counts."""
    wanted = [one for one in states if not zones or one.zone in zones]
    return [
        DuePlace(one.place, one.zone, one.walk, since_us, one.counted_us, 0)
        for one in sorted(wanted, key=lambda state: (state.walk, state.place))
    ]
