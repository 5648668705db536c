"""Damage to a cache file: how SQLite's errors are told apart, and the note beside the file that survives a restart."""

import sqlite3
from pathlib import Path

import msgspec
from msgspec import Struct

from scanner_app.errors import StoreBusyError, StoreDamagedError, StoreError, StoreFailedError, StoreFullError

NOTE_NAME = "cache.damaged"
_FULL = frozenset((sqlite3.SQLITE_FULL, sqlite3.SQLITE_TOOBIG))
_DAMAGED = frozenset((sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT))
_LOCKED = frozenset((sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED))
_FAILED = frozenset((sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PROTOCOL))


class Note(Struct, frozen=True):
    """What is wrong with the cache, and the folder it is being set aside in, once that has begun."""

    reason: str
    folder: str = ""


def translated(error: BaseException) -> StoreError:
    """An error of SQLite as one of ours; the sentence says what to do."""
    if isinstance(error, StoreError):
        return error
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code in _FULL:
        return StoreFullError(
            "The disk is full, so nothing more can be recorded. Make room, then start again; "
            "everything that was acknowledged is kept."
        )
    if code in _DAMAGED or "UTF-8" in str(error):
        return damaged(str(error))
    if code in _LOCKED:
        return StoreBusyError(
            "Another program has the cache open and keeps it locked (a database browser, a backup, a virus scanner). "
            "Close it, then start again; everything that was acknowledged is kept."
        )
    if code in _FAILED:
        return StoreFailedError(
            f"The disk could not be read or written ({error}). Everything that was acknowledged is kept. "
            "Start again; if this comes back, call support."
        )
    return StoreError(f"The cache could not be used ({error}). Start again; if this comes back, call support.")


def is_trouble(error: BaseException) -> bool:
    """Say whether an error is about the file and not about what was done with it: nobody may simply go on."""
    if isinstance(error, sqlite3.Error):
        return type(translated(error)) is not StoreError
    return isinstance(error, StoreFullError | StoreFailedError | StoreDamagedError)


def damaged(reason: str) -> StoreDamagedError:
    return StoreDamagedError(
        f"The cache is damaged ({reason}). Start the scanner again (run or line): "
        "it keeps the file and saves what can be read."
    )


def note_damage(folder: Path, note: Note) -> None:
    """Write down that the cache in ``folder`` is damaged, for the next start."""
    (folder / NOTE_NAME).write_bytes(msgspec.json.encode(note))


def noted_damage(folder: Path) -> Note | None:
    """What was found before; a note that cannot be read is a note all the same."""
    try:
        return msgspec.json.decode((folder / NOTE_NAME).read_bytes(), type=Note)
    except FileNotFoundError:
        return None
    except msgspec.DecodeError:
        return Note("found at work")
