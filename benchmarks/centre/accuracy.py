"""How true the book is: a year's report over a million lines, and its first page from what was made behind the floor.

The floor of the report is one grouped statement of the driver over the same lines, that of the page one indexed read of
the sums of a year by the library of the product, which alone takes longer than the driver. Both ask within one
transaction, over connections that are open.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
from msgspec.structs import astuple
from sqlalchemy import Connection, func, insert, literal, select

from benchmarks.result import BenchmarkError, Result, medians
from benchmarks.world.world import SITE, World
from scanner_app.domain.accuracy.sums import NAMES as SUMS
from scanner_app.domain.accuracy.sums import Sums
from scanner_app.domain.desk.accuracy_asks import AskAccuracy
from scanner_app.domain.desk.accuracy_replies import AccuracyPage
from scanner_app.domain.quantity import SCALE
from scanner_app.showcase.cluster import QUICK, Cluster
from sync.central.accuracy.report import accuracy_page
from sync.central.database.bulk import insert_rows
from sync.central.database.store import CentralStore, init_store
from sync.central.database.tables import accuracy_lines, accuracy_progress, accuracy_sums

NAMES = ("accuracy_year", "accuracy_year_pg", "accuracy_first_page", "accuracy_first_page_pg")
_REPORT_BOUND, _PAGE_BOUND = 2.0, 3.0
_REPORT_RUNS = 3
_DAYS, _ZONES, _COUNTERS = 365, 10, 20
_CHUNK = 20_000
_FIRST = date(2025, 1, 1)
_NOW_US = 1_760_000_000_000_000
_ADDED = ", ".join(f"sum({name})" for name in SUMS)
_GROUPED = (
    f"SELECT operator, {_ADDED} FROM accuracy_lines WHERE site = '{SITE}' AND day >= '2025-01-01' "
    "AND day <= '2025-12-31' AND abc = 'A' GROUP BY operator"
)
_READ = select(*(accuracy_sums.c[name] for name in SUMS)).where(
    accuracy_sums.c.site == SITE, accuracy_sums.c.facet == "all", accuracy_sums.c.period == "2025",
    accuracy_sums.c.name == "",
)  # fmt: skip
_REPORT = AskAccuracy(period="2025", facet="class", name="A", by="counter")
_PAGE = AskAccuracy(period="2025")
Bare = Callable[[str], list[Any]]


def measure(world: World) -> list[Result]:
    with TemporaryDirectory() as folder, closing(init_store(str(Path(folder) / "central.db"))) as store:
        _fill(store, world)
        with closing(sqlite3.connect(Path(folder) / "central.db")) as bare:
            bare.execute("BEGIN")
            on_sqlite = _measured(store, world, lambda text: bare.execute(text).fetchall(), "")
    with Cluster(settings={**QUICK, "shared_buffers": "256MB"}) as cluster, closing(init_store(cluster.url())) as store:
        _fill(store, world)
        with psycopg.connect(cluster.url().replace("+psycopg", "", 1), autocommit=True) as bare_pg:
            bare_pg.execute("VACUUM ANALYZE")
            bare_pg.autocommit = False
            on_pg = _measured(store, world, lambda text: bare_pg.execute(text.encode()).fetchall(), "_pg")
    return [on_sqlite[0], on_pg[0], on_sqlite[1], on_pg[1]]


def _fill(store: CentralStore, world: World) -> None:
    """Write lines as passes would have left them, and what all of them add up to."""
    rows = _lines(world.size.postings)
    with store.writing() as connection:
        while part := list(islice(rows, _CHUNK)):
            insert_rows(connection, accuracy_lines, part)
        for length in (len("2025-01-01"), len("2025-01"), len("2025")):
            connection.execute(_summed(length))
        insert_rows(connection, accuracy_progress, [(SITE, 0, "UTC", 0, True, "")])


def _summed(length: int) -> Any:
    """The sums of all lines in periods that are written with so many letters."""
    period = func.substr(accuracy_lines.c.day, 1, length)
    sums = [func.sum(accuracy_lines.c[name]) for name in SUMS]
    rows = select(accuracy_lines.c.site, literal("all"), period, literal(""), *sums)
    return insert(accuracy_sums).from_select(
        [column.name for column in accuracy_sums.c], rows.group_by(accuracy_lines.c.site, period)
    )


def _lines(count: int) -> Iterator[tuple[Any, ...]]:
    right = Sums(lines=1, value=100 * SCALE, took_us=9_000_000, scans=1)
    wrong = Sums(
        lines=1, differing=1, beyond=1, value=100 * SCALE, gross=SCALE, net=-SCALE, booked=-SCALE, met=1,
        took_us=9_000_000, scans=1,
    )  # fmt: skip
    for number in range(count):
        day = (_FIRST + timedelta(number % _DAYS)).isoformat()
        zone, counter = f"Z{number % _ZONES}", f"{1000 + number % _COUNTERS}"
        is_wrong = number % 40 == 0
        key = (f"A-{number % 2_000:04}", f"{100_000 + number % 5_000}", "", "", "OWN", "AVAILABLE")
        said = (day, zone, "A", counter, "@waiting" if is_wrong else "@exact", "", "waiting" if is_wrong else "exact")
        numbers = (_NOW_US, 100 * SCALE, -SCALE if is_wrong else 0, SCALE, 0)
        sums = astuple(wrong if is_wrong else right)
        yield (SITE, f"claim{number:08}", f"count{number // 10:07}", *key, *said, *numbers, *sums)


def _measured(store: CentralStore, world: World, bare: Bare, mark: str) -> tuple[Result, Result]:
    with store.reading() as connection:
        report = _timed(connection, _REPORT, lambda: bare(_GROUPED), _REPORT_RUNS)
        page = _timed(connection, _PAGE, lambda: connection.execute(_READ).all(), world.size.moments)
    return (
        medians(f"accuracy_year{mark}", "ms", *report, _REPORT_BOUND),
        medians(f"accuracy_first_page{mark}", "ms", *page, _PAGE_BOUND),
    )


def _timed(
    connection: Connection, ask: AskAccuracy, bare: Callable[[], Any], runs: int
) -> tuple[list[float], list[float]]:
    products: list[float] = []
    floors: list[float] = []
    for _ in range(2 * runs):
        begun = time.perf_counter()
        page = accuracy_page(connection, SITE, ask, _NOW_US)
        products.append((time.perf_counter() - begun) * 1_000)
        begun = time.perf_counter()
        rows = bare()
        floors.append((time.perf_counter() - begun) * 1_000)
    _hold(page, ask, rows)
    return products[runs:], floors[runs:]


def _hold(page: Any, ask: AskAccuracy, rows: Any) -> None:
    """What was told is what the bare statement says."""
    if not isinstance(page, AccuracyPage):
        raise BenchmarkError(f"The centre does not answer: {page}")
    told = {row.name: astuple(row.sums) for row in page.rows} if ask.by else {"": astuple(page.sums)}
    bare = {row[0]: tuple(map(int, row[1:])) for row in rows} if ask.by else {"": tuple(map(int, rows[0]))}
    if told != bare:
        raise BenchmarkError("The figures are not those of the bare statement.")
