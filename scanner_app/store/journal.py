"""The journal: events that this device made, and the outbox of those not answered."""

import sqlite3
from collections.abc import Sequence

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from scanner_app.domain.clock import Offset
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.settled import last_instant_us, settle
from scanner_app.store.counts.own_counts import OwnCounts
from scanner_app.store.counts.own_leases import OwnLeases
from scanner_app.store.identity import NO_EPOCH, Enrolment
from scanner_app.store.lookups.own_events import came_back
from scanner_app.store.lookups.people import same_person
from scanner_app.store.numbers import given_numbers
from scanner_app.store.overlay import Overlay
from scanner_app.store.unapproved import STATE

_EVENT = """INSERT INTO event
(number, id, epoch, sequence, entry, payload, is_settled, outcome, version, reasons, annuls, puts_back, waits)
VALUES (?,?,?,?,?,?,?,'waiting',0,'[]',?,?,?)"""
_FIRST_UNSETTLED = """SELECT min(o.number) FROM outbox o CROSS JOIN event e ON e.number = o.number
WHERE NOT e.is_settled"""
_REFUSED = """SELECT number, payload FROM event INDEXED BY event_not_taken
WHERE outcome = 'not_accepted' AND outcome NOT IN ('waiting', 'posted', 'posted_with_exceptions') AND reasons = ?
ORDER BY number LIMIT ?"""
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Event).decode


class Waiting(Struct, frozen=True):
    """An event to be sent: its number in this journal, its id and its bytes."""

    number: int
    id: str
    payload: bytes


class Answered(Struct, frozen=True):
    """What the centre said of an event; ``counts`` says whether the overlay goes on showing it."""

    number: int
    outcome: str
    version: int
    reasons: tuple[str, ...]
    counts: bool


