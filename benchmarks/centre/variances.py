"""The list of what counts found: its first page among a hundred thousand claims, against the bare indexed query.

The floor is one statement of the driver for what the page is made of: the claims of a page by the index that has them
in order, the names of their goods, and number and sums of the first thousand. The product says beside that whose each
is, what was said on it, its marks and the same goods the other way. Of all single filters the worst one is told.
Both ask within one transaction, over connections that are open.
"""

import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import msgspec
import psycopg

from benchmarks.result import BenchmarkError, Result, medians
from benchmarks.world.world import SITE, World
from scanner_app.domain.catalog import Item, Location
from scanner_app.domain.clock import Instant
from scanner_app.domain.counting.claim import Claim, ClaimKind, Span
from scanner_app.domain.counting.frozen import Frozen
from scanner_app.domain.counting.identity import claim_id
from scanner_app.domain.counting.state import Kept, Standing, State
from scanner_app.domain.desk.asks import ROWS_MAX, AskCases
from scanner_app.domain.desk.case import CASES_MAX, CaseKind
from scanner_app.domain.desk.replies import CasesPage
from scanner_app.domain.ledger import StockKey
from scanner_app.domain.people import Operator, Role
from scanner_app.domain.quantity import SCALE
from scanner_app.showcase.cluster import QUICK, Cluster
from sync.central.book.master_rows import write_master_rows
from sync.central.counting.claim_rows import FirstSeen, row_of
from sync.central.database.bulk import insert_rows
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.store import CentralStore, init_store
from sync.central.database.tables import claims
from sync.central.decisions.asker import Asker
from sync.central.decisions.case_list import cases_page
from sync.central.service.server import collect_seldom

NAMES = ("variance_list_100k", "variance_list_100k_pg")
_BOUND = 3.0
_ITEMS, _PLACES, _ZONES, _COUNTERS = 2_000, 2_000, 10, 20
_CHUNK = 5_000
_BEGIN_US = 1_700_000_000_000_000
_ASKER = Asker(SITE, "d1", Operator("boss", "Boss", "b", "", roles=(Role.SUPERVISOR,)))
_OF = "site = '{site}' AND is_listed IS true{more}"
_BARE = (
    "SELECT c.claim, i.name, s.* FROM (SELECT * FROM claims WHERE {where} ORDER BY value DESC, claim LIMIT 51) AS c "
    "CROSS JOIN (SELECT count(*), sum(CASE WHEN variance < 0 THEN value ELSE 0 END), sum(value) FROM "
    "(SELECT value, variance FROM claims WHERE {where} ORDER BY value DESC, claim LIMIT 1001) AS f) AS s "
    "LEFT JOIN items AS i ON i.site = c.site AND i.item = c.item ORDER BY c.value DESC, c.claim"
)


class _Filter(NamedTuple):
    """What is asked, and what that is in the bare statement."""

    ask: AskCases
    more: str = ""

    def bare(self, is_true: str) -> str:
        """The bare statement, in which ``is_true`` is how a dialect asks a column that is true or not."""
        of_filter = f" AND {self.more}" if self.more else ""
        return _BARE.format(where=_OF.format(site=SITE, more=of_filter)).replace("IS true", is_true)


def _filters() -> Iterator[_Filter]:
    kind = CaseKind.CLAIM.value
    yield _Filter(AskCases(kind=kind))
    yield _Filter(AskCases(kind=kind, zone="Z3"), "zone = 'Z3'")
    yield _Filter(AskCases(kind=kind, person="1003"), "operator = '1003'")
    half_us = _BEGIN_US + 50_000 * 1_000_000
    yield _Filter(AskCases(kind=kind, before_us=half_us), f"effective_us <= {half_us}")
    yield _Filter(AskCases(kind=kind, under=50 * SCALE), f"value < {50 * SCALE}")
    yield _Filter(AskCases(kind=kind, no_marks=True), "below = above AND NOT is_unclear AND NOT is_for_review")


