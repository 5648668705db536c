"""Look-ups of counts: of this device's own, and of those that others have open; nothing of the book is looked at."""

import sqlite3
from typing import Any

import msgspec

from scanner_app.domain.catalog import BLIND_MINUTES, PLATES_STACKED_MAX
from scanner_app.domain.count_open import ENDS_AFTER_US, MINUTE_US, CountOpen
from scanner_app.domain.counting.identity import count_name
from scanner_app.domain.task import COUNT, LOOK, Task
from scanner_app.store.identity import Identity
from scanner_app.store.lookups.answers import Answers
from scanner_app.store.lookups.people import same_person
from scanner_app.workflows.lookups.counting import (
    Asked,
    AskedFor,
    CountedOf,
    CountedRow,
    CountRows,
    Counts,
    CountsAskedFor,
    CountsHere,
    CountSoFar,
    OtherCount,
    RowsOfCount,
    SameCounted,
    SoFar,
)

TASKS = (COUNT, LOOK)
"""Kinds of tasks that a count does."""
_COUNT = """SELECT lines, plates, codes, lines_made, plates_made, closed, within, place, begun_us, last_us
FROM own_count WHERE count = ?"""
_SUMS = "SELECT unit, quantity FROM count_sum WHERE count = ? AND quantity <> 0 ORDER BY unit = '', unit"
_ROWS = """SELECT r.line, r.event, r.item, r.quantity, r.unit, r.lot, r.serial, r.owner, r.status, r.word, r.plate,
r.is_code, coalesce((SELECT name FROM item i WHERE i.item = r.item), ''), r.wall_us, r.is_owner_said,
r.is_status_said FROM count_row r WHERE r.count = ? AND NOT r.is_gone {0} ORDER BY r.line DESC LIMIT ?"""
_SAME = """SELECT count(*), coalesce(sum(quantity), 0) FROM count_row
WHERE count = ?1 AND item = ?2 AND lot = ?3 AND serial = ?4 AND plate = ?5 AND NOT is_gone
AND (?6 = '' OR owner = ?6) AND (?7 = '' OR status = ?7)"""
_OWN = """SELECT count, operator, closed, lines, last_us, within, begun_us, item, plates FROM own_count
WHERE place = ? AND last_us > ? ORDER BY last_us DESC LIMIT ?"""
_OPEN = "SELECT count, place, operator, since, last, is_ended, is_decided FROM countopen WHERE place = ?"
_OPEN_OF = "SELECT count, place, operator, since, last, is_ended, is_decided FROM countopen WHERE operator = ?"
_RECENT = "SELECT count, operator, place, last_us FROM own_count WHERE last_us > ?"
_ARE_ANY = """SELECT EXISTS (SELECT 1 FROM countopen) OR EXISTS (
SELECT 1 FROM own_count WHERE last_us > ? - max(?, coalesce((SELECT blind_minutes FROM site LIMIT 1), ?) * ?))"""
"""Whether there is any count at all of which somebody may be blind: it is asked several times an entry."""
_PLATES = "SELECT plate FROM count_row WHERE count = ? AND item = '' AND plate <> '' AND NOT is_gone"
_AT_WORK = """WITH RECURSIVE at_work (count, layer) AS (
SELECT json_extract(arguments, '$.count'), 0 FROM play INDEXED BY play_open
WHERE ended IS NULL AND script IN ('count', 'count_item')
UNION SELECT json_extract(arguments, '$.within'), 0 FROM play INDEXED BY play_open
WHERE ended IS NULL AND script IN ('count', 'count_item')
UNION SELECT o.within, a.layer + 1 FROM at_work a CROSS JOIN own_count o ON o.count = a.count
WHERE a.layer < ? AND o.within <> '') SELECT count FROM at_work"""
_ON = """SELECT p.plate FROM json_each(?1) h CROSS JOIN plate p ON p.location = h.value
WHERE p.parent = '' AND NOT EXISTS (SELECT 1 FROM plate_laid o WHERE o.plate = p.plate)
UNION ALL SELECT p.plate FROM json_each(?1) h CROSS JOIN plate p ON p.parent = h.value AND p.parent <> ''
WHERE NOT EXISTS (SELECT 1 FROM plate_laid o WHERE o.plate = p.plate)
UNION ALL SELECT o.plate FROM json_each(?1) h CROSS JOIN plate_laid o ON o.location = h.value WHERE +o.parent = ''
UNION ALL SELECT o.plate FROM json_each(?1) h CROSS JOIN plate_laid o ON o.parent = h.value"""
"""Both halves of ``plate_now`` are written out: joined as a view, all plates of the site are put together first."""
_ASKED = """SELECT task, kind, place, item, since, not_by, 1, zone, walk, priority, due, "plan", holder, until
FROM task WHERE place = ? ORDER BY priority DESC, task LIMIT ?"""
_COUNTS_MAX = 50
_TASKS_MAX = 500


