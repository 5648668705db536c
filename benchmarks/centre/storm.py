"""The storm: many devices come back at once, each with a backlog, against the same number of events from ten of them.

A device that is told to come back does so as the sync machine would. An exchange is timed from its request to its
answer, with its wait in line; a drain from the first request to the last answer, with all pauses.
"""

import asyncio
import time
from collections.abc import Sequence
from itertools import islice

from benchmarks.device.memory import KB_PER_MB
from benchmarks.result import Result, percentile, result
from benchmarks.world.company import Company, Device, company
from benchmarks.world.fleet import Connection, booked, events, exchange
from benchmarks.world.product import served
from benchmarks.world.terminal import peak_kb
from benchmarks.world.world import World
from scanner_app.config import Sync
from sync.device.failure import pause_asked_s
from sync.device.machine import backoff_of

FEW = 10
MEMORY_MB_MAX = 256.0
NAMES = ("storm_1000_devices", "storm_exchange_p50", "storm_exchange_p99", "storm_memory")
_BUSY = (429, 503)
_CHANCE = 0.5


class _Drained:
    """What one run took: all of it (s), each exchange (s), the peak memory of the service (MiB)."""

    def __init__(self, seconds: float, exchanges_s: Sequence[float], memory_mb: float) -> None:
        self.seconds = seconds
        self.exchanges_s = exchanges_s
        self.memory_mb = memory_mb


def measure(world: World) -> list[Result]:
    size = world.size
    with company(world, "storm", 1, size.storm_devices) as one:
        many = _drained(one, one.devices, size.storm_events, 1)
        few = _drained(one, one.devices[:FEW], size.storm_events, size.storm_devices // FEW)
    name, p50, p99, memory = NAMES
    return [
        result(name, "s", (many.seconds, few.seconds), 1.5, 1),
        result(p50, "s", (percentile(many.exchanges_s, 0.5), few.seconds), 1.0, 1),
        result(p99, "s", (percentile(many.exchanges_s, 0.99), few.seconds), 1.0, 1),
        result(memory, "MiB", (max(many.memory_mb, few.memory_mb), MEMORY_MB_MAX), 1.0, 1),
    ]


def _drained(one: Company, chosen: Sequence[Device], size: int, rounds: int) -> _Drained:
    """Drain backlogs of so many batches from each of the devices."""
    work = [_bodies(one, device, size, rounds) for device in chosen]
    with served(one.folder, one.copied("storm")) as centre:
        fleet = [Connection(device, centre.url) for device in chosen]
        begun = time.perf_counter()
        found = asyncio.run(_delivered(fleet, work, size))
        seconds = time.perf_counter() - begun
        return _Drained(seconds, found, peak_kb(centre.pid) / KB_PER_MB)


def _bodies(one: Company, device: Device, size: int, rounds: int) -> list[bytes]:
    made = events(device, one.picks)
    return [exchange(list(islice(made, size))) for _ in range(rounds)]


async def _delivered(fleet: Sequence[Connection], work: Sequence[list[bytes]], size: int) -> list[float]:
    found = await asyncio.gather(*(_deliver(one, own, size) for one, own in zip(fleet, work, strict=True)))
    for one in fleet:
        one.close()
    return [seconds for times in found for seconds in times]


async def _deliver(one: Connection, bodies: Sequence[bytes], size: int) -> list[float]:
    """Deliver one after the other, each as often as it takes."""
    times: list[float] = []
    failures = 0
    while len(times) < len(bodies):
        begun = time.perf_counter()
        answered = await one.post(bodies[len(times)])
        if answered.status in _BUSY:
            failures += 1
            pause_s = pause_asked_s(answered.headers.get("retry-after", ""), "")
            await asyncio.sleep(pause_s + backoff_of(Sync()).pause_s(failures, _CHANCE))
            continue
        booked(answered, size)
        times.append(time.perf_counter() - begun)
        failures = 0
    return times
