"""A connection that is watched: which statements were run over it, from which file, and how far each walked."""

import inspect
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

import pytest
from msgspec import Struct

_STEP = 10
"""SQLite calls back after so many instructions of its machine."""


class Ran(Struct):
    """A statement: the values it was last run with, the files that ran it, and the most steps it ever took."""

    values: Any = ()
    files: set[str] = set()
    steps: int = 0


class Watched(sqlite3.Connection):
    """Notes in ``ran`` what is executed while ``is_watching``."""

    ran: ClassVar[dict[str, Ran]] = {}
    is_watching: ClassVar[bool] = False

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._now = Ran()
        self._steps = 0
        self.set_progress_handler(self._step, _STEP)

    def execute(self, sql: str, values: Any = (), /) -> sqlite3.Cursor:
        self._begin(sql, values)
        return super().execute(sql, values)

    def executemany(self, sql: str, rows: Iterable[Any], /) -> sqlite3.Cursor:
        rows = list(rows)
        if rows:
            self._begin(sql, rows[0])
        return super().executemany(sql, rows)

    def _begin(self, sql: str, values: Any) -> None:
        self._steps = 0
        if self.is_watching:
            self._now = self.ran.setdefault(sql, Ran())
            self._now.values = values
            frame = inspect.currentframe()
            caller = frame and frame.f_back and frame.f_back.f_back
            self._now.files.add(caller.f_code.co_filename if caller else "")

    def _step(self) -> int:
        self._steps += 1
        self._now.steps = max(self._now.steps, self._steps)
        return 0


@contextmanager
def watching(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Ran]]:
    """Every connection that is opened from now on is watched; what is run within is in the result."""
    plain = sqlite3.connect

    def connect(*arguments: Any, **options: Any) -> sqlite3.Connection:
        return plain(*arguments, factory=Watched, **options)

    with monkeypatch.context() as patched:
        patched.setattr(sqlite3, "connect", connect)
        patched.setattr(Watched, "ran", {})
        patched.setattr(Watched, "is_watching", True)
        yield Watched.ran


_VIEWS = "SELECT sql FROM sqlite_master WHERE type = 'view'"
_SCAN = re.compile(r"SCAN (?!CONSTANT)(\w+)(?: USING (?:COVERING )?INDEX (\w+))?(?! VIRTUAL)")
_TABLE = re.compile(r"(?:FROM|JOIN|UPDATE|,)\s+(\w+)\s+(?:AS\s+)?([a-z])\b")
_INNER = re.compile(r"\)\s+([a-z])\b|RECURSIVE (\w+)")


def walks(database: sqlite3.Connection, sql: str, values: Any) -> list[str]:
    """What a statement walks from end to end, by its plan: tables by their names, an index with its name behind.

    What a statement has put together itself is as long as the walks below it.
    """
    views = " ".join(view for (view,) in database.execute(_VIEWS))
    tables = {alias: table for table, alias in _TABLE.findall(f"{views} {sql}")}
    inner = {name for names in _INNER.findall(sql) for name in names}
    plan = database.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
    scans = [scan for *_, detail in plan if (scan := _SCAN.match(detail)) and tables.get(scan[1], scan[1]) not in inner]
    return [f"{tables.get(scan[1], scan[1])}{f' by {scan[2]}' if scan[2] else ''}" for scan in scans]


def reads_only(database: sqlite3.Connection, sql: str, values: Any) -> bool:
    """Say whether SQLite would let a statement through that may change nothing."""
    allowed = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE)
    refused: list[int] = []

    def look(action: int, *_: object) -> int:
        if action not in allowed:
            refused.append(action)
        return sqlite3.SQLITE_OK

    database.set_authorizer(look)
    try:
        database.execute(f"EXPLAIN {sql}", values).fetchall()
    finally:
        database.set_authorizer(None)
    return not refused
