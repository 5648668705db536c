"""Next places, looked up: where somebody is sent, by the tasks, the leases and the counts that this device knows of."""

import sqlite3

from scanner_app.domain.count_open import ENDS_AFTER_US
from scanner_app.domain.task import COUNT, LOOK, MADE, Task
from scanner_app.domain.work.order import Near
from scanner_app.domain.work.packet import packet
from scanner_app.store.counts.own_leases import OwnLeases
from scanner_app.store.counts.work import WorkLooks
from scanner_app.store.lookups.people import person_of, same_person
from scanner_app.workflows.lookups.work import Line, NextPlaces, Wanted

LINE_MAX = 60
"""So many tasks are looked at: more than anybody has at once and asks for."""
_WALK = """SELECT walk_order FROM location WHERE location = ?1
UNION ALL SELECT l.walk_order FROM plate p CROSS JOIN location l ON l.location = p.location WHERE p.plate = ?1"""
_OTHERS_THERE = "SELECT operator, last FROM countopen WHERE place = ? AND NOT is_ended"
_OTHERS_HERE = "SELECT operator FROM own_count WHERE place = ? AND closed = '' AND last_us > ?"
_CLOSED = "SELECT 1 FROM own_count WHERE place = ? AND closed <> '' AND last_us > ? AND item IN ('', ?) LIMIT 1"
_LINE = """SELECT 1 FROM own_count o CROSS JOIN count_row r ON r.count = o.count
WHERE o.place = ?1 AND o.last_us > ?3 AND r.item = ?2 AND NOT r.is_gone AND r.wall_us > ?3 LIMIT 1"""
_SEEN = """SELECT 1 FROM own_count o CROSS JOIN count_row r ON r.count = o.count
WHERE o.place = ?1 AND o.last_us > ?3 AND r.plate = ?2 AND NOT r.is_gone AND r.wall_us > ?3 LIMIT 1"""


class NextPlacesLooks:
    """``now_us`` is the clock of the device, ``shift_us`` what it is behind the centre's; that ``is_reached`` now."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._work = WorkLooks(database)
        self._leases = OwnLeases(database)

    def next(self, look: NextPlaces, now_us: int, shift_us: int, *, is_reached: bool) -> Line:
        """Where a person is sent; whoever asks puts times in words, and says when that is."""
        who = person_of(self._database, look.operator)
        everybody = Near(who, self._walk(look.near), now_us + shift_us, extended_us=now_us + shift_us + 1)
        me = same_person(self._database, look.operator)
        line = [
            task
            for task in self._work.in_line(everybody, LINE_MAX)
            if task.kind in (COUNT, LOOK) and task.not_by not in me and not self._is_done(task, shift_us)
        ]
        put_off = self._leases.put_off(who)
        off = {task: until_us for task, until_us in put_off.items() if until_us > now_us}
        free = [task for task in line if task.task not in off and not self._is_taken(task, me, now_us, shift_us)]
        found = packet(free, who, self._leases.of(who), now_us, put_off.keys() - off.keys())
        found = found._replace(is_waiting=found.is_waiting and is_reached)
        sure = {task.task for task in found.given}
        later = [_wanted(task, off[task.task]) for task in line if task.task in off]
        return Line(
            rows=tuple(
                _wanted(task, task.since - shift_us if task.task.startswith(MADE) else 0, is_sure=task.task in sure)
                for task in found.offered[: look.rows_max]
            ),
            later=tuple(later[: look.rows_max]), ask=found.wanted, is_waiting=found.is_waiting,
            more=max(0, len(found.offered) - look.rows_max),
        )  # fmt: skip

    def _walk(self, near: str) -> int:
        row = self._database.execute(_WALK, (near,)).fetchone() if near else None
        return row[0] if row else 0

    def _is_taken(self, task: Task, me: frozenset[str], now_us: int, shift_us: int) -> bool:
        """Somebody else counts there, by this device or by what the centre tells."""
        told = self._database.execute(_OTHERS_THERE, (task.place,)).fetchall()
        here = self._database.execute(_OTHERS_HERE, (task.place, now_us - ENDS_AFTER_US)).fetchall()
        there = {who for who, last_us in told if now_us + shift_us < last_us + ENDS_AFTER_US} | {who for (who,) in here}
        return not there <= me

    def _is_done(self, task: Task, shift_us: int) -> bool:
        """It was done at this device, and the centre has not said so yet."""
        since_us = task.since - shift_us
        if task.kind == LOOK:
            return self._is(_SEEN, task.place, task.item, since_us) or self._is(_CLOSED, task.item, since_us, "")
        return self._is(_CLOSED, task.place, since_us, task.item) or bool(
            task.item and self._is(_LINE, task.place, task.item, since_us)
        )

    def _is(self, statement: str, *values: str | int) -> bool:
        return self._database.execute(statement, values).fetchone() is not None


def _wanted(task: Task, at_us: int, *, is_sure: bool = True) -> Wanted:
    """What is told of a task: when it comes again, or since when somebody waits for it (wall clock)."""
    is_plate = task.kind == LOOK
    return Wanted(task.place, task.item, task.task, task.since, at_us, is_sure=is_sure, is_plate=is_plate)