class CountLooks:
    def __init__(self, database: sqlite3.Connection, identity: Identity) -> None:
        self._database = database
        self._identity = identity
        self.answers: Answers = {
            CountSoFar: self.so_far,
            SameCounted: self.same,
            RowsOfCount: self.rows,
            CountsAskedFor: self.asked_for,
        }

    def so_far(self, look: CountSoFar) -> SoFar:
        row = self._database.execute(_COUNT, (look.count,)).fetchone()
        if row is None:
            return SoFar()
        lines, plates, codes, *rest = row
        sums = tuple(self._database.execute(_SUMS, (look.count,)).fetchall())
        newest = self._rows("", (look.count, look.rows_max))
        return SoFar(lines, plates, codes, sums, newest, *rest)

    def same(self, look: SameCounted) -> CountedOf:
        values = (look.count, look.item, look.lot, look.serial, look.plate, look.owner, look.status)
        return CountedOf(*self._database.execute(_SAME, values).fetchone())

    def rows(self, look: RowsOfCount) -> CountRows:
        before = ("AND r.line < ?", (look.before,)) if look.before else ("", ())
        rows = self._rows(before[0], (look.count, *before[1], look.rows_max + 1))
        return CountRows(rows[: look.rows_max], int(len(rows) > look.rows_max))

    def here(self, look: CountsHere, now_us: int, shift_us: int) -> Counts:
        """The newest of a person's own at this device that can be gone on with, and those that others have open.

        One in which nothing was counted is none to go on with: it begins anew as well.
        ``now_us`` is the wall clock of this device, ``shift_us`` what it is behind the centre's. Times are put in words
        by who asks.
        """
        me = same_person(self._database, look.operator)
        since_us, open_us = now_us - self.blind_us, now_us - ENDS_AFTER_US
        found = self._database.execute(_OWN, (look.place, min(since_us, open_us), _COUNTS_MAX)).fetchall()
        own = (row for row in found if row[1] in me and row[4] > since_us and row[7] == look.item)
        mine = next(filter(_has_anything, own), None)
        others = {row[1]: row[6] for row in found if row[1] not in me and not row[2] and row[4] > open_us}
        others |= {who: since - shift_us for who, since in self._open(look.place, now_us + shift_us) if who not in me}
        told = tuple(OtherCount(who, begun_us) for who, begun_us in sorted(others.items()))
        if mine is None:
            return Counts(others=told)
        count, _who, closed, lines, _last, within, begun_us, _item, _plates = mine
        return Counts(count, closed, lines, "", within, begun_us, told)

    def blind(self, operator: str, now_us: int, shift_us: int) -> frozenset[str]:
        """The places of which a person is not told what the book has there, the plates that they saw in counting there,
        and all plates that stand at one of these, or on another, as far as this device knows.

        By the counts of this device and those that the centre tells of; ``now_us`` and ``shift_us`` are as above.
        """
        asked = (now_us, ENDS_AFTER_US, BLIND_MINUTES, MINUTE_US)
        if not self._database.execute(_ARE_ANY, asked).fetchone()[0]:
            return frozenset()
        me = same_person(self._database, operator)
        blind_us = self.blind_us
        oldest_us = now_us - max(blind_us, ENDS_AFTER_US)
        told = {one.count: one for who in me for one in self._told(_OPEN_OF, who)}
        own = self._database.execute(_RECENT, (oldest_us,)).fetchall()
        at_work = self._at_work() if own else frozenset()
        mine = {
            count: place
            for count, who, place, last_us in own
            if who in me
            and (
                (count in at_work and now_us < last_us + ENDS_AFTER_US)
                or _is_blind(told.get(self._name(count)), last_us, now_us, blind_us)
            )
        }
        minutes = blind_us // MINUTE_US
        others = {one.place for one in told.values() if one.is_blind(now_us + shift_us, minutes)}
        plates = (row[0] for count in mine for row in self._database.execute(_PLATES, (count,)).fetchall())
        return self._with_plates(frozenset((*mine.values(), *others, *plates)))

    def _name(self, count: str) -> str:
        """What the centre calls a count of this device."""
        enrolment = self._identity.enrolment
        return count_name(enrolment.device, count) if enrolment else ""

    def _at_work(self) -> frozenset[str]:
        """The counts that are open at this device, and those around them, which wait for them."""
        rows = self._database.execute(_AT_WORK, (PLATES_STACKED_MAX,)).fetchall()
        return frozenset(count for (count,) in rows if count)

    def _with_plates(self, places: frozenset[str]) -> frozenset[str]:
        """Places with every plate that stands there, layer by layer."""
        known, layer = places, places
        for _ in range(PLATES_STACKED_MAX if places else 0):
            names = msgspec.json.encode(sorted(layer)).decode()
            layer = frozenset(plate for (plate,) in self._database.execute(_ON, (names,))) - known
            known |= layer
            if not layer:
                break
        return known

    @property
    def blind_us(self) -> int:
        """For how long after the last entry a counter is not told what the book has there, and may go on counting."""
        row = self._database.execute("SELECT blind_minutes FROM site LIMIT 1").fetchone()
        return (row[0] if row else BLIND_MINUTES) * MINUTE_US

    def _open(self, place: str, now_us: int) -> list[tuple[str, int]]:
        """Who counts there by what the centre has told, and since when."""
        return [(one.operator, one.since) for one in self._told(_OPEN, place) if one.is_open(now_us)]

    def _told(self, query: str, of: str) -> list[CountOpen]:
        rows = self._database.execute(query, (of,)).fetchall()
        return [
            CountOpen(count, place, who, since, last, bool(is_ended), bool(is_decided))
            for count, place, who, since, last, is_ended, is_decided in rows
        ]

    def asked_for(self, look: CountsAskedFor) -> AskedFor:
        me = same_person(self._database, look.operator)
        rows = self._database.execute(_ASKED, (look.place, _TASKS_MAX)).fetchall()
        tasks = (Task(*row) for row in rows)
        mine = [one for one in tasks if one.kind in TASKS and one.not_by not in me]
        return AskedFor(tuple(_asked(one, me) for one in mine[: look.rows_max]))

    def _rows(self, condition: str, values: tuple[object, ...]) -> tuple[CountedRow, ...]:
        rows = self._database.execute(_ROWS.format(condition), values).fetchall()
        return tuple(msgspec.convert(rows, list[CountedRow], strict=False))


def _asked(task: Task, me: frozenset[str]) -> Asked:
    holder = "" if task.holder in me else task.holder
    return Asked(task.place, task.item, task.since, recounts=task.recounts, holder=holder, is_free=not task.holder)


def _has_anything(row: tuple[Any, ...]) -> bool:
    """Whether a row of ``_OWN`` is closed, or has lines or plates."""
    _count, _who, closed, lines, *_, plates = row
    return bool(closed or lines or plates)


def _is_blind(told: CountOpen | None, last_us: int, now_us: int, blind_us: int) -> bool:
    """A count that has ended, until somebody has decided something of it or it is long ago."""
    return not (told is not None and told.is_decided) and now_us < last_us + blind_us
