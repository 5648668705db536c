"""Visibility: from a move being sent by one device until it is on the others, all of them waiting for news.

Every device waits in a long poll, and pulls as soon as there is news, as the engine does. A sample is one move on one
device: from the push to the page of rows that contains it. The bound is a second at the 99th percentile.
"""

import asyncio
import time
from collections.abc import Sequence
from contextlib import closing
from itertools import islice

import msgspec

from benchmarks.result import BenchmarkError, Result, percentile, result
from benchmarks.world.company import Company, company
from benchmarks.world.fleet import Connection, Outcomes, booked, events, exchange
from benchmarks.world.product import served
from benchmarks.world.world import World
from sync.central.book.counters import site_version
from sync.central.book.lives import store_epoch_of
from sync.central.database.store import open_store
from sync.protocol import ROWS_MAX, News

BOUND_S = 1.0
_NEWS_S = 25
_WARM_UP = 2
_news = msgspec.json.Decoder(News)


class _Watcher:
    """A device that shows what others move; ``cursor`` is how far it has pulled."""

    def __init__(self, connection: Connection, store_epoch: str, cursor: int) -> None:
        self._connection = connection
        self._store_epoch = store_epoch
        self.cursor = cursor
        self.pulled = asyncio.Event()

    async def run(self) -> None:
        while True:
            await self._news()
            body = exchange(cursor=self.cursor, store_epoch=self._store_epoch, rows_max=ROWS_MAX)
            self.cursor = booked(await self._connection.post(body), 0).cursor
            self.pulled.set()
            self.pulled = asyncio.Event()

    async def _news(self) -> None:
        version = self.cursor
        while version <= self.cursor:
            answered = await self._connection.get(f"/v1/news?after={self.cursor}&wait={_NEWS_S}")
            if answered.status != 200:
                raise BenchmarkError(f"No news: {answered.status} {answered.body[:200]!r}")
            version = _news.decode(answered.body).version

    async def past(self, version: int, begun: float) -> float:
        """How long it took until this device contained ``version`` (s)."""
        while self.cursor < version:
            await self.pulled.wait()
        return time.perf_counter() - begun


def measure(world: World) -> list[Result]:
    with company(world, "visibility", 1, world.size.watchers + 1) as one:
        times_s = _seen(one, world.size.watched_moves)
    return [result("visibility", "s", (percentile(times_s, 0.99), BOUND_S), 1.0, len(times_s))]


def _seen(one: Company, moves: int) -> list[float]:
    url = one.copied("visibility")
    with closing(open_store(url)) as store, store.reading() as connection:
        site = one.devices[0].site
        start = store_epoch_of(connection, site), site_version(connection, site)
    with served(one.folder, url) as centre:
        fleet = [Connection(device, centre.url) for device in one.devices]
        watchers = [_Watcher(connection, *start) for connection in fleet[1:]]
        made = list(islice(events(one.devices[0], one.picks), moves + _WARM_UP))
        return asyncio.run(_watched(fleet[0], watchers, made))


async def _watched(mover: Connection, watchers: Sequence[_Watcher], made: Sequence[bytes]) -> list[float]:
    """Push one move after the other, each as soon as everybody has the one before."""
    times_s: list[float] = []
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one.run()) for one in watchers]
        for move in made:
            begun = time.perf_counter()
            version = _version(await mover.push([move]))
            times_s += await asyncio.gather(*(one.past(version, begun) for one in watchers))
        for task in tasks:
            task.cancel()
    return times_s[_WARM_UP * len(watchers) :]


def _version(found: Outcomes) -> int:
    return found.answers[0].version
