"""Numbers that were given out (sequences): kept apart from the rows, so that none is given twice when they go."""

import sqlite3

import msgspec
from msgspec import Struct

from scanner_app.store.identity import NO_EPOCH

NUMBER_MAX = 2**40
_SEQUENCES = """WITH RECURSIVE given (epoch) AS (SELECT min(epoch) FROM event UNION ALL
SELECT (SELECT min(epoch) FROM event WHERE epoch > g.epoch) FROM given g WHERE g.epoch IS NOT NULL)
SELECT CAST(g.epoch AS TEXT), (SELECT max(sequence) FROM event WHERE epoch = g.epoch) FROM given g
WHERE g.epoch IS NOT NULL"""
"""Two steps of the index for each epoch, however many events it has."""
_LAST_ENTRY = """SELECT max((SELECT coalesce(max(entry), 0) FROM entry), (SELECT coalesce(max(entry), 0) FROM event))"""
"""An entry that completes two events has a number for each, and a row under the first."""
_NAME = "numbers"


class Numbers(Struct, frozen=True):
    """The highest numbers given so far; ``sequences`` by epoch (its text, as JSON wants keys)."""

    entry: int = 0
    play: int = 0
    event: int = 0
    sequences: dict[str, int] = {}

    def is_sane(self) -> bool:
        """Say whether a device can have given so many; a damaged file may tell anything."""
        numbers = (self.entry, self.play, self.event, *self.sequences.values())
        are_numbers = all(isinstance(number, int) and 0 <= number < NUMBER_MAX for number in numbers)
        return are_numbers and all(epoch.isdecimal() for epoch in self.sequences)

    def joined(self, other: "Numbers") -> "Numbers":
        """The higher of each."""
        epochs = self.sequences.keys() | other.sequences.keys()
        return Numbers(
            max(self.entry, other.entry),
            max(self.play, other.play),
            max(self.event, other.event),
            {epoch: max(self.sequences.get(epoch, 0), other.sequences.get(epoch, 0)) for epoch in epochs},
        )


def kept_numbers(database: sqlite3.Connection) -> Numbers:
    """What was kept when rows were last removed."""
    row = database.execute("SELECT value FROM meta WHERE name = ?", (_NAME,)).fetchone()
    return msgspec.json.decode(row[0], type=Numbers) if row else Numbers()


def given_numbers(database: sqlite3.Connection) -> Numbers:
    """The highest numbers, whether their rows are still there or not."""
    (entry,) = database.execute(_LAST_ENTRY).fetchone()
    (play,) = database.execute("SELECT coalesce(max(play), 0) FROM play").fetchone()
    (event,) = database.execute("SELECT coalesce(max(number), 0) FROM event").fetchone()
    sequences = database.execute(_SEQUENCES).fetchall()
    return Numbers(entry, play, event, dict(sequences)).joined(kept_numbers(database))


def keep_numbers(database: sqlite3.Connection, more: Numbers | None = None) -> None:
    """Keep the highest numbers, in the transaction that is about to remove rows; ``more`` is known from elsewhere.

    Events that wait for their epoch are never removed, and begin at 1 in each wait.
    """
    numbers = given_numbers(database).joined(more or Numbers())
    numbers.sequences.pop(str(NO_EPOCH), None)
    value = msgspec.json.encode(numbers).decode()
    database.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_NAME, value))
