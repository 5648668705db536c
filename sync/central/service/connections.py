"""Connections of a process (file descriptors): so many at most, and whoever has asked nothing yet makes room."""

import resource
from collections.abc import Callable

FILES_WANTED = 65_536
FILES_KEPT = 150
"""For the database, the logs and what a request opens."""


def room_for_connections(wanted: int = 0) -> int:
    """Have as many files as the system gives, and return how many connections that is room for; ``wanted`` at most."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    aim = FILES_WANTED if hard == resource.RLIM_INFINITY else min(FILES_WANTED, hard)
    if soft != resource.RLIM_INFINITY and soft < aim:
        resource.setrlimit(resource.RLIMIT_NOFILE, (aim, hard))
        soft = aim
    room = max(1, (FILES_WANTED if soft == resource.RLIM_INFINITY else soft) - FILES_KEPT)
    return min(room, wanted) if wanted else room


class Connections:
    """Belongs to one event loop; ``most`` at once, 0: no bound. A newcomer takes the place of the oldest silent one."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._silent: dict[object, Callable[[], None]] = {}
        self._all: set[object] = set()

    def __len__(self) -> int:
        return len(self._all)

    def enter(self, who: object, end: Callable[[], None]) -> bool:
        """Give a connection a place; ``end`` ends it. Say whether there is one: all others may be at work."""
        if self._most and len(self._all) >= self._most and not self._end_oldest():
            return False
        self._all.add(who)
        self._silent[who] = end
        return True

    def asked(self, who: object) -> None:
        """Note that a connection has sent a whole request: it keeps its place."""
        self._silent.pop(who, None)

    def leave(self, who: object) -> None:
        self._silent.pop(who, None)
        self._all.discard(who)

    def _end_oldest(self) -> bool:
        oldest = next(iter(self._silent), None)
        if oldest is None:
            return False
        end = self._silent.pop(oldest)
        self._all.discard(oldest)
        end()
        return True
