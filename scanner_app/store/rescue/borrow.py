"""A borrowed beginning: without its header and schema a cache is noise, but every cache of one schema begins alike.

The tables of a new cache are made in one order, so they start at the same pages in all of them. Over a copy of a file
whose beginning is spoilt, the beginning of a new one is laid; the rows behind it are its own.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

_HEADER_BYTES = 100
_PAGE_BYTES = slice(16, 18)
_JOURNAL = slice(18, 20)
_CHANGES = slice(24, 28)
_CHANGES_OF_SIZE = slice(92, 96)
_INTERIOR = 5


@contextmanager
def readable(old: Path, new: Path, scratch: Path) -> Iterator[sqlite3.Connection]:
    """``old`` for reading only, or a copy of it at ``scratch`` with the beginning of ``new``, an empty cache."""
    if not old.exists() or old.stat().st_size == 0:
        with closing(sqlite3.connect(":memory:")) as nothing:
            yield nothing
        return
    with closing(sqlite3.connect(f"{old.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)) as database:
        if has_schema(database):
            yield database
            return
    try:
        _borrow(old, new, scratch)
        with closing(sqlite3.connect(scratch, isolation_level=None)) as database:
            yield database
    finally:
        for part in ("", "-wal", "-shm"):
            Path(f"{scratch}{part}").unlink(missing_ok=True)


def has_schema(database: sqlite3.Connection) -> bool:
    """Say whether SQLite understands the file, and the table that matters most is in it."""
    try:
        names = {row[0] for row in database.execute("SELECT name FROM sqlite_schema").fetchall()}
    except sqlite3.Error:
        return False
    return "event" in names


def _borrow(old: Path, new: Path, scratch: Path) -> None:
    shutil.copyfile(old, scratch)
    wal = Path(f"{old}-wal")
    if wal.exists():
        shutil.copyfile(wal, f"{scratch}-wal")
    fresh = new.read_bytes()
    size = int.from_bytes(fresh[_PAGE_BYTES], "big")
    with scratch.open("r+b") as file:
        for number in schema_pages(fresh, size):
            page = bytearray(fresh[(number - 1) * size : number * size])
            if number == 1:
                page[_JOURNAL] = b"\2\2" if wal.exists() else b"\1\1"
                page[_CHANGES], page[_CHANGES_OF_SIZE] = b"\0\0\0\1", b"\0\0\0\0"
            file.seek((number - 1) * size)
            file.write(page)


def schema_pages(file: bytes, size: int, number: int = 1) -> list[int]:
    """The pages of the table of tables, which begins on page 1 (https://sqlite.org/fileformat2.html#b_tree_pages)."""
    page = file[(number - 1) * size : number * size]
    head = page[_HEADER_BYTES:] if number == 1 else page
    if head[0] != _INTERIOR:
        return [number]
    cells = range(12, 12 + 2 * int.from_bytes(head[3:5], "big"), 2)
    offsets = [int.from_bytes(head[cell : cell + 2], "big") for cell in cells]
    children = [int.from_bytes(page[offset : offset + 4], "big") for offset in offsets]
    children.append(int.from_bytes(head[8:12], "big"))
    return [number, *(below for child in children for below in schema_pages(file, size, child))]
