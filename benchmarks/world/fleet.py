"""A fleet: devices as the wire knows them. Requests are made beforehand; each device has one connection."""

import asyncio
from collections.abc import Iterator, Sequence
from itertools import count, cycle
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct
from uuid_utils import uuid7

from benchmarks.result import BenchmarkError
from benchmarks.world.backlog import moved
from benchmarks.world.company import Device
from benchmarks.world.picks import Pick
from devices.clock import StationClock
from scanner_app.demo.people import make_operators
from scanner_app.domain.clock import Stamp
from scanner_app.domain.events.event import Event
from scanner_app.version import PROGRAM
from sync.protocol import PROTOCOL, ExchangeRequest

_OPERATOR = make_operators(1)[0].operator
_encode = msgspec.json.Encoder().encode


class Outcomes(Struct):
    """As much of an answer as is looked at."""

    class One(Struct):
        outcome: str
        duplicate: bool = False
        version: int = 0

    answers: tuple[One, ...] = ()
    cursor: int = 0
    store_epoch: str = ""


_outcomes = msgspec.json.Decoder(Outcomes)


class Answered(Struct):
    status: int
    headers: dict[str, str]
    body: bytes


def events(device: Device, picks: Sequence[Pick]) -> Iterator[bytes]:
    """Yield moves of one piece without end, one after the other, as the device keeps them."""
    start = StationClock().stamp()
    for sequence, pick in zip(count(1), cycle(picks[sum(device.device.encode()) % len(picks) :] or picks)):
        at = Stamp(start.wall_us + sequence * 1_000, start.monotonic_us + sequence * 1_000, start.boot)
        event = Event(
            id=str(uuid7()),
            device=device.device,
            epoch=1,
            sequence=sequence,
            entry=sequence,
            site=device.site,
            operator=_OPERATOR,
            wall_us=at.wall_us,
            monotonic_us=at.monotonic_us,
            boot=at.boot,
            program=PROGRAM,
            fact=moved(pick, at, _OPERATOR),
        )
        yield _encode(event)


def exchange(events: Sequence[bytes] = (), cursor: int = 0, store_epoch: str = "", rows_max: int = 0) -> bytes:
    """The body of a request that pushes ``events`` and asks for ``rows_max`` rows."""
    raw = tuple(map(msgspec.Raw, events))
    return _encode(
        ExchangeRequest(
            protocol=PROTOCOL, program=PROGRAM, epoch=1, cursor=cursor, store_epoch=store_epoch, rows_max=rows_max,
            events=raw,
        )
    )  # fmt: skip


class Connection:
    """HTTP as far as the centre speaks it: one request after the other, answers with their length."""

    def __init__(self, device: Device, url: str) -> None:
        address = urlsplit(url)
        self.device = device
        self._host, self._port = address.hostname, address.port
        self._head = f"Host: {address.netloc}\r\nAuthorization: Bearer {device.token}\r\n"
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def push(self, events: Sequence[bytes]) -> Outcomes:
        """Push events; all of them must be booked."""
        return booked(await self.post(exchange(events)), len(events))

    async def post(self, body: bytes) -> Answered:
        head = f"POST /v1/exchange HTTP/1.1\r\n{self._head}Content-Type: application/json\r\n"
        return await self._asked(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)

    async def get(self, path: str) -> Answered:
        return await self._asked(f"GET {path} HTTP/1.1\r\n{self._head}\r\n".encode())

    async def _asked(self, request: bytes) -> Answered:
        if self._streams is None or self._streams[0].at_eof():  # the other side has left while it rested
            self.close()
            self._streams = await asyncio.open_connection(self._host, self._port)
        reader, writer = self._streams
        writer.write(request)
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        if headers.get("connection", "") == "close":
            self.close()
        return Answered(int(first.split()[1]), headers, body)

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
        self._streams = None


def booked(answered: Answered, events: int) -> Outcomes:
    """Read an answer.

    Raises:
        BenchmarkError: not all of the events were booked as they should be, each for the first time.
    """
    if answered.status != 200:
        raise BenchmarkError(f"The centre answers {answered.status}: {answered.body[:200]!r}")
    found = _outcomes.decode(answered.body)
    posted = sum(one.outcome == "posted" and not one.duplicate for one in found.answers)
    if posted != events:
        raise BenchmarkError(f"{posted} of {events} events were posted: {found.answers[:3]}")
    return found
