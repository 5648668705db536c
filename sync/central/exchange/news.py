"""News by long polling: requests that wait for a site to pass a version.

A push in this process wakes them at once; commits of other processes are found by asking for the versions every half
second, one query for all sites, and only while somebody waits.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

POLL_S = 0.5


class Watch:
    """Belongs to one event loop; ``versions`` reads the last version of every site. ``waiting`` long polls are open."""

    def __init__(self, versions: Callable[[], Awaitable[dict[str, int]]], device_max: int) -> None:
        self._read = versions
        self._device_max = device_max
        self._polls: dict[str, deque[asyncio.Timeout]] = {}
        self._known: dict[str, int] = {}
        self._lower: set[str] = set()
        self._changed = asyncio.Event()
        self.waiting = 0
        self._is_closed = False

    def told(self, site: str, version: int) -> None:
        """Take note of a version and wake whoever waits."""
        if version > self._known.get(site, -1):
            self._known[site] = version
            self._wake()

    def knows(self, site: str) -> bool:
        """Say whether anything was told of a site; what was is at most half a second old while somebody waits."""
        return site in self._known

    def close(self) -> None:
        """Let every long poll answer now."""
        self._is_closed = True
        self._wake()

    async def past(self, site: str, after: int, wait_s: float, device: str, sessions: int = 1) -> int:
        """Return the site's version as soon as it is above ``after``, or whatever it is when time is up.

        Of a device that asks too often at once the oldest request is answered early: its connection may be long dead.
        """
        if self._known.get(site, 0) > after or wait_s <= 0:
            return self._known.get(site, 0)
        self.waiting += 1
        try:
            async with asyncio.timeout(wait_s) as patience, self._shared(device, sessions, patience):
                while self._known.get(site, 0) <= after and not self._is_closed:
                    await self._changed.wait()
        except TimeoutError:
            pass
        finally:
            self.waiting -= 1
        return self._known.get(site, 0)

    @asynccontextmanager
    async def _shared(self, device: str, sessions: int, patience: asyncio.Timeout) -> AsyncIterator[None]:
        """Wait as one of the few of a device, for each of its sessions."""
        polls = self._polls.setdefault(device, deque())
        if len(polls) >= self._device_max * sessions:
            polls.popleft().reschedule(asyncio.get_running_loop().time())
        polls.append(patience)
        try:
            yield
        finally:
            with suppress(ValueError):
                polls.remove(patience)
            if not polls:
                self._polls.pop(device, None)

    async def poll(self) -> None:
        """Run for as long as the service does."""
        while not self._is_closed:
            if self.waiting:
                for site, version in (await self._read()).items():
                    self._found(site, version)
            await asyncio.sleep(POLL_S)

    def _found(self, site: str, version: int) -> None:
        """Take note of what the store has; less than was told, twice in a row, is a store that was put back."""
        if version >= self._known.get(site, -1):
            self._lower.discard(site)
        elif site in self._lower:
            self._known[site] = -1
        else:
            self._lower.add(site)
        self.told(site, version)

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
