"""What moves leave in a cache: the rows of each, to be written again by the floor; and how to forget them."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.floors.plain import Move
from benchmarks.result import BenchmarkError

_LEFT = ("overlay", "outbox", "event", "verdict", "entry", "play", "session")
_OF_ENTRIES = {
    "play": "SELECT * FROM play WHERE play IN (SELECT play FROM verdict WHERE entry > ? AND entry <= ?)",
    "entry": "SELECT * FROM entry WHERE entry > ? AND entry <= ?",
    "verdict": "SELECT * FROM verdict WHERE entry > ? AND entry <= ?",
    "event": "SELECT * FROM event WHERE entry > ? AND entry <= ?",
    "outbox": "SELECT * FROM outbox WHERE number IN (SELECT number FROM event WHERE entry > ? AND entry <= ?)",
    "overlay": "SELECT * FROM overlay WHERE number IN (SELECT number FROM event WHERE entry > ? AND entry <= ?)",
}


def rows_of_moves(cache: Path, expected: int) -> list[Move]:
    """The rows of each move: from the entry after the one that completed the last move, to the one that completed it.

    Raises:
        BenchmarkError: there are not as many moves as there should be.
    """
    with closing(sqlite3.connect(cache)) as database:
        ends = [row[0] for row in database.execute("SELECT entry FROM event ORDER BY entry")]
        if len(ends) != expected:
            raise BenchmarkError(f"{len(ends)} moves were posted, not {expected}.")
        return [_move(database, first, last) for first, last in zip([0, *ends], ends, strict=False)]


def _move(database: sqlite3.Connection, after: int, until: int) -> Move:
    found: dict[str, list[tuple[Any, ...]]] = {
        table: database.execute(query, (after, until)).fetchall() for table, query in _OF_ENTRIES.items()
    }
    return [(table, rows) for table, rows in found.items() if rows]


def forget(cache: Path) -> None:
    """Make the cache as it was before anybody signed in."""
    with closing(sqlite3.connect(cache, isolation_level=None)) as database:
        database.execute("BEGIN")
        for table in _LEFT:
            database.execute(f"DELETE FROM {table}")
        database.execute("COMMIT")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
