"""Request coalescing (single flight) for pages: what many devices of a site pull at the same time is read once.

A move makes news for everybody, and most of them lack the same rows. A page is named by the version that the site had
when it was asked for, too; so nobody is given one that was read before what he knows of.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from sync.central.exchange.exchange import WantedRows
from sync.central.exchange.feed import Page

PAGES_KEPT_MAX = 16
ROWS_KEPT_MAX = 200
"""Of one page; a larger one is shared only by those who ask while it is being read."""


class _Name(NamedTuple):
    """What a page holds; ``version`` is a state of the site that it must contain."""

    wanted: WantedRows
    version: int


class SharedPages:
    """Belongs to one event loop."""

    def __init__(self, read: Callable[[WantedRows], Awaitable[Page]]) -> None:
        self._read = read
        self._known: dict[_Name, asyncio.Future[Page]] = {}

    async def page(self, wanted: WantedRows, version: int) -> Page:
        """Return the page; when it cannot be read, all who wait for it hear so, and the next asks again."""
        name = _Name(wanted, version)
        page = self._known.get(name)
        if page is None:
            page = self._known[name] = asyncio.ensure_future(self._read(wanted))
            page.add_done_callback(lambda finished: self._settled(name, finished))
        return await asyncio.shield(page)

    def _settled(self, name: _Name, finished: "asyncio.Future[Page]") -> None:
        if finished.cancelled() or finished.exception() or len(finished.result().rows) > ROWS_KEPT_MAX:
            self._known.pop(name, None)
        settled = [old for old, page in self._known.items() if page.done()]
        for old in settled[: max(0, len(settled) - PAGES_KEPT_MAX)]:
            del self._known[old]
