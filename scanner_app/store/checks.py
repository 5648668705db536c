"""Integrity checks of a cache file: of what cannot be pulled again before the first prompt, of the rest when idle."""

import sqlite3
from collections.abc import Iterator
from typing import Any

from scanner_app.store.damage import damaged, translated
from scanner_app.store.log import BEHIND

_AT_START = ("session", "remark", "outbox", "overlay", "laid", "plate_overlay", "plate_laid", "unapproved", "meta")
_LONG = (("entry", "entry"), ("verdict", "entry"), ("play", "play"), ("event", "number"))
_WHOLE_ROWS_MAX = 10_000
_TAIL_ROWS_MAX = 2_000
_PIECE_ROWS_MAX = 200
_UNSENT = "SELECT e.* FROM outbox o CROSS JOIN event e ON e.number = o.number ORDER BY o.number"
"""The order of the join is told: what is unsent is little, and events are those of a year."""
_OPEN = "SELECT p.* FROM play p INDEXED BY play_open WHERE p.ended IS NULL"
_TAKEN = """SELECT v.*, e.* FROM play p INDEXED BY play_open CROSS JOIN verdict v INDEXED BY verdict_by_play
CROSS JOIN entry e ON e.entry = v.entry WHERE p.ended IS NULL AND v.play = p.play"""
"""What the open scripts have taken: few rows, wherever they lie."""
_INDEXES = {
    "entry": ("entry", "entry_by_session", "i.session = t.session AND i.entry = t.entry", ""),
    "verdict": ("entry", "verdict_by_play", "i.play = t.play AND i.entry = t.entry", ""),
    "play": ("play", "play_open", "i.session = t.session AND i.play = t.play", " AND {0}.ended IS NULL"),
}
"""By table: its number, the index by which sessions are taken up again, what that goes by, which rows it holds.

Each row is looked up in it, as a walk along ``entry_by_session`` would begin each piece at the start of a session.
"""
_WALKS = (
    ("event", "", "number"),
    ("entry", "", "entry"),
    ("verdict", "", "entry"),
    ("verdict", "verdict_by_play", "play, entry"),
    ("play", "", "play"),
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
    """Check the tables that only this device has; of long ones what is unsent, what is open and what is newest.

    What is open is read by the indexes by which the sessions are about to be taken up again.

    Raises:
        StoreDamagedError: one of them fails.
    """
    for table in _AT_START:
        _quick(database, table)
    for table, key in _LONG:
        _recent(database, table, key)
    for query in (_UNSENT, BEHIND, _OPEN, _TAKEN):
        _read(database, query)


def check_rest(database: sqlite3.Connection) -> Iterator[None]:
    """Check what was pulled and what is old, a millisecond or so at a time: every row, in the order of every index.

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
    report = _read(database, f"PRAGMA quick_check({table})")[0][0]
    if report != "ok":
        raise damaged(" ".join(report.split()))


def _recent(database: sqlite3.Connection, table: str, key: str) -> None:
    """A prompt must not wait for the log of a year: what is older is read in idle moments."""
    first, last = _read(database, f"SELECT (SELECT min({key}) FROM {table}), (SELECT max({key}) FROM {table})")[0]
    if first is None or last - first < _WHOLE_ROWS_MAX:
        _quick(database, table)
    else:
        _read(database, f"SELECT * FROM {table} WHERE {key} > ? ORDER BY {key}", (last - _TAIL_ROWS_MAX,))
    if first is not None and table in _INDEXES:
        _indexed(database, table, max(first, last - _TAIL_ROWS_MAX), last)


def _indexed(database: sqlite3.Connection, table: str, first: int, last: int) -> None:
    """A row that an index lacks would be passed over in silence: a scan stays unjudged, a script is never resumed."""
    key, index, same, only = _INDEXES[table]
    missing = (
        f"SELECT t.{key} FROM {table} t NOT INDEXED WHERE t.{key} BETWEEN ? AND ?{only.format('t')} AND NOT EXISTS "
        f"(SELECT 1 FROM {table} i INDEXED BY {index} WHERE {same}{only.format('i')}) LIMIT 1"
    )
    if _read(database, missing, (first, last)):
        raise damaged(f"rows of {table} are missing from {index}")


def _read(database: sqlite3.Connection, query: str, values: Key = ()) -> list[Any]:
    try:
        return database.execute(query, values).fetchall()
    except sqlite3.Error as error:
        raise damaged(str(error)) if "no such table" in str(error) else translated(error) from error


def _walk(database: sqlite3.Connection, table: str, index: str, key: str) -> Iterator[None]:
    by = f"INDEXED BY {index}" if index else ""
    columns = len(key.split(","))
    marks = ",".join("?" * columns)
    first = f"SELECT {key}, * FROM {table} {by} ORDER BY {key} LIMIT {_PIECE_ROWS_MAX}"
    next_ = f"SELECT {key}, * FROM {table} {by} WHERE ({key}) > ({marks}) ORDER BY {key} LIMIT {_PIECE_ROWS_MAX}"
    last: Key = ()
    while True:
        rows = _read(database, next_ if last else first, last)
        last = _in_order(table, last, [row[:columns] for row in rows])
        if rows and not index and table in _INDEXES:
            _indexed(database, table, rows[0][0], rows[-1][0])
        yield
        if len(rows) < _PIECE_ROWS_MAX:
            return


def _in_order(table: str, before: Key, keys: list[Key]) -> Key:
    for key in keys:
        if before and not before < key:
            raise damaged(f"rows of {table} are out of order")
        before = key
    return before
