"""Unapproved: what own events will change once somebody accepts them; it is told apart and is no stock of this device.

An event stands either here or in the overlay, and ``event.waits`` says which. What an own undo of it changes stands
beside it, the other way round.
"""

import sqlite3
from collections.abc import Iterable, Sequence

from scanner_app.store.lookups.people import same_person
from scanner_app.workflows.lookups.stock import HeldRow, Rows, Unapproved

STATE = "waiting_for_approval"
"""The outcome of an event that the centre keeps out of the book until somebody accepts it."""
_KEY = "place, item, lot, serial, owner, status"
UNAPPROVED = f"""
ALTER TABLE event ADD COLUMN waits INTEGER NOT NULL DEFAULT 0;
CREATE INDEX event_waits ON event (number) WHERE waits;
CREATE TABLE unapproved (
    number INTEGER NOT NULL, side INTEGER NOT NULL, operator TEXT NOT NULL, place TEXT NOT NULL, item TEXT NOT NULL,
    lot TEXT NOT NULL, serial TEXT NOT NULL, owner TEXT NOT NULL, status TEXT NOT NULL, quantity INTEGER NOT NULL,
    PRIMARY KEY (number, side)
) STRICT, WITHOUT ROWID;
CREATE INDEX unapproved_by_place ON unapproved ({_KEY});
CREATE INDEX unapproved_by_item ON unapproved (item);
CREATE INDEX unapproved_by_lot ON unapproved (lot) WHERE lot <> '';
CREATE INDEX unapproved_by_serial ON unapproved (serial) WHERE serial <> '';
CREATE INDEX unapproved_by_owner ON unapproved (owner) WHERE owner <> 'OWN';
"""
"""A migration of the cache."""
_PUT = "INSERT OR REPLACE INTO unapproved VALUES (?,?,?,?,?,?,?,?,?,?)"
_READ_MAX = 200
_NEWEST = f"""SELECT {_KEY}, sum(u.quantity), coalesce(i.name, ''), coalesce(i.base_unit, '')
FROM (SELECT * FROM unapproved ORDER BY number DESC LIMIT {_READ_MAX}) u LEFT JOIN item i USING (item)
WHERE operator IN ({{0}}) GROUP BY {_KEY} HAVING sum(u.quantity) <> 0 ORDER BY max(u.number) DESC LIMIT ?"""


class UnapprovedRows:
    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def put(self, number: int, operator: str, sides: Iterable[tuple[Sequence[str], int]]) -> None:
        """Keep what an event of an operator will change: a key and by how much, a side each."""
        rows = [(number, side, operator, *key, quantity) for side, (key, quantity) in enumerate(sides)]
        self._database.executemany(_PUT, rows)

    def is_one(self, event: str) -> bool:
        """Say whether an event, by its id, waits for somebody to accept it."""
        row = self._database.execute("SELECT waits FROM event WHERE id = ?", (event,)).fetchone()
        return row is not None and bool(row[0])

    def numbers(self) -> frozenset[int]:
        """The events that wait for somebody to accept them, as far as this device knows."""
        return frozenset(number for (number,) in self._database.execute("SELECT number FROM event WHERE waits"))

    def of(self, look: Unapproved) -> Rows:
        """What waits of a person, under whatever badge it was adjusted."""
        people = same_person(self._database, look.operator)
        query = _NEWEST.format(",".join("?" * len(people)))
        found = self._database.execute(query, (*people, look.rows_max)).fetchall()
        return Rows(tuple(HeldRow(*row) for row in found))
