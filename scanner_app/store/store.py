"""The device's memory: one file, and the rooms that know its tables."""

from pathlib import Path

from scanner_app.store.catalog import Catalog
from scanner_app.store.feed import Feed
from scanner_app.store.file import CacheFile, open_cache
from scanner_app.store.identity import Identity
from scanner_app.store.journal import Journal
from scanner_app.store.log import Log


class Store:
    """Everything here belongs to the thread that owns the writing connection."""

    def __init__(self, file: CacheFile) -> None:
        self.file = file
        self.transaction = file.transaction
        self.identity = Identity(file.database)
        self.log = Log(file.database)
        self.journal = Journal(file.database)
        self.catalog = Catalog(file.database)
        self.feed = Feed(file.database)

    def forget(self) -> None:
        """Read again what is kept in memory, after a transaction was rolled back."""
        self.identity.forget()
        self.log.forget()
        self.journal.forget()

    def close(self) -> None:
        self.file.close()


def open_store(folder: Path) -> Store:
    """Open or create the store in ``folder`` and become its owner.

    Raises:
        StoreError: it is in use, damaged, or written by a newer program.
    """
    return Store(open_cache(folder))
