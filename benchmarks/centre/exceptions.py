"""The list of what waits: its first page among a hundred thousand exceptions, against the bare indexed query.

The floor is one statement of the driver: the exceptions of a page by the index that has them in order, the names of
their goods, and how many there are up to the bound. The product finds them beside all other kinds of cases. Both ask
within one transaction, over connections that are open.
"""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from typing import Any

import msgspec
import psycopg

from benchmarks.result import BenchmarkError, Result, medians
from benchmarks.world.world import SITE, World
from scanner_app.domain.catalog import Item
from scanner_app.domain.desk.asks import ROWS_MAX, AskCases
from scanner_app.domain.desk.case import CASES_MAX
from scanner_app.domain.desk.replies import CasesPage
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.moved import Moved
from scanner_app.domain.ledger import Leg, StockKey, in_hand
from scanner_app.domain.people import Operator, Role
from scanner_app.domain.quantity import SCALE
from scanner_app.showcase.cluster import QUICK, Cluster
from sync.central.book.master_rows import write_master_rows
from sync.central.database.bulk import load_rows
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.store import CentralStore, init_store
from sync.central.decisions.asker import Asker
from sync.central.decisions.case_list import cases_page

NAME = "exceptions_list_100k"
_BOUND = 3.0
_ITEMS = 2_000
_CHUNK = 5_000
_BEGIN_US = 1_700_000_000_000_000
_ASKER = Asker(SITE, "d1", Operator("boss", "Boss", "b", "", roles=(Role.SUPERVISOR,)))
_COLUMNS = (
    "site", "id", "device", "epoch", "sequence", "operator", "kind", "received_us", "outcome", "reasons", "version",
    "payload", "place", "item", "quantity", "value",
)  # fmt: skip
_BARE = (
    "SELECT e.id, e.device, e.operator, e.received_us, e.reasons, e.place, e.item, e.quantity, e.value, i.name, "
    "(SELECT count(*) FROM (SELECT 1 FROM events WHERE {0} LIMIT 1001) AS c) FROM "
    "(SELECT * FROM events WHERE {0} ORDER BY value DESC, id LIMIT 51) AS e "
    "LEFT JOIN items AS i ON i.site = e.site AND i.item = e.item ORDER BY e.value DESC, e.id"
).format("site = %(site)s AND outcome = 'posted_with_exceptions' AND word = 0")
Bare = Callable[[], Any]


def measure(world: World) -> list[Result]:
    with Cluster(settings={**QUICK, "shared_buffers": "256MB"}) as cluster, closing(init_store(cluster.url())) as store:
        _fill(store, world)
        with psycopg.connect(cluster.url().replace("+psycopg", "", 1), autocommit=True) as bare:
            bare.execute("VACUUM ANALYZE")
            bare.autocommit = False
            return [_measured(store, world, lambda: bare.execute(_BARE, {"site": SITE}).fetchall())]


def _fill(store: CentralStore, world: World) -> None:
    """Write the events alone, as the intake would have them, and the goods that they name."""
    items = [Item(_item(number), f"Goods number {number}", "EA", cost=SCALE * number) for number in range(_ITEMS)]
    rows = _events(world.size.exceptions)
    with store.writing() as connection:
        write_master_rows(connection, BY_STRUCT[Item], SITE, [items], lambda _written, _total: None)
        while part := list(islice(rows, _CHUNK)):
            load_rows(connection, "events", _COLUMNS, part)


def _item(number: int) -> str:
    return f"{100_000 + number}"


def _events(count: int) -> Iterator[tuple[Any, ...]]:
    dice = random.Random(1)
    for number in range(1, count + 1):
        item, pieces = dice.randrange(_ITEMS), dice.randrange(1, 50)
        at_us = _BEGIN_US + number * 1_000_000
        name = f"{dice.getrandbits(128):032x}"
        hand = StockKey(in_hand("1001"), _item(item))
        taken = Leg(at_us, pieces * SCALE, StockKey("A-01-01", _item(item)), hand)
        put = Leg(at_us, pieces * SCALE, hand, StockKey("A-01-02", _item(item)))
        event = Event(
            id=name, device="d1", epoch=1, sequence=number, entry=number, site=SITE, operator="1001", wall_us=at_us,
            monotonic_us=5, boot="boot", program="bench", fact=Moved((taken, put)),
        )  # fmt: skip
        outcome = ("posted_with_exceptions", "place_closed", number, msgspec.json.encode(event))
        yield (
            SITE,
            name,
            "d1",
            1,
            number,
            "1001",
            "moved",
            at_us,
            *outcome,
            "A-01-01",
            _item(item),
            pieces * SCALE,
            pieces * SCALE * item,
        )


def _measured(store: CentralStore, world: World, bare: Bare) -> Result:
    products: list[float] = []
    floors: list[float] = []
    with store.reading() as connection:
        for _ in range(2 * world.size.moments):
            begun = time.perf_counter()
            page = cases_page(connection, _ASKER, AskCases(), _BEGIN_US)
            products.append((time.perf_counter() - begun) * 1_000)
            begun = time.perf_counter()
            rows = bare()
            floors.append((time.perf_counter() - begun) * 1_000)
    if not isinstance(page, CasesPage) or [case.id for case in page.cases] != [row[0] for row in rows[:ROWS_MAX]]:
        raise BenchmarkError("The page is not the one of the bare query.")
    if page.waiting != min(world.size.exceptions, CASES_MAX):
        raise BenchmarkError(f"{page.waiting} are told to wait.")
    half = world.size.moments
    return medians(NAME, "ms", products[half:], floors[half:], _BOUND)
