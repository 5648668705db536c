"""Checks of a cache file: of what cannot be pulled again before the first prompt, of the rest in idle moments."""

import sqlite3
from collections.abc import Iterator

from scanner_app.store.damage import damaged, translated

_AT_START = ("entry", "verdict", "play", "session", "event", "outbox", "overlay", "meta")
_PIECE_ROWS_MAX = 300
_WALKS = (
    ("stock", "", "place, item, lot, serial, owner, status"),
    ("stock", "stock_by_item", "item, place, lot, serial, owner, status"),
    ("barcode", "", "code, item, unit"),
    ("item", "", "item"),
    ("unit", "", "item, unit"),
    ("lot", "", "item, lot"),
    ("location", "", "location"),
    ("plate", "", "plate"),
    ("operator", "", "operator"),
    ("operator", "operator_by_badge", "badge, operator"),
)
_SMALL = ("site", "profile", "owner", "status")
Key = tuple[object, ...]


def check_start(database: sqlite3.Connection) -> None:
    """Check the tables that only this device has.

    Raises:
        StoreDamagedError: one of them fails.
    """
    for table in _AT_START:
        _quick(database, table)


def check_rest(database: sqlite3.Connection) -> Iterator[None]:
    """Check what was pulled, a millisecond or so at a time: every row is read, in the order of every index.

    SQLite's own check cannot be cut in pieces, and over a large stock it would make a scan wait.

    Raises:
        StoreDamagedError: something cannot be read or is out of order.
    """
    for table in _SMALL:
        _quick(database, table)
        yield
    for table, index, key in _WALKS:
        yield from _walk(database, table, index, key)


def _quick(database: sqlite3.Connection, table: str) -> None:
    try:
        found = database.execute(f"PRAGMA quick_check({table})").fetchone()[0]
    except sqlite3.Error as error:
        raise damaged(str(error)) if "no such table" in str(error) else translated(error) from error
    if found != "ok":
        raise damaged(" ".join(found.split()))


def _walk(database: sqlite3.Connection, table: str, index: str, key: str) -> Iterator[None]:
    by = f"INDEXED BY {index}" if index else ""
    columns = len(key.split(","))
    marks = ",".join("?" * columns)
    first = f"SELECT {key}, * FROM {table} {by} ORDER BY {key} LIMIT {_PIECE_ROWS_MAX}"
    next_ = f"SELECT {key}, * FROM {table} {by} WHERE ({key}) > ({marks}) ORDER BY {key} LIMIT {_PIECE_ROWS_MAX}"
    last: Key = ()
    while True:
        try:
            rows = database.execute(next_ if last else first, last).fetchall()
        except sqlite3.Error as error:
            raise translated(error) from error
        last = _in_order(table, last, [row[:columns] for row in rows])
        yield
        if len(rows) < _PIECE_ROWS_MAX:
            return


def _in_order(table: str, before: Key, keys: list[Key]) -> Key:
    for key in keys:
        if before and not before < key:
            raise damaged(f"rows of {table} are out of order")
        before = key
    return before
