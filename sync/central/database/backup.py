"""Backups of the store: every row as of one moment, in a file that either engine can take back.

The file is our own (gzip of MessagePack: a head, then portions of rows, then their number), so that nothing but this
program is needed, the service goes on meanwhile, and a store can move from SQLite to PostgreSQL. It keeps the revision
of its tables: a newer program takes it back and migrates it.
"""

import gzip
import os
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, Table, select

from scanner_app.errors import CentralError
from sync.central.database.bulk import load_rows
from sync.central.database.store import CentralStore, store_of_backup
from sync.central.database.tables import REVISION, metadata

FORMAT = "scanner-app central backup 1"
_PORTION_ROWS_MAX = 5_000
_PORTION_BYTES_ENOUGH = 8 << 20
"""A portion ends behind the row that fills it; events may be as large as a request."""
_PORTION_BYTES_MAX = 1 << 30
_ROWS_PER_FETCH = 200
_LENGTH_BYTES = 8
_CHECKED_BYTES = 1 << 20
_UNREADABLE = (OSError, EOFError, zlib.error, msgspec.DecodeError)


class Head(Struct, frozen=True):
    """What a backup begins with."""

    format: str
    revision: str
    made_us: int


class TablePortion(Struct, frozen=True, array_like=True, tag="rows"):
    """Rows of one table, their cells in the order of ``columns``."""

    table: str
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


class Trailer(Struct, frozen=True, array_like=True, tag="end"):
    """Nothing is missing if this many rows came before it."""

    rows: int


_encode = msgspec.msgpack.Encoder().encode
_head = msgspec.msgpack.Decoder(Head)
_part: "msgspec.msgpack.Decoder[TablePortion | Trailer]" = msgspec.msgpack.Decoder(TablePortion | Trailer)


def back_up(store: CentralStore, target: Path, now_us: int) -> int:
    """Write the whole store, as it is at one moment, to a new file for this user alone; return the number of rows.

    Raises:
        CentralError: ``target`` exists or cannot be written.
    """
    if target.exists():
        raise CentralError(f"{target} exists already. Name a new file.")
    part = target.with_name(f"{target.name}.part")
    try:
        part.touch(0o600)
        with part.open("wb") as file:
            with gzip.GzipFile(fileobj=file, mode="wb", compresslevel=1) as packed:
                rows = _write(store, packed, now_us)
            file.flush()
            os.fsync(file.fileno())
        part.rename(target)
    except OSError as trouble:
        part.unlink(missing_ok=True)
        raise CentralError(f"{target} cannot be written: {trouble.strerror}.") from trouble
    return rows


def put_back(source: Path, url: str, settle: Callable[[Connection], None]) -> int:
    """Make a store of a backup, in a place where there is none, in one transaction; return the number of rows.

    ``settle`` begins another life of its sites: devices send again what the backup does not hold.

    Raises:
        CentralError: there is a store already, or the backup is damaged, that of a newer program, or not to be read.
    """
    loaded = 0

    def load(connection: Connection) -> None:
        nonlocal loaded
        for portion in parts:
            load_rows(connection, portion.table, portion.columns, portion.rows)
            loaded += len(portion.rows)

    try:
        _check(source)
        with _opened(source) as (head, parts), closing(store_of_backup(url, head.revision, load, settle)):
            return loaded
    except _UNREADABLE as trouble:
        raise CentralError(f"{source} is damaged or no backup of a central store: {trouble}.") from trouble


def _write(store: CentralStore, packed: gzip.GzipFile, now_us: int) -> int:
    rows = 0
    with store.reading() as connection:
        _put(packed, Head(FORMAT, REVISION, now_us))
        for table in metadata.sorted_tables:
            for portion in _portions(connection, table):
                _put(packed, portion)
                rows += len(portion.rows)
        _put(packed, Trailer(rows))
    return rows


def _portions(connection: Connection, table: Table) -> Iterator[TablePortion]:
    columns = tuple(str(column.name) for column in table.c)
    wanted = select(*table.c).order_by(*table.primary_key)
    with connection.execution_options(yield_per=_ROWS_PER_FETCH).execute(wanted) as cursor:
        for rows in _parted(tuple(row) for row in cursor):
            yield TablePortion(str(table.name), columns, rows)


def _parted(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    """Part rows into portions that take little memory, whatever is in them."""
    part: list[tuple[Any, ...]] = []
    size = 0
    for row in rows:
        part.append(row)
        size += sum(len(cell) for cell in row if isinstance(cell, bytes))
        if len(part) == _PORTION_ROWS_MAX or size >= _PORTION_BYTES_ENOUGH:
            yield part
            part, size = [], 0
    if part:
        yield part


def _put(packed: gzip.GzipFile, message: Struct) -> None:
    encoded = _encode(message)
    packed.write(len(encoded).to_bytes(_LENGTH_BYTES) + encoded)


def _check(source: Path) -> None:
    """Read the file to its end, where its sum stands: no part of a damaged one is to be taken for a row."""
    with gzip.open(source, "rb") as packed:
        while packed.read(_CHECKED_BYTES):
            pass


@contextmanager
def _opened(source: Path) -> Iterator[tuple[Head, Iterator[TablePortion]]]:
    with gzip.open(source, "rb") as packed:
        head = _head.decode(_got(packed))
        if head.format != FORMAT:
            raise CentralError(f"{source} is no backup that this program knows.")
        if head.revision > REVISION:
            raise CentralError(f"A newer program made {source}; update this program before putting it back.")
        yield head, _parts(packed)


def _parts(packed: gzip.GzipFile) -> Iterator[TablePortion]:
    """Yield all portions; a file that ends before its end was written is an error, as is a byte after it."""
    rows = 0
    while isinstance(part := _part.decode(_got(packed)), TablePortion):
        rows += len(part.rows)
        yield part
    if part.rows != rows or packed.read(1):
        raise EOFError(f"it holds {rows} rows and should hold {part.rows}")


def _got(packed: gzip.GzipFile) -> bytes:
    length = packed.read(_LENGTH_BYTES)
    size = int.from_bytes(length)
    if len(length) != _LENGTH_BYTES or size > _PORTION_BYTES_MAX or len(message := packed.read(size)) != size:
        raise EOFError("it ends too early")
    return message
