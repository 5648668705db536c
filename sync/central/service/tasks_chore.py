"""Background chore: tasks are planned, handed out and freed at each site that has some, while devices go on."""

from collections.abc import Awaitable, Callable

import anyio

from sync.central.exchange.troubles import TroubleError

LOOK_S = 15


class TasksChore:
    """``sites`` says which have work, ``look`` does what is due at one."""

    def __init__(self, sites: Callable[[], Awaitable[list[str]]], look: Callable[[str], Awaitable[object]]) -> None:
        self._sites = sites
        self._look = look

    async def run(self) -> None:
        """Run for as long as the service does, whatever the database does meanwhile."""
        while True:
            await anyio.sleep(LOOK_S)
            try:
                await self.look()
            except TroubleError:
                continue

    async def look(self) -> None:
        """Look at each site once."""
        for site in await self._sites():
            await self._look(site)
