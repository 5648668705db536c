"""Beside the hostile: an exchange of honest devices while others do what they can to be in their way, and without them.

Both are measured at one service, in the same run. Each hostile device has a way of its own; all of them go on until the
honest ones have finished, and come back whenever they are thrown out. Rates are those of the configuration's default.
"""

import asyncio
import gzip
import multiprocessing
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

import msgspec
from uuid_utils import uuid7

from benchmarks.result import BenchmarkError, Result, percentile, result
from benchmarks.world.company import Device, company
from benchmarks.world.fleet import Connection, booked, events, exchange
from benchmarks.world.product import served
from benchmarks.world.world import World
from scanner_app.demo.people import make_operators
from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.events.event import Event
from scanner_app.version import PROGRAM
from sync.central.service.terms import USUAL

NAME = "exchange_beside_hostile"
_BOUND = 2.0
_HONEST = 10
_EVENTS = 5
_PAUSE_S = 0.1
_AT_ONCE = 8
"""Connections of each hostile way; twice the share of a device."""
_SILENT = 300
_DRIBBLE_S = 0.2
_LINE_S = 0.05
"""Between parts of 64 KiB: all connections of a device send as much as its radio carries, 10 MiB a second."""
_CHAIN = 1_000
_OPERATOR = make_operators(1)[0].operator
_encode = msgspec.json.Encoder().encode
Way = Callable[["_Thief"], Awaitable[None]]


def measure(world: World) -> list[Result]:
    count = world.size.exchanges
    with (
        company(world, "hostile", 1, DEVICES) as one,
        served(one.folder, one.copied("hostile"), rate=USUAL.device_requests_per_s_max) as centre,
    ):
        honest = [(device, events(device, one.picks)) for device in one.devices[:_HONEST]]
        asyncio.run(_work(centre.url, honest, max(1, count // 10)))
        without_s = asyncio.run(_work(centre.url, honest, count))
        with _hostile(one.devices[_HONEST:], centre.url):
            beside_s = asyncio.run(_work(centre.url, honest, count))
    sides = (percentile(beside_s, 0.99) * 1_000, percentile(without_s, 0.99) * 1_000)
    return [result(NAME, "ms", sides, _BOUND, 1)]


@contextmanager
def _hostile(devices: Sequence[Device], url: str) -> Iterator[None]:
    """Let all of them be at it, in a process of their own."""
    context = multiprocessing.get_context("spawn")
    tries = context.Array("q", len(_WAYS))
    process = context.Process(target=_be_hostile, args=(devices, url, tries), daemon=True)
    process.start()
    try:
        while not all(tries[:]):
            if not process.is_alive():
                raise BenchmarkError("The hostile gave up.")
            time.sleep(0.1)
        yield
    finally:
        process.kill()
        process.join()


def _be_hostile(devices: Sequence[Device], url: str, tries: Any) -> None:
    async def all_at_once() -> None:
        await asyncio.gather(*(_go_on(_Thief(devices[at], url), way, tries, at) for at, way in enumerate(_WAYS)))

    asyncio.run(all_at_once())


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


class _Thief:
    """A hostile device: a token, and as many connections as it likes."""

    def __init__(self, device: Device, url: str) -> None:
        address = urlsplit(url)
        self.device = device
        self._where = address.hostname, address.port
        self._head = f"Host: {address.netloc}\r\nAuthorization: Bearer {device.token}\r\n"

    async def open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection(*self._where)

    def head(self, line: str, *more: str) -> bytes:
        lines = "".join(f"{one}\r\n" for one in more)
        return f"{line} HTTP/1.1\r\n{self._head}{lines}\r\n".encode()

    async def send(self, *parts: bytes, pause_s: float = 0.0) -> None:
        """Send parts one after the other, and read until the other side has had enough."""
        reader, writer = await self.open()
        try:
            for part in parts:
                writer.write(part)
                await writer.drain()
                await asyncio.sleep(pause_s)
            async with asyncio.timeout(1.0):
                await reader.read(65_536)
        finally:
            writer.close()

    def post(self, size: int, *more: str) -> bytes:
        return self.head("POST /v1/exchange", "Content-Type: application/json", f"Content-Length: {size}", *more)


async def _go_on(thief: _Thief, way: Way, tries: Any, at: int) -> None:
    """Do it again and again, several times at once, whatever comes of it; count how often."""

    async def again() -> None:
        while True:
            tries[at] += 1
            with suppress(OSError, TimeoutError, EOFError):
                await way(thief)
            await asyncio.sleep(0.02)

    await asyncio.gather(*(again() for _ in range(_AT_ONCE)))


async def _slow_body(thief: _Thief) -> None:
    await thief.send(thief.post(USUAL.body_bytes_max), *[b"[" * 1_000] * 100, pause_s=_DRIBBLE_S)


async def _slow_packed_body(thief: _Thief) -> None:
    packed = _packed()
    parts = [packed[at : at + 100] for at in range(0, len(packed), 100)]
    await thief.send(thief.post(len(packed), "Content-Encoding: gzip"), *parts, pause_s=_DRIBBLE_S)


@cache
def _packed() -> bytes:
    return gzip.compress(b" " * 4_000_000 + bytes(range(256)) * 40)


async def _silent(thief: _Thief) -> None:
    lines = [await thief.open() for _ in range(_SILENT // _AT_ONCE)]
    try:
        await asyncio.sleep(5.0)
    finally:
        for _reader, writer in lines:
            writer.close()


async def _long_polls(thief: _Thief) -> None:
    await thief.send(thief.head(f"GET /v1/news?after={2**40}&wait=30"), pause_s=2.0)


async def _malformed(thief: _Thief) -> None:
    await thief.send(thief.post(20_000), b'{"protocol":3,"events":[' + b"[" * 19_976)


async def _oversized(thief: _Thief) -> None:
    await thief.send(thief.post(2 * USUAL.body_bytes_max), *[b" " * 65_536] * 40, pause_s=_LINE_S)


async def _chains(thief: _Thief) -> None:
    body = exchange(list(_chain(thief.device)))
    await thief.send(thief.post(len(body)), body, pause_s=1.0)


def _chain(device: Device) -> Iterator[bytes]:
    """A thousand annulments, each of the one before."""
    now_us, before = time.time_ns() // 1_000, str(uuid7())
    for number in range(1, _CHAIN + 1):
        name = str(uuid7())
        fact = Annulled(now_us + number, before)
        yield _encode(
            Event(
                id=name, device=device.device, epoch=1, sequence=now_us + number, entry=number, site=device.site,
                operator=_OPERATOR, wall_us=now_us, monotonic_us=number, boot="boot", program=PROGRAM, fact=fact,
            )
        )  # fmt: skip
        before = name


_WAYS: tuple[Way, ...] = (_slow_body, _slow_packed_body, _silent, _long_polls, _malformed, _oversized, _chains)
"""Each hostile device has one of them."""
DEVICES = _HONEST + len(_WAYS)
