"""Adjustments at the centre: a thousand of them, half of which wait, and one word that accepts a thousand.

The floor is the rows that the product left, written plainly into the same tables. Before each run the store is as it
was: what was left is taken out again.
"""

import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import msgspec
import psycopg

from benchmarks.centre.counts import swept, timed
from benchmarks.floors.left_rows import Bare
from benchmarks.result import BenchmarkError, Result, medians
from benchmarks.world.counted import (
    APART_US,
    BEGIN_US,
    accept_adjusted,
    adjusted,
    key_of,
    write_book,
    write_floor,
    write_limits,
)
from benchmarks.world.world import SITE, World
from scanner_app.domain.events.event import Event
from scanner_app.domain.quantity import SCALE
from scanner_app.showcase.cluster import Cluster
from sync.central.database.store import CentralStore, init_store
from sync.central.database.tables import events
from sync.central.events.sender import Sender
from sync.central.intake.apply import apply_batch
from sync.central.service.server import collect_seldom
from sync.protocol import Outcome

NAMES = ("adjust_1000", "release_1000", "adjust_1000_pg", "release_1000_pg")
_BOUND = 4.0
_LIMIT = 5
"""Pieces that are adjusted without anybody else."""


class _Floor(NamedTuple):
    """A store with so many goods, and a bare connection whose statements have such marks."""

    store: CentralStore
    bare: Any
    mark: str
    goods: int
    runs: int

    @property
    def at_us(self) -> int:
        return BEGIN_US + (self.goods + 1) * APART_US

    def push(self, made: Sequence[Event]) -> float:
        """Apply events of a device; how long that takes, its commit included (ms)."""
        payloads = [msgspec.json.encode(one) for one in made]
        begun = time.perf_counter()
        with self.store.writing() as connection:
            apply_batch(connection, Sender(SITE, made[0].device, 1), payloads, self.at_us + 10**10)
        return (time.perf_counter() - begun) * 1_000

    def waiting(self) -> int:
        """How many wait."""
        wanted = events.select().where(events.c.outcome == Outcome.UNAPPROVED.value)
        with self.store.reading() as connection:
            return len(connection.execute(wanted).all())


def measure(world: World) -> list[Result]:
    collect_seldom()  # as the service does
    goods, runs = world.size.counted, world.size.count_runs
    with TemporaryDirectory() as folder:
        path = Path(folder) / "central.db"
        with closing(init_store(str(path))) as store, closing(sqlite3.connect(path)) as bare:
            bare.execute("PRAGMA synchronous = FULL")
            bare.execute("PRAGMA cache_size = -65536")
            found = _both(_Floor(store, bare, "?", goods, runs), NAMES[:2])
    with Cluster(settings={"shared_buffers": "256MB"}) as cluster, closing(init_store(cluster.url())) as store:
        bare_pg = psycopg.connect(cluster.url().replace("+psycopg", "", 1))
        with closing(bare_pg):
            return found + _both(_Floor(store, bare_pg, "%s", goods, runs), NAMES[2:])


def _both(floor: _Floor, names: Sequence[str]) -> list[Result]:
    write_floor(floor.store, floor.goods)
    write_limits(floor.store, _LIMIT)
    write_book(floor.store, [(key_of(number), 300 * SCALE) for number in range(floor.goods)], 0)
    swept(floor.bare, floor.mark)
    mixed = [adjusted(n + 1, key_of(n), _LIMIT + n % 2, floor.at_us + n) for n in range(floor.goods)]
    first = _measured(floor, names[0], mixed, floor.goods // 2)
    waiting = [adjusted(n + 1, key_of(n), _LIMIT + 1, floor.at_us + n) for n in range(floor.goods)]
    floor.push(waiting)
    return [first, _measured(floor, names[1], [accept_adjusted(waiting, floor.at_us + floor.goods)], 0)]


def _measured(floor: _Floor, name: str, made: Sequence[Event], waiting: int) -> Result:
    bare = Bare(floor.bare, floor.mark, floor.goods)
    products: list[float] = []
    floors: list[float] = []
    for _ in range(floor.runs + 1):
        products.append(floor.push(made))
        if floor.waiting() != waiting:
            raise BenchmarkError(f"{floor.waiting()} adjustments wait, and not {waiting}.")
        left = bare.left()
        bare.take_out(left)
        swept(floor.bare, floor.mark)
        floors.append(timed(lambda left=left: bare.write(left)))  # type: ignore[misc]
        bare.take_out(left)
        swept(floor.bare, floor.mark)
    return medians(name, "ms", products[1:], floors[1:], _BOUND)
