"""Sorting: the ledger goes into its timelines when nobody pushes, or when so much waits that it must."""

from collections.abc import Awaitable, Callable

import anyio

from sync.central.troubles import TroubleError

LOOK_S = 5
ROWS_MIN = 1_000
"""Fewer are not worth a pass: as-of adds them up from the ledger itself."""
ROWS_URGENT = 50_000


class Sorting:
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
            is_quiet = rows == self._before.get(site)
            await self._sort(site, rows, ROWS_MIN if is_quiet else ROWS_URGENT)
        self._before = await self._behind() if waiting else {}

    async def _sort(self, site: str, rows: int, rows_min: int) -> None:
        """Make passes while so many rows wait; one that finds nothing was forestalled by another process."""
        left = rows
        while left >= rows_min and (taken := await self._advance(site)):
            left -= taken
