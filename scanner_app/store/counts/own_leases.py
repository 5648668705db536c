"""Own leases: which tasks this device has asked for, until when, and which were left for later; as events tell it."""

import sqlite3

from scanner_app.domain.events.event import Event
from scanner_app.domain.work.lease import LEASE_US, LEASE_US_MAX, PUT_OFF_US, RELEASED
from scanner_app.domain.work.leasing import Ending, Leasing
from scanner_app.domain.work.packet import OwnLease
from scanner_app.store.lookups.people import person_of

LEASES = """
CREATE TABLE own_lease (
    person TEXT NOT NULL, task TEXT NOT NULL, asked_us INTEGER NOT NULL, until_us INTEGER NOT NULL,
    number INTEGER NOT NULL, PRIMARY KEY (person, task)
) STRICT, WITHOUT ROWID;
CREATE TABLE put_off (
    person TEXT NOT NULL, task TEXT NOT NULL, until_us INTEGER NOT NULL, PRIMARY KEY (person, task)
) STRICT, WITHOUT ROWID;
"""
"""By the wall clock of the device; ``number`` is that of the event that asked."""
_ASK = """INSERT INTO own_lease VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
asked_us = excluded.asked_us, until_us = max(until_us, excluded.until_us), number = excluded.number"""
_LONGER = "UPDATE own_lease SET until_us = max(until_us, ?) WHERE person = ? AND until_us >= ?"
_OVER = (
    "DELETE FROM own_lease WHERE person = ? AND until_us < ?",
    "DELETE FROM put_off WHERE person = ? AND until_us < ?",
)
_OF = """SELECT o.task, o.asked_us, o.until_us, e.outcome <> 'waiting' FROM own_lease o
JOIN event e ON e.number = o.number WHERE o.person = ?"""
_PUT_OFF = "SELECT task, until_us FROM put_off WHERE person = ?"


class OwnLeases:
    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def lay(self, number: int, event: Event) -> None:
        """Take what an event does to the leases of its worker: it asks for some, ends one, or prolongs all that run."""
        fact = event.fact
        if fact.leases:
            self._ask(number, event, fact.leases)
        elif fact.ends and fact.ends.task:
            self._end(event, fact.ends)
        elif fact.count:
            at_us = fact.last_us
            self._database.execute(_LONGER, (at_us + LEASE_US, self._person(event), at_us))

    def of(self, person: str) -> dict[str, OwnLease]:
        """The leases of a person at this device, also those that are over, by their tasks."""
        rows = self._database.execute(_OF, (person,)).fetchall()
        return {task: OwnLease(asked_us, until_us, bool(told)) for task, asked_us, until_us, told in rows}

    def put_off(self, person: str) -> dict[str, int]:
        """What a person has left for later, and until when, also what comes again by now."""
        return dict(self._database.execute(_PUT_OFF, (person,)).fetchall())

    def _ask(self, number: int, event: Event, leasing: Leasing) -> None:
        person = self._person(event)
        for statement in _OVER:
            self._database.execute(statement, (person, event.wall_us - LEASE_US_MAX))
        rows = [(person, task, event.wall_us, leasing.until_us, number) for task in leasing.tasks]
        self._database.executemany(_ASK, rows)

    def _end(self, event: Event, ending: Ending) -> None:
        """What somebody ends is not theirs any more; what they give back they have left for later."""
        person = self._person(event)
        self._database.execute("DELETE FROM own_lease WHERE person = ? AND task = ?", (person, ending.task))
        if ending.reason == RELEASED:
            until_us = event.wall_us + PUT_OFF_US
            self._database.execute("INSERT OR REPLACE INTO put_off VALUES (?, ?, ?)", (person, ending.task, until_us))

    def _person(self, event: Event) -> str:
        return person_of(self._database, event.operator)
