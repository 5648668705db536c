"""The first pull: a site's whole stock onto a new device, against bare inserts of the same rows into the same file.

The product is all of ``scanner sync --once``: every page from PostgreSQL over HTTP into the cache, in transactions that
would let a scan through. The floor inserts the stock rows that the device has then, in the order in which they came, a
page a transaction, into an empty cache with the product's own settings. Memory is told against what both processes need
with nothing to pull.
"""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import islice, product
from pathlib import Path
from typing import NamedTuple

from benchmarks.device.memory import KB_PER_MB
from benchmarks.result import BenchmarkError, Result, result
from benchmarks.world.company import SITE_NAMES, Company, Device, company
from benchmarks.world.product import scanner, served, write_config
from benchmarks.world.terminal import peak_kb, peak_of
from benchmarks.world.world import SEED, World
from scanner_app.demo.warehouse import make_warehouse
from scanner_app.domain.catalog import AVAILABLE, OWN
from scanner_app.domain.quantity import SCALE
from scanner_app.store.file import open_cache
from scanner_app.store.identity import Enrolment
from scanner_app.store.store import open_store as open_device
from sync.central.book.counters import locked_counters, set_counters
from sync.central.database.bulk import insert_rows
from sync.central.database.store import open_store
from sync.central.database.tables import stock
from sync.protocol import ROWS_MAX

NAMES = ("first_pull_1m", "first_pull_device_memory", "first_pull_centre_memory")
_ROWS_PER_COPY = 50_000


class _Pulled(NamedTuple):
    """What a pull took (s), and the peak memory of the device and of the service (MiB)."""

    seconds: float
    device_mb: float
    centre_mb: float


def measure(world: World) -> list[Result]:
    with company(world, "first_pull", 1, 1) as one:
        url = one.copied("first_pull")
        _fill(url, world)
        with served(one.folder, url) as centre:
            device = one.folder / "device"
            _enrol(device, one.devices[0], centre.url)
            whole = _pull(one, centre.url, centre.pid)
        with served(one.folder, url) as centre:
            nothing = _pull(one, centre.url, centre.pid)
        floor_s = _insert(device, one.folder / "floor", world.size.first_rows)
    name, of_device, of_centre = NAMES
    return [
        result(name, "s", (whole.seconds, floor_s), 4.0, 1),
        result(of_device, "MiB", (whole.device_mb, nothing.device_mb), 2.0, 1),
        result(of_centre, "MiB", (whole.centre_mb, nothing.centre_mb), 2.0, 1),
    ]


def _fill(url: str, world: World) -> None:
    """Give the site so many rows of stock more, in the order of their keys, as an opening does."""
    with closing(open_store(url)) as store, store.writing() as connection:
        before = locked_counters(connection, SITE_NAMES[0])
        rows = _rows(world, before.version)
        while part := list(islice(rows, _ROWS_PER_COPY)):
            insert_rows(connection, stock, part)
        set_counters(connection, SITE_NAMES[0], before._replace(version=before.version + world.size.first_rows))


def _rows(world: World, version: int) -> Iterator[tuple[object, ...]]:
    warehouse = make_warehouse(world.size.company, SEED)
    places = sorted(one.location for one in warehouse.locations)
    items = sorted(good.item.item for good in warehouse.goods)
    each = -(-world.size.first_rows // len(places))
    keys = islice(product(places, range(each)), world.size.first_rows)
    for number, (place, at) in enumerate(keys, version + 1):
        item, lot = items[at % len(items)], f"L{at}"
        yield (SITE_NAMES[0], place, item, lot, "", OWN, AVAILABLE, SCALE, True, number, "")


def _enrol(folder: Path, device: Device, url: str) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    with closing(open_device(folder)) as store, store.transaction:
        store.identity.enrol(Enrolment(device.device, 1, device.site, url, device.token))


def _pull(one: Company, url: str, centre: int) -> _Pulled:
    command = scanner(write_config(one.folder, url, database=one.cluster.url("first_pull")), "sync", "--once")
    begun = time.perf_counter()
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    device_kb = peak_of(running)
    seconds = time.perf_counter() - begun
    if running.wait():
        raise BenchmarkError("The device could not pull.")
    return _Pulled(seconds, device_kb / KB_PER_MB, peak_kb(centre) / KB_PER_MB)


def _insert(pulled: Path, folder: Path, expected: int) -> float:
    """Insert what ``pulled`` has, into a cache of the product's own; only the inserting is timed."""
    shutil.rmtree(folder, ignore_errors=True)
    with closing(open_cache(pulled)) as cache:
        rows = cache.database.execute("SELECT * FROM stock ORDER BY version").fetchall()
    if len(rows) < expected:
        raise BenchmarkError(f"The device has {len(rows)} stock rows, not {expected}.")
    insert = f"INSERT INTO stock VALUES ({','.join('?' * len(rows[0]))})"
    with closing(open_device(folder)) as store:
        begun = time.perf_counter()
        for start in range(0, len(rows), ROWS_MAX):
            with store.transaction:
                store.file.database.executemany(insert, rows[start : start + ROWS_MAX])
        return time.perf_counter() - begun
