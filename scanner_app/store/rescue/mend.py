"""Mending: a damaged cache is set aside, never deleted, and what can be read of it goes into a new one.

Every step can be repeated after a power cut: the note beside the cache says which folder it is being set aside in, and
goes away last.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from scanner_app.errors import StoreNewerError
from scanner_app.store import schema
from scanner_app.store.damage import NOTE_NAME, Note, note_damage, noted_damage
from scanner_app.store.file import CACHE_NAME
from scanner_app.store.notices import Saved
from scanner_app.store.rescue.borrow import readable
from scanner_app.store.rescue.salvage import Salvage, pages_of, start_over

_PARTS = ("", "-wal", "-shm")
_NEW_NAME = "cache.new"
_SCRATCH_NAME = "cache.scratch"


def mend(folder: Path, reason: str) -> Saved:
    """Set the damaged cache in ``folder`` aside and make a new one of what can be read; return what was saved.

    The caller owns the cache and has closed it.
    """
    refuse_newer(folder / CACHE_NAME)
    aside = set_aside(folder, "damaged", reason)
    saved = rebuild(aside / CACHE_NAME, folder / _NEW_NAME)
    put_in_place(folder)
    return saved


def set_aside(folder: Path, word: str, reason: str) -> Path:
    """Move the cache with its write-ahead log into a folder of its own beside it."""
    note = noted_damage(folder) or Note(reason)
    if not note.folder:
        note = Note(note.reason, _free_name(folder, word))
        note_damage(folder, note)
        sync_folder(folder)
    aside = folder / note.folder
    aside.mkdir(exist_ok=True, mode=0o700)
    for part in _PARTS:
        old, new = folder / f"{CACHE_NAME}{part}", aside / f"{CACHE_NAME}{part}"
        if old.exists() and not new.exists():
            old.rename(new)
    sync_folder(aside)
    sync_folder(folder)
    return aside


def rebuild(old: Path, new: Path) -> Saved:
    """Make a cache at ``new`` of what can be read at ``old``."""
    discard(new)
    database = sqlite3.connect(new, isolation_level=None)
    try:
        schema.migrate(database)
        with readable(old, new, new.with_name(_SCRATCH_NAME)) as reader:
            database.execute("BEGIN IMMEDIATE")
            saved = Salvage(reader, database, pages_of(old) if old.exists() else 0, is_suspect=True).save()
            start_over(database)
            database.execute("COMMIT")
    finally:
        database.close()
    return saved


def put_in_place(folder: Path) -> None:
    """Make the new cache the cache, and forget that there was another."""
    new = folder / _NEW_NAME
    with new.open("rb") as written:
        os.fsync(written.fileno())
    new.rename(folder / CACHE_NAME)
    sync_folder(folder)
    (folder / NOTE_NAME).unlink(missing_ok=True)
    sync_folder(folder)


def new_path(folder: Path) -> Path:
    """Where the new cache is made before it is put in place."""
    return folder / _NEW_NAME


def discard(path: Path) -> None:
    """Remove a cache that nobody has used yet."""
    for part in (*_PARTS, "-journal"):
        Path(f"{path}{part}").unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A file for reading only; one that is gone or empty reads as a cache without tables."""
    is_there = path.exists() and path.stat().st_size > 0
    where = f"{path.absolute().as_uri()}?mode=ro" if is_there else ":memory:"
    with closing(sqlite3.connect(where, uri=True, isolation_level=None)) as database:
        yield database


def refuse_newer(path: Path) -> None:
    """Leave a file of a newer program alone, as long as it can be told.

    Raises:
        StoreNewerError: it is one.
    """
    try:
        with reading(path) as reader:
            version = int(reader.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.Error:
        return
    if version > schema.VERSION:
        raise StoreNewerError(
            f"{path} was written by a newer program (schema {version}, this one knows {schema.VERSION}). "
            "Install that program again; nothing was changed."
        )


def _free_name(folder: Path, word: str) -> str:
    number = 1
    while (folder / f"{word}-{number}").exists():
        number += 1
    return f"{word}-{number}"
