"""Pushes: events a second over HTTP into PostgreSQL, judged and chained, against bare inserts of the same rows.

Some devices push at the same time, each its own batches, one after the other. The floor writes the rows that the
product left behind, in the same batches, into a copy of the same database, over as many connections as there were
devices, each in a process of its own. Both sides are told as microseconds an event.
"""

import asyncio
import pickle
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack, closing
from itertools import islice
from pathlib import Path

from benchmarks.result import BenchmarkError, Result, medians
from benchmarks.world.batches import Batch, batches
from benchmarks.world.company import Company, Device, company, connected
from benchmarks.world.fleet import Connection, events
from benchmarks.world.product import served
from benchmarks.world.world import World
from sync.central.audit.verification import verify
from sync.central.database.store import open_store

DEVICES = 4
BOUND = 3.0
SHAPES = {
    "push_b10": (10, False), "push_b100": (100, False), "push_b1000": (1_000, False), "push_b100_10_sites": (100, True),
}  # fmt: skip
"""Events of a batch, and whether one device of each site pushes or all those of one."""
_EVENTS = "SELECT * FROM events WHERE site = %s AND device = %s AND sequence > %s ORDER BY sequence"
_LEDGER = "SELECT * FROM ledger WHERE site = %s AND device = %s AND sequence > %s ORDER BY recorded"
_VERSION = 10**9
"""Above every version of the product; only its width matters to the floor."""


def measure(world: World) -> list[Result]:
    with company(world, "pushes", world.size.sites, _devices(world)) as one:
        return [_measured(one, name, world) for name in SHAPES]


def _devices(world: World) -> int:
    """At each site; where only the harness is tried two are several."""
    return 2 if world.size.is_trial else DEVICES


def _measured(one: Company, name: str, world: World) -> Result:
    whole, is_everywhere = SHAPES[name]
    size = min(whole, world.size.pushed)
    count = _devices(world)
    chosen = one.devices[::count] if is_everywhere else one.devices[:count]
    rounds = max(1, world.size.pushed // (size * len(chosen)))
    products: list[float] = []
    floors: list[float] = []
    for _ in range(world.size.push_runs):
        products.append(_push(one, chosen, size, rounds))
        floors.append(_insert(one, chosen, size))
    micros = 1e6 / (size * rounds * len(chosen))
    return medians(name, "us/event", [s * micros for s in products], [s * micros for s in floors], BOUND)


def _push(one: Company, chosen: Sequence[Device], size: int, rounds: int) -> float:
    """Push with every device at once; a batch before that warms the centre up and does not count."""
    made = [list(islice(events(device, one.picks), size * (rounds + 1))) for device in chosen]
    work = [[own[start : start + size] for start in range(0, len(own), size)] for own in made]
    url = one.copied("product")
    with served(one.folder, url) as centre:
        seconds = asyncio.run(_pushed([Connection(device, centre.url) for device in chosen], work))
    with closing(open_store(url)) as store:
        if found := verify(store):
            raise BenchmarkError(f"The book is not sound: {found[0]}")
    return seconds


async def _pushed(fleet: Sequence[Connection], work: Sequence[list[list[bytes]]]) -> float:
    await asyncio.gather(*(one.push(own[0]) for one, own in zip(fleet, work, strict=True)))
    begun = time.perf_counter()
    await asyncio.gather(*(_push_all(one, own[1:]) for one, own in zip(fleet, work, strict=True)))
    seconds = time.perf_counter() - begun
    for one in fleet:
        one.close()
    return seconds


async def _push_all(one: Connection, own: Sequence[list[bytes]]) -> None:
    for batch in own:
        await one.push(batch)


def _insert(one: Company, chosen: Sequence[Device], size: int) -> float:
    """Write what the product wrote; reading the rows and getting ready is not timed."""
    url = one.copied("floor").replace("+psycopg", "", 1)
    with ExitStack() as stack:
        left = enumerate(_left(one, chosen, size))
        writers = [stack.enter_context(_writer(one, url, number, own)) for number, own in left]
        for writer in writers:
            assert writer.stdout is not None, "its output was asked for"
            writer.stdout.readline()
        begun = time.perf_counter()
        for writer in writers:
            assert writer.stdin is not None, "it reads"
            writer.stdin.close()
        codes = [writer.wait() for writer in writers]
        if any(codes):
            raise BenchmarkError("The floor could not write its rows.")
        return time.perf_counter() - begun


def _left(one: Company, chosen: Sequence[Device], size: int) -> list[list[Batch]]:
    with closing(connected(one.cluster.url("product"))) as database:
        found = []
        for device in chosen:
            whose = (device.site, device.device, size)
            rows = database.execute(_EVENTS, whose).fetchall(), database.execute(_LEDGER, whose).fetchall()
            found.append(list(batches(*rows, size, _VERSION)))
        return found


def _writer(one: Company, url: str, number: int, own: list[Batch]) -> "subprocess.Popen[bytes]":
    path = one.folder / f"rows-{number}"
    path.write_bytes(pickle.dumps([tuple(batch) for batch in own]))
    command = [sys.executable, str(Path(__file__).parents[1] / "floors" / "plain_postgres.py"), url, str(path)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
