"""Counts at the centre: a thousand lines and their closing, and one decision on a thousand differences.

The floor is the rows that the product left, written plainly into the same tables. Before each run the store is as it
was: what was left is taken out again. The ledger has 300 rows of each of the goods, of which 5 are unsorted.
"""

import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import msgspec
import psycopg

from benchmarks.floors.left_rows import Bare
from benchmarks.result import BenchmarkError, Result, medians
from benchmarks.world.counted import (
    APART_US,
    BEGIN_US,
    TOLERATED,
    accepted,
    closed,
    counted,
    key_of,
    write_book,
    write_floor,
)
from benchmarks.world.world import SITE, World
from scanner_app.domain.events.event import Event
from scanner_app.domain.quantity import SCALE
from scanner_app.showcase.cluster import Cluster
from sync.central.database.store import CentralStore, init_store
from sync.central.database.tables import claims, metadata
from sync.central.events.sender import Sender
from sync.central.intake.apply import apply_batch
from sync.central.service.server import collect_seldom
from sync.protocol import Outcome

NAMES = ("apply_count_1000", "accept_1000_variances", "apply_count_1000_pg", "accept_1000_variances_pg")
_BOUND, _BOUND_PG = 4.0, 2.0
_ROWS_EACH, _UNSORTED_EACH = 300, 5
_SECOND_US = 1_000_000


class _Site(NamedTuple):
    """A store of so many goods, whose rows a bare connection writes that has such marks."""

    store: CentralStore
    bare: Any
    mark: str
    goods: int
    runs: int

    @property
    def recorded(self) -> int:
        return self.goods * _ROWS_EACH

    @property
    def end_us(self) -> int:
        return BEGIN_US + (self.recorded + 1) * APART_US

    def push(self, events: Sequence[Event]) -> float:
        """Apply events of a device; how long that takes, its commit included (ms)."""
        payloads = [msgspec.json.encode(one) for one in events]
        sender = Sender(SITE, events[0].device, 1)
        begun = time.perf_counter()
        with self.store.writing() as connection:
            answers = apply_batch(connection, sender, payloads, self.end_us + 10**10)
        took = (time.perf_counter() - begun) * 1_000
        if odd := [one for one in answers if one.outcome is not Outcome.POSTED]:
            raise BenchmarkError(f"{len(odd)} events were not posted: {odd[0]}")
        return took

    def lines(self, off: int) -> list[Event]:
        """A line a key, each so many pieces off the book."""
        pieces = _ROWS_EACH + off
        return [
            counted(number + 1, key_of(number), pieces, self.end_us + number * _SECOND_US)
            for number in range(self.goods)
        ]

    def standing(self) -> int:
        with self.store.reading() as connection:
            wanted = claims.select().where(claims.c.is_alive.is_(True), claims.c.stands.is_(True))
            return len(connection.execute(wanted).all())


def measure(world: World) -> list[Result]:
    collect_seldom()  # as the service does
    goods, runs = world.size.counted, world.size.count_runs
    with TemporaryDirectory() as folder:
        path = Path(folder) / "central.db"
        with closing(init_store(str(path))) as store, closing(sqlite3.connect(path)) as bare:
            bare.execute("PRAGMA synchronous = FULL")
            bare.execute("PRAGMA cache_size = -65536")
            found = _both(_Site(store, bare, "?", goods, runs), NAMES[:2], _BOUND)
    with Cluster(settings={"shared_buffers": "256MB"}) as cluster, closing(init_store(cluster.url())) as store:
        bare_pg = psycopg.connect(cluster.url().replace("+psycopg", "", 1))
        with closing(bare_pg):
            return found + _both(_Site(store, bare_pg, "%s", goods, runs), NAMES[2:], _BOUND_PG)


def _both(site: _Site, names: Sequence[str], bound: float) -> list[Result]:
    write_floor(site.store, site.goods)
    keys = [key_of(number) for number in range(site.goods)]
    write_book(site.store, [(key, SCALE) for key in keys * _ROWS_EACH], site.goods * _UNSORTED_EACH)
    swept(site.bare, site.mark)
    within = site.lines(TOLERATED)
    within.append(closed(site.goods + 1, site.goods, site.end_us, within[-1].wall_us + _SECOND_US))
    applied = _measured(site, names[0], within, bound)
    beyond = site.lines(TOLERATED + 1)
    site.push(beyond)
    word = accepted(beyond, (TOLERATED + 1) * SCALE, beyond[-1].wall_us + _SECOND_US)
    return [applied, _measured(site, names[1], [word], bound)]


def swept(bare: Any, mark: str) -> None:
    """Let PostgreSQL know what is there, and forget what was taken out."""
    if mark != "?":
        bare.commit()
        bare.autocommit = True
        bare.execute(f"VACUUM ANALYZE {', '.join(metadata.tables)}")
        bare.autocommit = False


def _measured(site: _Site, name: str, events: Sequence[Event], bound: float) -> Result:
    bare = Bare(site.bare, site.mark, site.recorded)
    products: list[float] = []
    floors: list[float] = []
    for _ in range(site.runs + 1):
        products.append(site.push(events))
        if site.standing() != site.goods:
            raise BenchmarkError(f"{site.standing()} of {site.goods} claims stand.")
        left = bare.left()
        bare.take_out(left)
        swept(site.bare, site.mark)
        floors.append(timed(lambda left=left: bare.write(left)))  # type: ignore[misc]
        bare.take_out(left)
        swept(site.bare, site.mark)
    return medians(name, "ms", products[1:], floors[1:], bound)


def timed(write: Callable[[], None]) -> float:
    """How long it takes (ms)."""
    begun = time.perf_counter()
    write()
    return (time.perf_counter() - begun) * 1_000
