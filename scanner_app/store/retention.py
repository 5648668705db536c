"""Retention (purge): what is old and has done its work leaves the cache, a little at a time, and nothing else does.

Kept whatever its age: an event that waits, or whose answer asks somebody to act, or that the stock does not contain
yet; everything of an open script; what nobody has judged; the newest of each, and of each session, on which numbers,
clocks and locks stand. How far counts of this device were goes with what was entered in them: a count ends hours after
its last entry, and its lines can be taken out of the list *Today* only as long as their events are here.
"""

import sqlite3
from collections.abc import Iterator

import msgspec
from msgspec import Struct

from scanner_app.store.file import Transaction
from scanner_app.store.log import NEWEST_JUDGED
from scanner_app.store.numbers import keep_numbers

DAY_US = 24 * 3600 * 1_000_000
_STEP_ROWS_MAX = 200
_STEP_PLAYS_MAX = 20
_DONE = ("posted", "posted_with_exceptions")
_EVENTS = """SELECT e.number, e.payload, e.outcome IN (?, ?)
AND e.number < (SELECT max(number) FROM event WHERE is_settled)
AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.number = e.number)
AND NOT EXISTS (SELECT 1 FROM overlay v WHERE v.number = e.number)
AND NOT EXISTS (SELECT 1 FROM plate_overlay p WHERE p.number = e.number)
AND NOT EXISTS (SELECT 1 FROM unapproved u WHERE u.number = e.number)
FROM (SELECT * FROM event WHERE number > ? ORDER BY number LIMIT ?) e ORDER BY e.number"""
_PLAYS = f"""SELECT p.play, max(e.wall_us), count(e.entry) FROM play p
LEFT JOIN verdict v USING (play) LEFT JOIN entry e USING (entry)
WHERE p.play IN (SELECT q.play FROM play q WHERE q.play > ? AND q.ended IS NOT NULL
AND q.play < (SELECT max(play) FROM play)
AND q.play IS NOT (SELECT n.play FROM verdict n WHERE n.entry = ({NEWEST_JUDGED.format("q.session")}))
AND q.play NOT IN (SELECT parent FROM play WHERE ended IS NULL AND parent IS NOT NULL) ORDER BY q.play LIMIT ?)
GROUP BY p.play ORDER BY p.play"""
_STRAYS = f"""SELECT e.entry, e.wall_us, e.entry < ({NEWEST_JUDGED.format("e.session")})
AND NOT EXISTS (SELECT 1 FROM verdict v WHERE v.entry = e.entry AND EXISTS (SELECT 1 FROM play p WHERE p.play = v.play))
FROM (SELECT * FROM entry WHERE entry > ? ORDER BY entry LIMIT ?) e ORDER BY e.entry"""
_COUNT = "SELECT count FROM own_count WHERE last_us < ? ORDER BY last_us LIMIT 1"
_COUNT_ROWS = """DELETE FROM count_row WHERE (count, line) IN
(SELECT count, line FROM count_row WHERE count = ? ORDER BY line LIMIT ?)"""


class _When(Struct):
    wall_us: int


_when = msgspec.json.Decoder(_When)


class Retention:
    """Purges the cache of what was recorded before ``before_us`` on this device's wall clock."""

    def __init__(self, database: sqlite3.Connection, transaction: Transaction, before_us: int) -> None:
        self._database = database
        self._transaction = transaction
        self._before_us = before_us

    def purge(self) -> Iterator[int]:
        """Work in small transactions; yields after each how many rows went.

        Raises:
            StoreError: the file could not be written.
        """
        with self._transaction:
            keep_numbers(self._database)
        for step in (self._events, self._plays, self._strays, self._counts):
            after: int | None = 0
            while after is not None:
                with self._transaction:
                    after, gone = step(after)
                yield gone

    def _events(self, after: int) -> tuple[int | None, int]:
        read = self._database.execute(_EVENTS, (*_DONE, after, _STEP_ROWS_MAX)).fetchall()
        rows = [(number, _when.decode(payload).wall_us, is_done) for number, payload, is_done in read]
        return self._drop(rows, "DELETE FROM event WHERE number = ?")

    def _plays(self, after: int) -> tuple[int | None, int]:
        """Closed scripts with their verdicts and entries; a script without any is as old as its neighbours."""
        rows = _first_few(self._database.execute(_PLAYS, (after, _STEP_PLAYS_MAX)).fetchall())
        young = next((play for play, wall_us, _ in rows if wall_us is not None and wall_us >= self._before_us), None)
        old = [(play,) for play, _, _ in rows if young is None or play < young]
        if rows and all(wall_us is None for _, wall_us, _ in rows):
            return rows[-1][0], 0
        for (play,) in old:
            entries = self._database.execute("SELECT entry FROM verdict WHERE play = ?", (play,)).fetchall()
            self._database.executemany("DELETE FROM verdict WHERE entry = ?", entries)
            self._database.executemany("DELETE FROM entry WHERE entry = ?", entries)
        self._database.executemany("DELETE FROM play WHERE play = ?", old)
        return None if young is not None or not old else rows[-1][0], len(old)

    def _strays(self, after: int) -> tuple[int | None, int]:
        """Entries that no script took: what came after the operator had left, what a restore put aside."""
        rows = self._database.execute(_STRAYS, (after, _STEP_ROWS_MAX)).fetchall()
        return self._drop(rows, "DELETE FROM verdict WHERE entry = ?", "DELETE FROM entry WHERE entry = ?")

    def _counts(self, after: int) -> tuple[int | None, int]:
        """The oldest count that nobody was at since then: some of its rows, and with the last of them the count."""
        found = self._database.execute(_COUNT, (self._before_us,)).fetchone()
        if found is None:
            return None, 0
        gone = self._database.execute(_COUNT_ROWS, (*found, _STEP_ROWS_MAX)).rowcount
        if gone < _STEP_ROWS_MAX:
            for table in ("count_sum", "own_count"):
                self._database.execute(f"DELETE FROM {table} WHERE count = ?", found)
        return after, gone

    def _drop(self, rows: list[tuple[int, int, int]], *statements: str) -> tuple[int | None, int]:
        """Drop what may go and is old, of rows as (number, time, whether it may go); go on unless all are young."""
        old = [(number,) for number, wall_us, may_go in rows if may_go and wall_us < self._before_us]
        for statement in statements:
            self._database.executemany(statement, old)
        is_last = len(rows) < _STEP_ROWS_MAX or all(wall_us >= self._before_us for _, wall_us, _ in rows)
        return None if is_last else rows[-1][0], len(old)


def _first_few(plays: list[tuple[int, int | None, int]]) -> list[tuple[int, int | None, int]]:
    """As many plays as have together no more entries than a step may remove, and at least one."""
    room = _STEP_ROWS_MAX
    for place, (_, _, entries) in enumerate(plays):
        room -= entries
        if room < 0:
            return plays[: max(1, place)]
    return plays
