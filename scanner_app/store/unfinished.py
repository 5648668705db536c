"""Unfinished work of operators who signed out: kept for their return, a row each, without any claim on the book."""

import sqlite3

import msgspec
from msgspec import Struct

from scanner_app.workflows.lookups.unfinished import Scanned, SetAside, Unfinished
from scanner_app.workflows.questions.answers import Answer

WORKS_MAX = 5
"""So many are kept of an operator, the newest."""
KEPT_US = 14 * 24 * 3600 * 1_000_000
"""Whoever does not come back in this time has let it go."""
_PREFIX = "unfinished:"


class Took(Struct, frozen=True, array_like=True):
    """An entry by its number in the log, and the value of what it chose by its number in a list; empty for a code."""

    entry: int
    value: str = ""


class Step(Struct, frozen=True, array_like=True):
    """An answer to the question ``slot``, and the entries that gave it: none where the label before gave it, too."""

    slot: str
    answer: Answer
    took: tuple[Took, ...] = ()


class LeftWork(Struct, frozen=True):
    """A process that was set aside at ``wall_us``: what it began with, what was scanned, and what it was answered.

    To go on, the entries of the ``steps`` are judged anew. What a program before this one has left has none. What
    confirmed something else and began this one was an entry of that: its answers are kept, by their slots.
    """

    script: str
    title: str
    arguments: dict[str, str]
    scanned: tuple[Scanned, ...]
    wall_us: int
    steps: tuple[Step, ...] = ()
    first: dict[str, Answer] = {}


_decode = msgspec.json.Decoder(tuple[LeftWork, ...]).decode


class UnfinishedWork:
    """By operator, the newest first."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def of(self, operator: str) -> tuple[LeftWork, ...]:
        row = self._database.execute("SELECT value FROM meta WHERE name = ?", (_PREFIX + operator,)).fetchone()
        return _decode(row[0]) if row else ()

    def look_up(self, look: SetAside) -> Unfinished:
        return next((Unfinished(work.title, work.scanned) for work in self.of(look.operator)), Unfinished())

    def add(self, operator: str, work: LeftWork) -> None:
        """Keep one more, and forget what nobody came back for."""
        self._keep(operator, (work, *self.of(operator))[:WORKS_MAX])
        for name, value in self._database.execute(
            "SELECT name, value FROM meta WHERE name > ? AND name < ?", (_PREFIX, _PREFIX + "\U0010ffff")
        ).fetchall():
            works = _decode(value)
            if any(work.wall_us - old.wall_us >= KEPT_US for old in works):
                fresh = tuple(old for old in works if work.wall_us - old.wall_us < KEPT_US)
                self._keep(name.removeprefix(_PREFIX), fresh)

    def take(self, operator: str) -> LeftWork | None:
        """The newest, which is kept no longer."""
        works = self.of(operator)
        self._keep(operator, works[1:])
        return works[0] if works else None

    def _keep(self, operator: str, works: tuple[LeftWork, ...]) -> None:
        if not works:
            self._database.execute("DELETE FROM meta WHERE name = ?", (_PREFIX + operator,))
            return
        kept = (_PREFIX + operator, msgspec.json.encode(works).decode())
        self._database.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", kept)
