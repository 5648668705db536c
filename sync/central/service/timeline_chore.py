"""Background chore: the ledger is sorted into timelines while a site is calm, or when so much waits that it must."""

from collections.abc import Awaitable, Callable

import anyio

from sync.central.exchange.troubles import TroubleError

LOOK_S = 5
ROWS_MIN = 1_000
"""Fewer are not worth a pass: as-of adds them up from the ledger itself."""
ROWS_CALM = 5_000
"""A site whose ledger grew by no more between two looks has time: devices are at work, and no backlog is coming in."""
ROWS_URGENT = 500_000


class TimelineChore:
    """``behind`` says how many rows of each site wait, ``advance`` makes one pass over those of a site."""

    def __init__(
        self, behind: Callable[[], Awaitable[dict[str, int]]], advance: Callable[[str], Awaitable[int]]
    ) -> None:
        self._behind = behind
        self._advance = advance
        self._before: dict[str, int] = {}

    async def run(self) -> None:
        """Run for as long as the service does, whatever the database does meanwhile."""
        while True:
            await anyio.sleep(LOOK_S)
            try:
                await self.look()
            except TroubleError:
                continue

    async def look(self) -> None:
        """Make the passes that are due."""
        waiting = await self._behind()
        for site, rows in waiting.items():
            is_calm = site in self._before and rows - self._before[site] <= ROWS_CALM
            await self._sort(site, rows, ROWS_MIN if is_calm else ROWS_URGENT)
        self._before = await self._behind() if waiting else {}

    async def _sort(self, site: str, rows: int, rows_min: int) -> None:
        """Make passes while so many rows wait; one that finds nothing was forestalled by another process."""
        left = rows
        while left >= rows_min and (taken := await self._advance(site)):
            left -= taken
