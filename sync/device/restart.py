"""Restart (resync): what a device does when the centre was put back from a backup: pull all again, and send again.

What was pulled is void, and what the centre knew it may have forgotten. Each portion is a transaction of its own, so
that entries get through; one that was cut short goes on where it was, also in the next run of the program.
"""

from functools import partial
from typing import TypeVar

from scanner_app.store.identity import Position
from scanner_app.store.store import Store
from sync.device.jobs import Run

T = TypeVar("T")


class Restart:
    """Knows how far a restart has come; ``run`` does a job in one transaction of the store."""

    def __init__(self, store: Store, run: Run, rows_max: int) -> None:
        self._store = store
        self._run = run
        self._rows_max = rows_max
        self._may_lack = True

    def begin(self, store_epoch: str) -> None:
        """Note durably that all is to be pulled and sent again, to a store in the life ``store_epoch``."""
        self._run(partial(self._note, store_epoch))

    def finish(self) -> None:
        """Do what is left of a restart. Nothing is pulled or answered meanwhile."""
        while self._may_lack:
            self._may_lack = self._run(self._portion)

    def _note(self, store_epoch: str) -> None:
        self._may_lack = True
        self._store.identity.move_to(Position(store_epoch, 0))
        self._store.identity.set_restarted(0)
        self._store.came_back.clear()

    def _portion(self) -> bool:
        """Clear, then queue events again; say whether more is to be done."""
        identity = self._store.identity
        if identity.restarted is None:
            return False
        if not self._store.feed.clear(self._rows_max):
            identity.set_restarted(self._store.journal.send_again(identity.restarted, self._rows_max))
        return identity.restarted is not None
