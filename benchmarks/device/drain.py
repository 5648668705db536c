"""Drain: a device's long backlog into the embedded central store over HTTP, against bare inserts of the same rows.

The product's time is all of ``scanner sync --once``: push, answers, and the changed stock pulled back. The floor writes
the events, ledger rows and stock that the product's run left behind, in the same batches, into a copy of that store.
"""

import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from benchmarks.floors import plain_posts
from benchmarks.floors.plain_posts import Write
from benchmarks.result import BenchmarkError, Result, medians
from benchmarks.world.backlog import make_backlog
from benchmarks.world.batches import Batch, Row, batches
from benchmarks.world.product import scanner, serving, write_config
from benchmarks.world.world import World, copied
from sync.central.database.store import open_store

BATCH = 1_000
_EVENTS = "SELECT * FROM events WHERE device IN (SELECT device FROM devices) ORDER BY sequence"
_LEDGER = "SELECT * FROM ledger WHERE device IN (SELECT device FROM devices) ORDER BY recorded"
_STOCK = """INSERT INTO stock VALUES (?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO UPDATE
SET quantity = quantity + excluded.quantity, version = excluded.version"""
_COUNTERS = "UPDATE counters SET version = ?, recorded = ?, head = ? WHERE site = ?"
_PRAGMAS = ("journal_mode", "synchronous", "cache_size", "wal_autocheckpoint", "journal_size_limit", "cell_size_check")


def left_by_devices(database: sqlite3.Connection) -> tuple[Iterable[Row], Iterable[Row]]:
    """The events of enrolled devices that a centre has, and the ledger rows they caused, each in their order."""
    return database.execute(_EVENTS), database.execute(_LEDGER)


def written(batch: Batch) -> Write:
    """What a floor writes of a batch, as statements with their rows."""
    return [
        (f"INSERT INTO events VALUES ({_marks(batch.events)})", batch.events),
        (f"INSERT INTO ledger VALUES ({_marks(batch.ledger)})", batch.ledger),
        (_STOCK, batch.stock),
        (_COUNTERS, [batch.counters]),
    ]


def _marks(rows: list[Row]) -> str:
    return ",".join("?" * len(rows[0]))


def measure(world: World) -> list[Result]:
    backlog = make_backlog(world)
    work = world.folder.parent / "work" / "drain"
    products: list[float] = []
    floors: list[float] = []
    for _ in range(world.size.drain_runs):
        copied(backlog, work, centre=True)
        products.append(_drain(work, world.size.events))
        floors.append(_insert(work / "central.db", backlog / "central.db", work / "floor.db"))
    return [medians("drain", "s", products, floors, 4.0)]


def _drain(work: Path, events: int) -> float:
    with serving(work) as url:
        command = scanner(write_config(work, url), "sync", "--once")
        begun = time.perf_counter()
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
        seconds = time.perf_counter() - begun
    if not done.stdout.startswith(f"pushed {events} ") or "waiting 0" not in done.stdout:
        raise BenchmarkError(f"The backlog was not drained: {done.stdout}")
    return seconds


def _insert(drained: Path, before: Path, target: Path) -> float:
    """Write what ``drained`` has more than ``before`` into a copy of that; only the writing is timed."""
    shutil.copy(before, target)
    seconds = 0.0
    with (
        closing(sqlite3.connect(drained)) as source,
        closing(sqlite3.connect(target, isolation_level=None)) as database,
    ):
        _set_like_the_product(database, target)
        version = int(database.execute("SELECT version FROM counters").fetchone()[0])
        for batch in batches(*left_by_devices(source), BATCH, version):
            begun = time.perf_counter()
            plain_posts.write(database, written(batch))
            seconds += time.perf_counter() - begun
    return seconds


def _set_like_the_product(database: sqlite3.Connection, path: Path) -> None:
    """Take over the product's own settings of a connection."""
    with closing(open_store(str(path))) as store, store.reading() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in _PRAGMAS}
    for name, value in found.items():
        database.execute(f"PRAGMA {name} = {value}").fetchall()
