"""As of: the balance of a key with a million postings at past instants, against the indexed sum since its checkpoint.

The floor is one bare statement over the rows between the newest checkpoint, which it is told, and the instant. The
product finds the key, the checkpoint and the sum, and what the ledger knows beyond its timelines. Both ask within one
transaction, over connections that are open. One posting in a hundred came late.
"""

import random
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from itertools import islice
from typing import Any, NamedTuple

import psycopg
from sqlalchemy import select

from benchmarks.result import BenchmarkError, Result, medians
from benchmarks.world.world import SITE, World
from scanner_app.domain.ledger import StockKey
from scanner_app.domain.quantity import SCALE
from scanner_app.showcase.cluster import QUICK, Cluster
from sync.central.book.as_of import BookMoment, balance_as_of
from sync.central.book.timelines import catch_up
from sync.central.database.bulk import insert_rows
from sync.central.database.store import CentralStore, init_store
from sync.central.database.tables import checkpoints, counters, ledger

KEY = StockKey("A-01", "ITEM")
BEGIN_US = 1_700_000_000_000_000
_APART_US = 30_000_000
_LATE_US = 8 * 3_600_000_000
"""A posting every half minute makes a million in a year; late ones come up to a shift later."""
_CHUNK = 20_000
_LAST_ROWS = 7
"""So many come after the last pass."""
_BARE = (
    "SELECT sum(quantity) FROM timeline WHERE site = {0} AND key_id = 1 AND effective_us > {0} AND effective_us <= {0}"
)
Ask = Callable[[int], int]


Bare = Callable[..., Any]
"""Sums from the one instant to the other."""


class _Asked(NamedTuple):
    """An instant, the newest checkpoint up to it, and the balance there."""

    at_us: int
    from_us: int
    balance: int


def measure(world: World) -> list[Result]:
    return [_on_postgresql(world), _on_sqlite(world)]


def _on_postgresql(world: World) -> Result:
    with Cluster(settings={**QUICK, "shared_buffers": "256MB"}) as cluster, closing(init_store(cluster.url())) as store:
        _fill(store, world)
        with psycopg.connect(cluster.url().replace("+psycopg", "", 1), autocommit=True) as bare:
            bare.execute("VACUUM ANALYZE")
            bare.autocommit = False
            return _measured("as_of_1m", store, world, _asking(bare, _BARE.format("%s")))


def _on_sqlite(world: World) -> Result:
    folder = world.folder.parent / "work" / "history"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with closing(init_store(str(folder / "central.db"))) as store:
        _fill(store, world)
        with closing(sqlite3.connect(folder / "central.db", isolation_level=None)) as bare:
            bare.execute("PRAGMA cache_size = -65536")
            bare.execute("BEGIN")
            return _measured("as_of_1m_sqlite", store, world, _asking(bare, _BARE.format("?")))


def _asking(bare: Any, statement: str) -> Bare:
    return lambda *at: bare.execute(statement, (SITE, *at)).fetchone()


def _fill(store: CentralStore, world: World) -> None:
    """Write the postings into the ledger alone, and make the timelines from them as the service does."""
    count = world.size.postings
    rows = _postings(count + _LAST_ROWS)
    for end in (count, count + _LAST_ROWS):
        while part := list(islice(rows, min(_CHUNK, end - _written(store)))):
            with store.writing() as connection:
                insert_rows(connection, ledger, part)
                _set_recorded(connection, part[-1][1])
        if end == count:
            catch_up(store, SITE)


def _written(store: CentralStore) -> int:
    with store.reading() as connection:
        return connection.execute(select(counters.c.recorded).where(counters.c.site == SITE)).scalar() or 0


def _set_recorded(connection: Any, recorded: int) -> None:
    connection.execute(counters.delete().where(counters.c.site == SITE))
    connection.execute(counters.insert().values(site=SITE, version=0, recorded=recorded, head=b""))


def _postings(count: int) -> Iterator[tuple[Any, ...]]:
    dice = random.Random(1)
    for number in range(1, count + 1):
        late_us = dice.randrange(_LATE_US) if number % 100 == 0 else 0
        at_us = max(BEGIN_US, BEGIN_US + number * _APART_US - late_us)
        quantity = SCALE * dice.choice((-2, -1, 1, 2, 3))
        key = (KEY.place, KEY.item, KEY.lot, KEY.serial, KEY.owner, KEY.status)
        yield (SITE, number, f"event-{number}", 0, *key, quantity, at_us, "d1", 1, number, "", "", b"")


def _measured(name: str, store: CentralStore, world: World, bare: Bare) -> Result:
    dice = random.Random(2)
    span_us = world.size.postings * _APART_US
    moments = [BEGIN_US + dice.randrange(span_us // 10, span_us) for _ in range(world.size.moments)]
    with store.reading() as connection:
        asked = [_found(connection, at_us) for at_us in moments]
        products: list[float] = []
        floors: list[float] = []
        for one in asked + asked:
            products.append(_timed(balance_as_of, connection, SITE, KEY, BookMoment(one.at_us)))
            floors.append(_timed(bare, one.from_us, one.at_us))
        for one in asked[:20]:
            whole = one.balance + int(bare(one.from_us, one.at_us)[0] or 0)
            if balance_as_of(connection, SITE, KEY, BookMoment(one.at_us)) != whole:
                raise BenchmarkError(f"The balance as of {one.at_us} is not the checkpoint and what came after it.")
    return medians(name, "ms", _warm(products), _warm(floors), 3.0)


def _found(connection: Any, at_us: int) -> _Asked:
    latest = (checkpoints.c.effective_us.desc(), checkpoints.c.recorded.desc())
    wanted = select(checkpoints.c.effective_us, checkpoints.c.balance).order_by(*latest).limit(1)
    row = connection.execute(
        wanted.where(checkpoints.c.site == SITE, checkpoints.c.effective_us <= at_us)
    ).one_or_none()
    return _Asked(at_us, row[0], row[1]) if row else _Asked(at_us, -(2**62), 0)


def _timed(ask: Bare, *about: Any) -> float:
    begun = time.perf_counter()
    ask(*about)
    return (time.perf_counter() - begun) * 1_000


def _warm(times: Sequence[float]) -> Sequence[float]:
    """The second half: everything has been asked once before."""
    return times[len(times) // 2 :]
