"""Background chore: what is made behind the floor, while a site is calm, or when so much waits that it must be."""

from collections.abc import Awaitable, Callable
from typing import NamedTuple

import anyio

from sync.central.exchange.troubles import TroubleError

LOOK_S = 5


class ChorePace(NamedTuple):
    """Fewer than ``least`` are not worth a pass.

    A site of which no more than ``calm`` came between two looks has time: devices are at work, and no backlog is coming
    in. Where ``urgent`` wait, a pass is made whatever comes.
    """

    least: int
    calm: int
    urgent: int


TIMELINES = ChorePace(least=1_000, calm=5_000, urgent=500_000)
"""Rows of the ledger: as-of adds up those that are in no timeline from the ledger itself."""
FIGURES = ChorePace(least=1, calm=200, urgent=20_000)
"""Notes of counts that changed."""


class Chore:
    """``behind`` says how much waits at each site, ``advance`` makes one pass over what waits at one."""

    def __init__(
        self, behind: Callable[[], Awaitable[dict[str, int]]], advance: Callable[[str], Awaitable[int]], pace: ChorePace
    ) -> None:
        self._behind = behind
        self._advance = advance
        self._pace = pace
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
        for site, number in waiting.items():
            is_calm = site in self._before and number - self._before[site] <= self._pace.calm
            await self._pass(site, number, self._pace.least if is_calm else self._pace.urgent)
        self._before = await self._behind() if waiting else {}

    async def _pass(self, site: str, number: int, least: int) -> None:
        """Make passes while so much waits; one that finds nothing was forestalled by another process."""
        left = number
        while left >= least and (taken := await self._advance(site)):
            left -= taken
