"""The cache file: one process owns it by a lock, one connection writes, and a commit is on the disk (WAL, fsync)."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import TracebackType

from scanner_app.errors import StoreDamagedError, StoreError, StoreFailedError, StoreFullError, StoreNewerError
from scanner_app.store import schema
from scanner_app.store.checks import check_start
from scanner_app.store.damage import damaged, noted_damage, translated
from scanner_app.store.notices import Saved
from scanner_app.store.owner import hold, note, own, release

CACHE_NAME = "cache.db"
WAL_BYTES_MAX = 16 * 1024 * 1024
WAL_BYTES_LONG = 2 * WAL_BYTES_MAX
"""A log of this size is due to be moved, if not just now."""
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "mmap_size = 0",
    "cache_size = -1000",
    "wal_autocheckpoint = 0",
    f"journal_size_limit = {WAL_BYTES_MAX}",
)
_NOT_WRITABLE = (
    "Nothing can be written in {folder}: {reason}. Set data_dir in [device] of config.toml to another folder."
)
_left_open: list[sqlite3.Connection] = []
"""Connections whose disk failed: closing one would copy the write-ahead log, whose end may be lost, into the file."""

Mend = Callable[[Path, str], Saved]
"""Sets the damaged cache in a folder aside, for the reason given, and leaves a new one; returns what was saved."""
Own = Callable[[Path], int]
"""Becomes the owner of the cache in a folder; returns the lock."""


class CacheFile:
    """An open cache. ``database`` belongs to one thread at a time; ``transaction`` is the only way to write.

    ``saved`` is what came out of the damaged one that was here before.
    """

    def __init__(
        self, path: Path, lock: int, held: int, database: sqlite3.Connection, saved: Saved | None = None
    ) -> None:
        self.path = path
        self.database = database
        self.transaction = Transaction(database)
        self.saved = saved
        self._lock = lock
        self._held = held

    def checkpoint(self) -> None:
        """Move the write-ahead log into the file; for idle moments, because it costs a scan some milliseconds.

        A log that a long pull has made large is cut back here as well, or the next commit would have to.

        Raises:
            StoreError: the file could not be written.
        """
        try:
            is_large = self._log_bytes() > WAL_BYTES_MAX
            self.database.execute(f"PRAGMA wal_checkpoint({'TRUNCATE' if is_large else 'PASSIVE'})").fetchall()
        except sqlite3.Error as error:
            raise self.transaction.failed(error) from error

    @property
    def is_log_long(self) -> bool:
        return self._log_bytes() > WAL_BYTES_LONG

    def _log_bytes(self) -> int:
        try:
            return self.path.with_name(f"{self.path.name}-wal").stat().st_size
        except FileNotFoundError:
            return 0

    def shorten(self) -> None:
        """Cut back a log that lives without an idle moment have left, each of them killed; a full disk lets it be."""
        if self._log_bytes() > WAL_BYTES_MAX:
            with suppress(StoreFullError):
                self.checkpoint()

    def at_work(self, screen: str) -> None:
        """Note that from now on a worker works here at the face ``screen``, which another may take over from."""
        note(self._lock, screen)

    def close(self) -> None:
        if self.transaction.failure is None:
            self.database.close()
        else:
            _left_open.append(self.database)
        os.close(self._held)
        release(self._lock)


class Transaction:
    """A write: ``with file.transaction:`` begins at once, commits at the end, and rolls back on any error.

    After a failed read or write of the disk there is no other: an fsync that failed cannot be repeated, so ``failure``
    stays, and whoever begins again gets it.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self.failure: StoreFailedError | None = None

    def failed(self, error: sqlite3.Error) -> StoreError:
        """Translate an error, and remember it when the disk failed."""
        trouble = translated(error)
        if isinstance(trouble, StoreFailedError):
            self.failure = trouble
        return trouble

    def __enter__(self) -> None:
        if self.failure is not None:
            raise self.failure
        try:
            self._database.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            raise self.failed(error) from error

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None or self._database.in_transaction:
                self._database.execute("COMMIT" if kind is None else "ROLLBACK")
        except sqlite3.Error as failed:
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")
            raise self.failed(error if isinstance(error, sqlite3.Error) else failed) from failed
        if isinstance(error, sqlite3.Error):
            raise self.failed(error) from error


def open_cache(folder: Path, mend: Mend | None = None, become_owner: Own = own) -> CacheFile:
    """Open or create the cache in ``folder`` and become its owner; ``mend`` is what to do with a damaged one.

    Raises:
        StoreBusyError: another process owns it.
        StoreNewerError: a newer program wrote it.
        StoreDamagedError: it fails its check.
        StoreError: nothing can be written in the folder.
    """
    path = folder / CACHE_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = become_owner(folder)
    except OSError as error:
        raise StoreError(_NOT_WRITABLE.format(folder=folder, reason=error.strerror)) from error
    try:
        database, saved = _opened(path, mend)
        cache = CacheFile(path, lock, _held(path, database), database, saved)
        cache.shorten()
        return cache
    except sqlite3.Error as error:
        release(lock)
        raise translated(error) from error
    except StoreError:
        release(lock)
        raise


def _held(path: Path, database: sqlite3.Connection) -> int:
    try:
        return hold(path)
    except StoreError:
        database.close()
        raise


def _opened(path: Path, mend: Mend | None) -> tuple[sqlite3.Connection, Saved | None]:
    """The connection, and what was saved of a cache that had to be mended."""
    try:
        if (note := noted_damage(path.parent)) is not None:
            raise damaged(note.reason)
        return _connect(path), None
    except StoreDamagedError as error:
        if mend is None:
            raise
        saved = mend(path.parent, str(error))
    return _connect(path), saved


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


@contextmanager
def looking(folder: Path) -> Iterator[sqlite3.Connection]:
    """Open the cache for looking only, for a block.

    Raises:
        StoreError: there is no cache yet, or it cannot be read.
    """
    try:
        with closing(open_reader(folder)) as reader:
            yield reader
    except sqlite3.Error as error:
        raise translated(error) from error


def _connect(path: Path) -> sqlite3.Connection:
    if not path.exists() or path.stat().st_size == 0:
        _refuse_lost_file(path)
    database = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=256)
    try:
        _prepare(database, path)
    except sqlite3.Error as error:
        database.close()
        raise translated(error) from error
    except BaseException:
        database.close()
        raise
    return database


def _refuse_lost_file(path: Path) -> None:
    """SQLite would begin anew and throw away a write-ahead log that has lost its file."""
    wal = Path(f"{path}-wal")
    if wal.exists() and wal.stat().st_size > 0:
        raise damaged("the file is gone and its write-ahead log is left")


def _prepare(database: sqlite3.Connection, path: Path) -> None:
    for pragma in _PRAGMAS:
        database.execute(f"PRAGMA {pragma}").fetchall()
    version = database.execute("PRAGMA user_version").fetchone()[0]
    if version > schema.VERSION:
        raise StoreNewerError(
            f"The cache {path} was written by a newer program (schema {version}, this one knows {schema.VERSION}). "
            "Install that program again; nothing was changed."
        )
    if version < schema.VERSION:
        schema.migrate(database)
    check_start(database)