class Journal:
    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._overlay = Overlay(database)
        self.counts = OwnCounts(database, self._overlay.root)
        self.leases = OwnLeases(database)
        self.forget()

    def forget(self) -> None:
        """Read the numbers again after a rollback."""
        given = given_numbers(self._database)
        self._number = given.event
        self.waiting: int = self._database.execute("SELECT count(*) FROM outbox").fetchone()[0]
        self._sequences = {int(epoch): sequence for epoch, sequence in given.sequences.items()}
        newest = self._database.execute(
            "SELECT number, payload FROM event WHERE is_settled ORDER BY number DESC LIMIT 1"
        ).fetchone()
        (open_from,) = self._database.execute(_FIRST_UNSETTLED).fetchone()
        self._settled: int = self._number if open_from is None else open_from - 1
        self.settled_us = last_instant_us(_decode(newest[1])) if newest else 0
        self._held = came_back(self._database)

    def held(self, operator: str) -> int:
        """How many events of the person who is an operator came back for them to look at."""
        if not self._held:
            return 0
        return sum(self._held.get(one, 0) for one in same_person(self._database, operator))

    def next_sequence(self, epoch: int) -> int:
        """The number after the last one given in this epoch; without gaps, from 1."""
        return self._sequences.get(epoch, 0) + 1

    def post(self, event: Event, offset: Offset | None, *, waits: bool = False) -> None:
        """Keep an event, queue it for the centre and lay it over the stock, unless it ``waits`` to be accepted.

        With ``offset``, measured in the boot of the event, its times are settled at once; otherwise before its push.
        Events are settled in the order of their numbers, so none is while an earlier one is not; but for those that a
        restore has taken over from another file, which stand behind.
        """
        is_settled = offset is not None and self._settled == self._number
        self._number += 1
        if offset is not None and is_settled:
            event = settle(event, offset, self.settled_us)
            self._settled, self.settled_us = self._number, last_instant_us(event)
        self.waiting += 1
        self._sequences[event.epoch] = event.sequence
        values = (event.id, event.epoch, event.sequence, event.entry, _encode(event), int(is_settled))
        names = (event.fact.undoes or None, event.fact.puts_back or None)
        self._database.execute(_EVENT, (self._number, *values, *names, waits))
        if event.fact.undoes:
            self._held = came_back(self._database)
        self._database.execute("INSERT INTO outbox VALUES (?)", (self._number,))
        self.lay(self._number, event, waits=waits)

    def root(self, event: Event) -> tuple[Event | None, int]:
        """The event whose effect another one reverses (-1) or restores (+1); itself where it annuls nothing."""
        return self._overlay.root(event)

    def lay(self, number: int, event: Event, *, waits: bool = False) -> None:
        """Lay an event over the stock and the plates, or apart from it, and let it add to its count, and to leases."""
        self._overlay.lay(number, event, waits=waits)
        self.counts.lay(event)
        self.leases.lay(number, event)

    def to_send(self, events_max: int, after: int = 0) -> list[Waiting]:
        """The oldest events of the outbox behind number ``after`` whose times are settled and that have an epoch."""
        rows = self._database.execute(
            "SELECT o.number, e.id, e.payload FROM outbox o CROSS JOIN event e ON e.number = o.number "
            "WHERE o.number > ? AND e.is_settled AND e.epoch <> ? ORDER BY o.number LIMIT ?",
            (after, NO_EPOCH, events_max),
        ).fetchall()
        return [Waiting(*row) for row in rows]

    def has_old_waiting(self) -> bool:
        """Say whether events of the epoch before still wait: they are sent before a new epoch is asked for."""
        rows = self._database.execute(
            "SELECT 1 FROM outbox o CROSS JOIN event e ON e.number = o.number WHERE e.epoch <> ? LIMIT 1", (NO_EPOCH,)
        )
        return rows.fetchone() is not None

    def adopt(self, enrolment: Enrolment) -> None:
        """Give the events that wait for an epoch the one that the centre has given this device."""
        if NO_EPOCH not in self._sequences:
            return
        rows = self._database.execute("SELECT number, payload FROM event WHERE epoch = ?", (NO_EPOCH,)).fetchall()
        who = {"device": enrolment.device, "epoch": enrolment.epoch}
        changed = [(enrolment.epoch, _encode(replace(_decode(payload), **who)), number) for number, payload in rows]
        self._database.executemany("UPDATE event SET epoch = ?, payload = ? WHERE number = ?", changed)
        self._sequences[enrolment.epoch] = self._sequences.pop(NO_EPOCH)

    def renumber(self, numbers: Sequence[int]) -> None:
        """Have events wait for another number and epoch: the centre has other events under theirs, and not these.

        This file is an older one put back, or a copy: it cannot know which numbers were used since.
        """
        changed = []
        for number in numbers:
            (payload,) = self._database.execute("SELECT payload FROM event WHERE number = ?", (number,)).fetchone()
            sequence = self.next_sequence(NO_EPOCH)
            self._sequences[NO_EPOCH] = sequence
            event = replace(_decode(payload), epoch=NO_EPOCH, sequence=sequence)
            changed.append((NO_EPOCH, sequence, _encode(event), number))
        self._database.executemany("UPDATE event SET epoch = ?, sequence = ?, payload = ? WHERE number = ?", changed)

    def _unsettled(self, events_max: int) -> list[tuple[int, Event]]:
        rows = self._database.execute(
            "SELECT o.number, e.payload FROM outbox o CROSS JOIN event e ON e.number = o.number "
            "WHERE o.number > ? AND NOT e.is_settled ORDER BY o.number LIMIT ?",
            (self._settled, events_max),
        ).fetchall()
        return [(number, _decode(payload)) for number, payload in rows]

    def settle(self, offset: Offset, events_max: int) -> int:
        """Write the oldest unsettled events again with their clock offset, before the first push and never after.

        Returns how many were written: fewer than ``events_max`` means that none are left.
        """
        settled: list[tuple[bytes, int]] = []
        for number, event in self._unsettled(events_max):
            timed = settle(event, offset, self.settled_us)
            self._settled, self.settled_us = number, last_instant_us(timed)
            settled.append((_encode(timed), number))
        self._database.executemany("UPDATE event SET payload = ?, is_settled = 1 WHERE number = ?", settled)
        self._overlay.weigh([number for _, number in settled])
        if len(settled) < events_max:
            self._settled = self._number
        return len(settled)

    def answer(self, answers: Sequence[Answered]) -> None:
        """Record the centre's answers; their events leave the outbox."""
        numbers = [(answer.number,) for answer in answers]
        self._database.executemany(
            "UPDATE event SET outcome = ?, version = ?, reasons = ? WHERE number = ?",
            [(a.outcome, a.version, _encode(a.reasons).decode(), a.number) for a in answers],
        )
        removed = self._database.executemany("DELETE FROM outbox WHERE number = ?", numbers).rowcount
        self.waiting -= max(0, removed)
        self._follow_approval(answers)
        self._overlay.contain([(a.version, a.number) for a in answers if a.counts])
        not_counted = [a.number for a in answers if not a.counts and a.outcome != STATE]
        self._overlay.lift(not_counted)
        if not_counted or self._held:
            self._held = came_back(self._database)

    def _follow_approval(self, answers: Sequence[Answered]) -> None:
        """What the centre keeps out of the book is no stock here, whatever was taken to be; and the other way round."""
        waited = self._overlay.unapproved.numbers()
        for answer in answers:
            waits = answer.outcome == STATE
            if waits is not (answer.number in waited):
                self._overlay.wait(answer.number, waits=waits)

    def follow(self, changed: Sequence[tuple[str, Answered]]) -> None:
        """Let events, by their ids, follow what somebody decided about them since they were answered.

        What is booked by it comes with the rows that are pulled; what is not any more leaves the overlay at once.
        """
        known = [(self._answered(name), answer) for name, answer in changed]
        self.answer([replace(answer, number=number) for number, answer in known if number])

    def _answered(self, name: str) -> int:
        """The number of an event of this device that was answered; 0 where there is none."""
        row = self._database.execute(
            "SELECT number FROM event WHERE id = ? AND outcome <> 'waiting'", (name,)
        ).fetchone()
        return row[0] if row else 0

    def send_again(self, after: int, events_max: int) -> int | None:
        """Queue some of the events after ``after`` once more: the centre was restored and may have forgotten them.

        Returns the number of the last one queued; None when there was none left.
        """
        rows = self._database.execute(
            "SELECT number, payload FROM event WHERE number > ? ORDER BY number LIMIT ?", (after, events_max)
        ).fetchall()
        self._queue(rows)
        return rows[-1][0] if rows else None

    def send_refused(self, reason: str, events_max: int) -> int:
        """Queue the oldest of those events once more that the centre did not accept for one reason; how many."""
        rows = self._database.execute(_REFUSED, (_encode((reason,)).decode(), events_max)).fetchall()
        self._queue(rows)
        return len(rows)

    def _queue(self, rows: Sequence[tuple[int, bytes]]) -> None:
        """Queue events that were answered, as if they were not: number and payload of each."""
        events = [(number, event) for number, payload in rows if (event := _readable(payload))]
        numbers = [(number,) for number, _ in events]
        added = self._database.executemany("INSERT OR IGNORE INTO outbox VALUES (?)", numbers).rowcount
        self.waiting += max(0, added)
        self._database.executemany(
            "UPDATE event SET outcome = 'waiting', version = 0, reasons = '[]' WHERE number = ?", numbers
        )
        waiting = self._overlay.unapproved.numbers()
        self._overlay.lift([number for number, _ in events])
        for number, event in events:
            self.lay(number, event, waits=number in waiting)
        if self._held:
            self._held = came_back(self._database)


def _readable(payload: bytes) -> Event | None:
    """An event as written; None for bytes that a damaged file has left of one: the centre said what it thinks of it."""
    try:
        return _decode(payload)
    except msgspec.DecodeError:
        return None