def measure(world: World) -> list[Result]:
    collect_seldom()  # as the service does
    with TemporaryDirectory() as folder, closing(init_store(str(Path(folder) / "central.db"))) as store:
        _fill(store, world)
        with closing(sqlite3.connect(Path(folder) / "central.db")) as bare:
            on_sqlite = _worst(NAMES[0], store, world, "IS 1", lambda text: bare.execute(text).fetchall())
    with Cluster(settings={**QUICK, "shared_buffers": "256MB"}) as cluster, closing(init_store(cluster.url())) as store:
        _fill(store, world)
        with psycopg.connect(cluster.url().replace("+psycopg", "", 1), autocommit=True) as bare_pg:
            bare_pg.execute("VACUUM ANALYZE")
            bare_pg.autocommit = False
            return [
                on_sqlite,
                _worst(NAMES[1], store, world, "IS true", lambda text: bare_pg.execute(text.encode()).fetchall()),
            ]


def _fill(store: CentralStore, world: World) -> None:
    """Write the claims alone, as counts would have left them, and the goods that they name."""
    items = [Item(_item(number), f"Goods number {number}", "EA", cost=SCALE) for number in range(_ITEMS)]
    places = [Location(_place(number), _zone(number), number, "") for number in range(_PLACES)]
    people = [Operator(f"{1000 + number}", "Counter", f"b{number}", "h") for number in range(_COUNTERS)]
    rows = _claims(world.size.exceptions)
    with store.writing() as connection:
        for struct, some in ((Item, items), (Location, places), (Operator, people)):
            write_master_rows(connection, BY_STRUCT[struct], SITE, [some], lambda _written, _total: None)
        while part := list(islice(rows, _CHUNK)):
            insert_rows(connection, claims, part)


def _item(number: int) -> str:
    return f"{100_000 + number}"


def _place(number: int) -> str:
    return f"A-{number:04}"


def _zone(number: int) -> str:
    return f"Z{number % _ZONES}"


def _claims(count: int) -> Iterator[tuple[Any, ...]]:
    dice = random.Random(1)
    for number in range(count):
        place, counter = number % _PLACES, f"{1000 + dice.randrange(_COUNTERS)}"
        key = StockKey(_place(place), _item((number // _PLACES * 37 + place) % _ITEMS), f"L{number}")
        instant = Instant(_BEGIN_US + number * 1_000_000, "d1", 1, number + 1, 0)
        variance = dice.choice((-1, 1)) * dice.randrange(1, 100) * SCALE
        span = Span(instant.time_us - 1_000_000, instant, 1_000, "d1", counter)
        count_id = f"c{number // 10}"
        claim = Claim(
            claim_id(count_id, key), count_id, key, ClaimKind.LINES, 100 * SCALE, f"v{number}", span,
            frozenset({counter}), frozen=Frozen(cost=SCALE),
        )  # fmt: skip
        state = State(variance, standing=Standing.WAITING)
        yield row_of(SITE, Kept(claim, state), FirstSeen(_zone(place)), is_alive=True, is_listed=True)


def _worst(name: str, store: CentralStore, world: World, is_true: str, bare: Callable[[str], Any]) -> Result:
    """The filter of which the page costs most against its bare statement."""
    measured = [_measured(store, world, one, lambda one=one: bare(one.bare(is_true))) for one in _filters()]  # type: ignore[misc]
    products, floors = max(measured, key=lambda times: median(times[0]) / median(times[1]))
    return medians(name, "ms", products, floors, _BOUND)


def _measured(
    store: CentralStore, world: World, asked: _Filter, bare: Callable[[], Any]
) -> tuple[list[float], list[float]]:
    products: list[float] = []
    floors: list[float] = []
    with store.reading() as connection:
        for _ in range(2 * world.size.moments):
            begun = time.perf_counter()
            page = cases_page(connection, _ASKER, asked.ask, _BEGIN_US)
            products.append((time.perf_counter() - begun) * 1_000)
            begun = time.perf_counter()
            rows = bare()
            floors.append((time.perf_counter() - begun) * 1_000)
    if not isinstance(page, CasesPage) or [case.id for case in page.cases] != [row[0] for row in rows[:ROWS_MAX]]:
        raise BenchmarkError(f"The page is not the one of the bare query: {msgspec.json.encode(asked.ask).decode()}")
    if page.waiting != min(rows[0][2], CASES_MAX):
        raise BenchmarkError(f"{page.waiting} are told to wait.")
    half = world.size.moments
    return products[half:], floors[half:]
