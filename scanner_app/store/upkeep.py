"""Upkeep (housekeeping): what the owner of the cache does in idle moments, one small step at a time."""

from collections.abc import Callable, Iterator

from scanner_app.domain.clock import Stamp
from scanner_app.errors import StoreDamagedError
from scanner_app.store.checks import check_rest
from scanner_app.store.notices import Damaged
from scanner_app.store.retention import DAY_US, Retention
from scanner_app.store.store import Store

EVERY_US = 6 * 3600 * 1_000_000


class Upkeep:
    """Checks the pulled tables once, then purges what is old, again every few hours; looks after the ballast."""

    def __init__(self, store: Store, keep_days: int, stamp: Callable[[], Stamp]) -> None:
        self._store = store
        self._keep_days = keep_days
        self._stamp = stamp
        self._rounds = self._first_round()
        self._again_us = 0

    def step(self) -> bool:
        """Do a little; say whether there is more to do soon.

        Raises:
            StoreError: the file could not be written.
        """
        self._store.ballast.keep()
        if next(self._rounds, "done") != "done":
            return True
        now_us = self._stamp().monotonic_us
        if now_us >= self._again_us:
            self._again_us = now_us + EVERY_US
            self._rounds = self._purge()
            return True
        return False

    def _first_round(self) -> Iterator[None]:
        """Damage to what was pulled waits for the next start, which saves the rest and pulls again."""
        try:
            yield from check_rest(self._store.file.database)
        except StoreDamagedError as error:
            self._store.note_damage(str(error))
            self._store.tell(Damaged(str(error)))

    def _purge(self) -> Iterator[None]:
        """Go by the centre's clock at the last exchange: with a wrong date here, everything would seem old."""
        offset = self._store.identity.offset
        if self._keep_days and offset is not None:
            before_us = offset.at.wall_us + offset.offset_us - self._keep_days * DAY_US
            for _ in Retention(self._store.file.database, self._store.transaction, before_us).purge():
                yield
