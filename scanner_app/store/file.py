"""The cache file: one process owns it, one connection writes to it, and a commit is on the disk before it returns."""

import fcntl
import os
import sqlite3
from pathlib import Path
from types import TracebackType

from scanner_app.errors import StoreBusyError, StoreDamagedError, StoreError, StoreNewerError
from scanner_app.store import schema

CACHE_NAME = "cache.db"
WAL_BYTES_MAX = 16 * 1024 * 1024
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "mmap_size = 0",
    "wal_autocheckpoint = 0",
    f"journal_size_limit = {WAL_BYTES_MAX}",
)
_CHECKED_AT_START = ("entry", "verdict", "event", "outbox")


class CacheFile:
    """An open cache. ``database`` belongs to one thread at a time; ``transaction`` is the only way to write."""

    def __init__(self, path: Path, lock: int, database: sqlite3.Connection) -> None:
        self.path = path
        self.database = database
        self.transaction = Transaction(database)
        self._lock = lock

    def checkpoint(self) -> None:
        """Move the write-ahead log into the file; for idle moments, because it costs a scan some milliseconds."""
        self.database.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def close(self) -> None:
        self.database.close()
        os.close(self._lock)


class Transaction:
    """A write: ``with file.transaction:`` begins at once, commits at the end, and rolls back on any error."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def __enter__(self) -> None:
        try:
            self._database.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            raise _translated(error) from error

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._database.execute("COMMIT" if kind is None else "ROLLBACK")
        except sqlite3.Error as failed:
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")
            raise _translated(error if isinstance(error, sqlite3.Error) else failed) from failed
        if isinstance(error, sqlite3.Error):
            raise _translated(error) from error


def open_cache(folder: Path) -> CacheFile:
    """Open or create the cache in ``folder`` and become its owner.

    Raises:
        StoreBusyError: another process owns it.
        StoreNewerError: a newer program wrote it.
        StoreDamagedError: it fails its check.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / CACHE_NAME
    lock = _own(folder / "cache.lock")
    try:
        return CacheFile(path, lock, _connect(path))
    except sqlite3.DatabaseError as error:
        os.close(lock)
        raise _translated(error) from error
    except StoreError:
        os.close(lock)
        raise


def open_reader(folder: Path) -> sqlite3.Connection:
    """Open the cache for looking only, whoever owns it.

    Raises:
        StoreError: there is no cache yet.
    """
    path = folder / CACHE_NAME
    if not path.exists():
        raise StoreError(f"There is no cache in {folder} yet. Start the program once: scanner run")
    reader = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    reader.execute("PRAGMA query_only = ON")
    return reader


def _own(path: Path) -> int:
    lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        owner = os.read(lock, 32).decode("ascii", "replace").strip()
        os.close(lock)
        raise StoreBusyError(
            f"The cache in {path.parent} is in use by process {owner}. Use that one, or stop it first."
        ) from error
    os.truncate(lock, 0)
    os.write(lock, str(os.getpid()).encode())
    return lock


def _connect(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=256)
    try:
        for pragma in _PRAGMAS:
            database.execute(f"PRAGMA {pragma}").fetchall()
        found = database.execute("PRAGMA user_version").fetchone()[0]
        if found > schema.VERSION:
            raise StoreNewerError(
                f"The cache {path} was written by a newer program (schema {found}, this one knows {schema.VERSION}). "
                "Install that program again; nothing was changed."
            )
        if found < schema.VERSION:
            schema.migrate(database)
        _check(database, path)
    except BaseException:
        database.close()
        raise
    return database


def _check(database: sqlite3.Connection, path: Path) -> None:
    for table in _CHECKED_AT_START:
        found = database.execute(f"PRAGMA quick_check({table})").fetchone()[0]
        if found != "ok":
            raise StoreDamagedError(f"The cache {path} is damaged ({found}). Keep the file and call support.")


def _translated(error: BaseException) -> StoreError:
    if "malformed" in str(error) or "not a database" in str(error):
        return StoreDamagedError(f"The cache is damaged ({error}). Keep the file and call support.")
    return StoreError(f"The cache could not be written ({error}). Free some space or call support.")
