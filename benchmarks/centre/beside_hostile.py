"""Beside the hostile: an exchange of honest devices while others do what they can to be in their way, and without them.

Both are measured at one service, in the same run. Each hostile device has a way of its own; all of them go on until the
honest ones have finished, and come back whenever they are thrown out. Rates are those of the configuration's default.
"""

import asyncio
import pickle
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

from benchmarks.result import BenchmarkError, Result, percentile, result
from benchmarks.world import hostile
from benchmarks.world.company import Company, Device, company
from benchmarks.world.fleet import Connection, booked, events, exchange
from benchmarks.world.product import served
from benchmarks.world.world import World
from sync.central.service.terms import USUAL

NAME = "exchange_beside_hostile"
_BOUND = 2.0
_HONEST = 10
DEVICES = _HONEST + len(hostile.WAYS)
_EVENTS = 5
_PAUSE_S = 0.1


def measure(world: World) -> list[Result]:
    count = world.size.exchanges
    with (
        company(world, "hostile", 1, DEVICES) as one,
        served(one.folder, one.copied("hostile"), rate=USUAL.device_requests_per_s_max) as centre,
    ):
        honest = [(device, events(device, one.picks)) for device in one.devices[:_HONEST]]
        asyncio.run(_work(centre.url, honest, max(1, count // 10)))
        without_s = asyncio.run(_work(centre.url, honest, count))
        with _hostile(one.devices[_HONEST:], one, centre.url):
            beside_s = asyncio.run(_work(centre.url, honest, count))
    sides = (percentile(beside_s, 0.99) * 1_000, percentile(without_s, 0.99) * 1_000)
    return [result(NAME, "ms", sides, _BOUND, 1)]


@contextmanager
def _hostile(devices: Sequence[Device], one: Company, url: str) -> Iterator[None]:
    """Let all of them be at it, in a process of their own."""
    path = one.folder / "hostile.pickle"
    path.write_bytes(pickle.dumps([*devices]))
    command = [sys.executable, "-m", hostile.__name__, url, str(path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None, "its output was asked for"
    try:
        if process.stdout.readline().strip() != hostile.ALL:
            raise BenchmarkError("The hostile gave up.")
        yield
    finally:
        process.kill()
        process.wait()


async def _work(url: str, honest: Sequence[tuple[Device, Iterator[bytes]]], count: int) -> list[float]:
    connections = [Connection(device, url) for device, _made in honest]
    works = (_exchanges(one, made, count) for one, (_device, made) in zip(connections, honest, strict=True))
    found = await asyncio.gather(*works)
    for one in connections:
        one.close()
    return [seconds for times in found for seconds in times]


async def _exchanges(connection: Connection, made: Iterator[bytes], count: int) -> list[float]:
    """Exchange as a device does at which somebody works; an honest device that is sent away is waited for, too."""
    times: list[float] = []
    while len(times) < count:
        body = exchange(list(islice(made, _EVENTS)))
        begun = time.perf_counter()
        while (answered := await connection.post(body)).status in (429, 503):
            await asyncio.sleep(float(answered.headers.get("retry-after", "1")))
        booked(answered, _EVENTS)
        times.append(time.perf_counter() - begun)
        await asyncio.sleep(_PAUSE_S)
    return times
