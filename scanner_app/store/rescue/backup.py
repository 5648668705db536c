"""Backups of the cache: a copy that is whole at one moment, and a file put back in its place."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from scanner_app.errors import StoreError
from scanner_app.store import schema
from scanner_app.store.checks import check_start
from scanner_app.store.damage import translated
from scanner_app.store.file import CACHE_NAME, open_reader
from scanner_app.store.identity import Identity
from scanner_app.store.owner import own, release
from scanner_app.store.rescue.borrow import has_schema
from scanner_app.store.rescue.mend import discard, new_path, put_in_place, reading, refuse_newer, set_aside, sync_folder
from scanner_app.store.rescue.salvage import Salvage, pages_of, put_aside


class Restored(Struct, frozen=True):
    """What a restore did: where the replaced cache is kept, and how many events were taken over from all replaced."""

    aside: Path | None
    taken_over: int


def back_up(folder: Path, target: Path) -> int:
    """Copy the cache in ``folder`` to ``target`` as it is now, whoever owns it; return the bytes written.

    Raises:
        StoreError: there is no cache, ``target`` exists, or one of them cannot be read or written.
    """
    if target.exists():
        raise StoreError(f"{target} exists already. Name a new file.")
    part = target.with_name(f"{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with closing(open_reader(folder)) as reader, closing(sqlite3.connect(part, isolation_level=None)) as copy:
            reader.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE").fetchall()
            check_start(copy)
        _sync(part)
        part.rename(target)
        sync_folder(target.parent)
    except (sqlite3.Error, OSError, StoreError) as error:
        part.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise StoreError(f"{target} cannot be written: {error.strerror}.") from error
        raise translated(error) from error
    return target.stat().st_size


def restore(folder: Path, source: Path) -> Restored:
    """Put the backup ``source`` in the place of the cache in ``folder``; the replaced one is kept beside it.

    The device asks the centre for a new epoch, because it may have used numbers that the backup does not know of.

    Raises:
        StoreError: the cache is in use, or ``source`` is no cache of this program.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = own(folder)
    try:
        new = new_path(folder)
        _copy(source, new)
        return _put_back(folder, new)
    except OSError as error:
        raise StoreError(f"{source} cannot be restored: {error.strerror}.") from error
    except sqlite3.Error as error:
        raise translated(error) from error
    finally:
        release(lock)


def _copy(source: Path, new: Path) -> None:
    if not source.is_file():
        raise StoreError(f"{source}: there is no such file. Name a file made by: scanner backup FILE")
    refuse_newer(source)
    discard(new)
    shutil.copyfile(source, new)
    new.chmod(0o600)
    try:
        with closing(sqlite3.connect(new, isolation_level=None)) as copy:
            if not copy.execute("PRAGMA user_version").fetchone()[0] > 0:
                raise StoreError("no cache")
            schema.migrate(copy)
            check_start(copy)
            copy.execute("PRAGMA journal_mode = DELETE").fetchall()
    except (sqlite3.Error, StoreError) as error:
        discard(new)
        raise StoreError(f"{source} is not a whole cache of this program; nothing was changed.") from error


def _put_back(folder: Path, new: Path) -> Restored:
    has_old = (folder / CACHE_NAME).exists()
    aside = set_aside(folder, "replaced", "a restore was interrupted") if has_old else None
    with closing(sqlite3.connect(new, isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")
        taken_over = sum(_take_over(old / CACHE_NAME, database) for old in _replaced(folder))
        put_aside(database)
        Identity(database).renew()
        database.execute("COMMIT")
    put_in_place(folder)
    return Restored(aside, taken_over)


def _take_over(old: Path, database: sqlite3.Connection) -> int:
    with reading(old) as reader:
        return Salvage(reader, database, pages_of(old), is_suspect=False).take_lacking() if has_schema(reader) else 0


def _replaced(folder: Path) -> list[Path]:
    """The caches that restores have replaced, the last first."""
    found = [path for path in folder.glob("replaced-*") if (path / CACHE_NAME).exists()]
    return sorted(found, key=lambda path: (len(path.name), path.name), reverse=True)


def _sync(path: Path) -> None:
    with path.open("rb") as written:
        os.fsync(written.fileno())
