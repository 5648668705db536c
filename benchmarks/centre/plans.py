"""Counts planned: what is due today at a large site with two years of counts, against the bare queries that it needs.

The floor asks the driver for the best class of the goods at each place, when each was counted last, and where it is.
The product finds what is due of that, puts it in order, keeps it and makes today's tasks. Then a hundred of them are
counted, and what it costs to go on is held against finding what is due. Both ask over connections that are open.
"""

import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import delete, update

from benchmarks.result import BenchmarkError, Result, medians
from benchmarks.world.world import SITE, World
from scanner_app.domain.catalog import Item, Location, Site
from scanner_app.domain.task import Task
from scanner_app.domain.work.plan import Plan
from sync.central.book.master_rows import write_master_rows
from sync.central.database.bulk import insert_rows
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.store import CentralStore, init_store
from sync.central.database.tables import count_closings, due_places, plan_days, stock
from sync.central.tasks.looking import look

NAMES = ("plan_200k", "plan_200k_after_counts")
_BOUND, _BOUND_AFTER = 3.0, 0.01
_COUNTED, _A_DAY, _ITEMS, _KEYS_EACH, _COUNTS_EACH = 100, 1_000, 2_000, 5, 5
_CHUNK = 20_000
_DAY_US = 24 * 3600 * 1_000_000
_NOW_US = 1_780_000_000_000_000
_BARE = (
    "SELECT s.place, min(CASE i.abc WHEN 'A' THEN 1 WHEN 'B' THEN 2 ELSE 3 END) FROM stock s JOIN items i "
    "ON i.site = s.site AND i.item = s.item WHERE s.site = ? AND s.on_device IS 1 AND s.quantity <> 0 GROUP BY s.place",
    "SELECT place, max(effective_us) FROM count_closings WHERE site = ? AND speaks IS 1 GROUP BY place",
    "SELECT location, zone, walk_order FROM locations WHERE site = ? AND active IS 1",
)


def measure(world: World) -> list[Result]:
    with TemporaryDirectory(dir=world.folder) as folder:
        path = Path(folder) / "central.db"
        with closing(init_store(str(path))) as store, closing(sqlite3.connect(path)) as bare:
            _fill(store, world.size.plan_places)
            return _measured(store, bare, world.size.plan_runs)


def _measured(store: CentralStore, bare: sqlite3.Connection, runs: int) -> list[Result]:
    floors, wholes, afters = [], [], []
    for run in range(runs):
        floors.append(_timed(lambda: [bare.execute(query, (SITE,)).fetchall() for query in _BARE]))
        _forget(store)
        wholes.append(_timed(lambda: look(store, SITE, _NOW_US)))
        if _some_counted(store, run) == 0:
            raise BenchmarkError("Nothing was due.")
        afters.append(_timed(lambda: look(store, SITE, _NOW_US)))
    return [
        medians(NAMES[0], "ms", wholes, floors, _BOUND),
        medians(NAMES[1], "ms", afters, [median(wholes)] * len(afters), _BOUND_AFTER),
    ]


def _timed(work: Any) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1_000


def _forget(store: CentralStore) -> None:
    with store.writing() as connection:
        for table in (plan_days, due_places, BY_STRUCT[Task].table):
            connection.execute(delete(table))


def _some_counted(store: CentralStore, run: int) -> int:
    """A hundred of the tasks are done; return how many were."""
    tasks = BY_STRUCT[Task].table
    with store.writing() as connection:
        wanted = tasks.select().where(tasks.c.active.is_(True)).order_by(tasks.c.task).limit(_COUNTED)
        places = [row.place for row in connection.execute(wanted)]
        rows = [_closing(f"now{run}/{place}", place, _NOW_US + run) for place in places]
        insert_rows(connection, count_closings, rows)
        connection.execute(update(tasks).where(tasks.c.place.in_(places)).values(active=False))
    return len(places)


def _closing(name: str, place: str, at_us: int) -> tuple[Any, ...]:
    said = (at_us, "d1", 1, 1, 0, "1001", "1001", "booked")
    return (SITE, name, f"c{name}", place, 0, 0, at_us, *said, False, True, 0, 0, "")


def _fill(store: CentralStore, places: int) -> None:
    with store.writing() as connection:
        masters = (
            [Site(SITE, "Site")],
            [Item(f"I{number}", "Item", "EA", abc="ABCCC"[number % 5]) for number in range(_ITEMS)],
            [Location(f"P{number:07}", f"Z{number % 10}", number, "BIN") for number in range(places)],
            [Plan("cycle", a_day=_A_DAY)],
        )
        for rows in masters:
            write_master_rows(connection, BY_STRUCT[type(rows[0])], SITE, [(row,) for row in rows], lambda _d, _o: None)
    for table, rows_of in ((stock, _stock(places)), (count_closings, _closings(places))):
        while chunk := list(islice(rows_of, _CHUNK)):
            with store.writing() as connection:
                insert_rows(connection, table, chunk)


def _stock(places: int) -> Iterator[tuple[Any, ...]]:
    for place in range(places):
        for key in range(_KEYS_EACH):
            item = f"I{(place * 7 + key * 31) % _ITEMS}"
            yield SITE, f"P{place:07}", item, str(key), "", "OWN", "AVAILABLE", 1_000_000, True, 1, ""


def _closings(places: int) -> Iterator[tuple[Any, ...]]:
    """Two years of counts, some of them a little while ago."""
    dice = random.Random(1)
    for place in range(places):
        for number in range(_COUNTS_EACH):
            at_us = _NOW_US - dice.randrange(730) * _DAY_US
            yield _closing(f"{place}/{number}", f"P{place:07}", at_us)
