"""What the worker of the benchmarks moves: plain goods, 25 times one piece from each of many places."""

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import islice
from random import Random
from typing import NamedTuple

from scanner_app.demo.places import PROFILES
from scanner_app.demo.warehouse import Warehouse
from scanner_app.domain.catalog import LocationState, Tracking
from scanner_app.domain.quantity import SCALE

MOVES_PER_PICK = 25
_PLENTY = """SELECT place, item, min(quantity) FROM stock WHERE lot = '' AND serial = ''
GROUP BY place, item HAVING count(*) = 1 AND min(owner) = 'OWN' AND min(status) = 'AVAILABLE' AND min(quantity) >= ?"""
_STRIDE = 7


class Pick(NamedTuple):
    """Goods that lie at a place, the barcode of one piece, how much there is, and where it goes."""

    source: str
    item: str
    code: str
    quantity: int
    target: str


def find_picks(cache: sqlite3.Connection, warehouse: Warehouse, count: int) -> list[Pick]:
    """Find up to ``count`` stock rows of which 25 pieces can be moved one by one without any question in between.

    One more than that is there, so that no place becomes empty; and where they go, anything may lie.
    """
    plain = {
        good.item.item: good.code
        for good in warehouse.goods[2:]
        if good.item.tracking is Tracking.NONE and not good.item.decimals
    }
    loose = {one.profile for one in PROFILES if one.mixes_items and not one.plates_only}
    is_open = (one for one in warehouse.locations if one.state is LocationState.OPEN)
    places = [one.location for one in is_open if one.profile in loose]
    known = frozenset(places)
    rows = cache.execute(_PLENTY, ((MOVES_PER_PICK + 1) * SCALE,))
    fitting = sorted(row for row in rows if row[0] in known and row[1] in plain)
    chosen = Random("picks").sample(fitting, min(count, len(fitting)))
    return [
        Pick(source, item, plain[item], quantity, _target(number, source, places))
        for number, (source, item, quantity) in enumerate(chosen)
    ]


def _target(number: int, source: str, places: Sequence[str]) -> str:
    """Another place, not far from the last one."""
    target = places[number * _STRIDE % len(places)]
    return target if target != source else places[(number * _STRIDE + 1) % len(places)]


def moves(picks: Sequence[Pick], count: int) -> Iterator[Pick]:
    """Yield one pick a move: each 25 times, then the next."""
    return islice((pick for pick in picks for _ in range(MOVES_PER_PICK)), count)


def entries(picks: Sequence[Pick], count: int) -> Iterator[str]:
    """Yield what a worker enters at the move process: the place when it changes, goods, quantity, target."""
    source = ""
    for pick in moves(picks, count):
        if pick.source != source:
            source = pick.source
            yield source
        yield from (pick.code, "1", pick.target)
