"""A TCP proxy with bad luck: what happens to each request is drawn from a seed.

It reads whole requests (a head, and as many bytes as its Content-Length says), so that each can meet a fate of its own.
Between connections it changes the order by holding some of them back.
"""

import asyncio
import random
import re
import threading
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from queue import Queue

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_HEAD_BYTES_MAX = 64 * 1024
_END_S_MAX = 10.0


class Fate(StrEnum):
    """What can happen to a request."""

    PASS = "pass"
    REFUSE = "refuse"
    """The connection ends before anything is read of it."""
    CUT_REQUEST = "cut request"
    """A part of it goes on, then both connections end."""
    CUT_ANSWER = "cut answer"
    """It is carried out, and a part of its answer comes back, at most."""
    STALL = "stall"
    """The answer is held back for longer than it should be, and then lost."""
    DELAY = "delay"
    """Request and answer wait for a while; other connections overtake them."""
    DUPLICATE = "duplicate"
    """It is carried out twice; the second answer comes back."""


BAD_LUCK: Mapping[Fate, float] = {
    Fate.PASS: 0.55,
    Fate.REFUSE: 0.08,
    Fate.CUT_REQUEST: 0.08,
    Fate.CUT_ANSWER: 0.12,
    Fate.STALL: 0.02,
    Fate.DELAY: 0.08,
    Fate.DUPLICATE: 0.07,
}


class _CutError(Exception):
    """This connection ends here."""


class FaultProxy:
    """Passes on to ``port`` on loopback. ``fates`` counts what happened; ``heal`` ends all bad luck."""

    def __init__(self, port: int, seed: int, luck: Mapping[Fate, float] = BAD_LUCK, stall_s: float = 2.0) -> None:
        self._port = port
        self._chance = random.Random(seed)
        self._luck = dict(luck)
        self._stall_s = stall_s
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self.fates: Counter[Fate] = Counter()
        self.url = ""

    def __enter__(self) -> "FaultProxy":
        ports: Queue[int] = Queue()
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(ports), self._loop)
        self.url = f"http://127.0.0.1:{ports.get(timeout=_END_S_MAX)}"
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(_END_S_MAX)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_END_S_MAX)
        self._loop.close()

    def heal(self) -> None:
        self._luck = {Fate.PASS: 1.0}

    async def _listen(self, ports: "Queue[int]") -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        ports.put(self._server.sockets[0].getsockname()[1])

    async def _end(self) -> None:
        self._server.close()
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _drawn(self) -> Fate:
        fate = self._chance.choices(list(self._luck), list(self._luck.values()))[0]
        self.fates[fate] += 1
        return fate

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                fate = self._drawn()
                if fate is Fate.REFUSE:
                    return
                await self._meet(fate, await _message(reader), writer)
        except (_CutError, OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return
        finally:
            writer.close()

    async def _meet(self, fate: Fate, request: bytes, writer: asyncio.StreamWriter) -> None:
        if fate is Fate.CUT_REQUEST:
            await self._pass(request[: self._chance.randrange(len(request))], is_whole=False)
            raise _CutError
        if fate is Fate.DUPLICATE:
            await self._pass(request)
        if fate is Fate.DELAY:
            await asyncio.sleep(self._chance.uniform(0.01, 0.5))
        answer = await self._pass(request)
        if fate is Fate.CUT_ANSWER:
            writer.write(answer[: self._chance.choice((0, self._chance.randrange(len(answer))))])
            await writer.drain()
            raise _CutError
        if fate is Fate.STALL:
            await asyncio.sleep(self._stall_s)
            raise _CutError
        writer.write(answer)
        await writer.drain()

    async def _pass(self, request: bytes, is_whole: bool = True) -> bytes:
        """Send it on over a connection of its own; the answer, if a whole request can have one."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        try:
            writer.write(request)
            await writer.drain()
            return await _message(reader) if is_whole else b""
        finally:
            writer.close()


async def _message(reader: asyncio.StreamReader) -> bytes:
    """A whole request or answer: its head and its body."""
    head = await reader.readuntil(b"\r\n\r\n")
    if len(head) > _HEAD_BYTES_MAX:
        raise _CutError
    length = _LENGTH.search(head)
    return head + (await reader.readexactly(int(length[1])) if length else b"")
