"""The hostile: devices that do what they can to be in others' way, each in a way of its own, in a process of theirs.

Usage: ``python -m benchmarks.world.hostile URL DEVICES``, with a device for each way pickled; says ``all`` when all
have tried, and goes on until it is killed. Whoever is thrown out comes back.
"""

import asyncio
import gzip
import pickle
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from uuid_utils import uuid7

from benchmarks.world.company import Device
from benchmarks.world.fleet import exchange
from scanner_app.demo.people import make_operators
from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.events.event import Event
from scanner_app.version import PROGRAM
from sync.central.service.terms import USUAL

_AT_ONCE = 8
"""Connections of each hostile way; twice the share of a device."""
_SILENT = 300
_DRIBBLE_S = 0.2
_LINE_S = 0.05
"""Between parts of 64 KiB: all connections of a device send as much as its radio carries, 10 MiB a second."""
_CHAIN = 1_000
ALL = "all"
_OPERATOR = make_operators(1)[0].operator
_encode = msgspec.json.Encoder().encode
Way = Callable[["_Thief"], Awaitable[None]]


async def _all_at_once(devices: Sequence[Device], url: str) -> None:
    tried: set[Way] = set()
    await asyncio.gather(*(_go_on(_Thief(one, url), way, tried) for one, way in zip(devices, WAYS, strict=True)))


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


async def _go_on(thief: _Thief, way: Way, tried: set[Way]) -> None:
    """Do it again and again, several times at once, whatever comes of it."""

    async def again() -> None:
        while True:
            _tell(tried, way)
            with suppress(OSError, TimeoutError, EOFError):
                await way(thief)
            await asyncio.sleep(0.02)

    await asyncio.gather(*(again() for _ in range(_AT_ONCE)))


def _tell(tried: set[Way], way: Way) -> None:
    """Say it when the last of them has begun."""
    if way not in tried:
        tried.add(way)
        if len(tried) == len(WAYS):
            print(ALL, flush=True)


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


WAYS: tuple[Way, ...] = (_slow_body, _slow_packed_body, _silent, _long_polls, _malformed, _oversized, _chains)
"""Each hostile device has one of them."""


if __name__ == "__main__":
    asyncio.run(_all_at_once(pickle.loads(Path(sys.argv[2]).read_bytes()), sys.argv[1]))
