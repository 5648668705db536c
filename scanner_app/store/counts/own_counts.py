"""Own counts: what events of a count add to it and take from it again, and when somebody was last at it."""

import sqlite3
from collections.abc import Callable

from msgspec import Struct

from scanner_app.domain.catalog import PLATES_STACKED_MAX
from scanner_app.domain.count_open import ENDS_AFTER_US
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.line import Line

_BEGIN = f"""INSERT INTO own_count VALUES (?,?,?,?,?,?,0,0,0,0,0,'',?)
ON CONFLICT (count) DO UPDATE SET last_us = max(last_us, excluded.last_us), item = excluded.item
WHERE excluded.last_us < last_us + {ENDS_AFTER_US}"""
"""What comes so late is no entry of it any more: it has ended."""
_AROUND = f"""WITH RECURSIVE around (count, layer) AS (SELECT ?1, 0
UNION ALL SELECT o.within, a.layer + 1 FROM around a CROSS JOIN own_count o ON o.count = a.count
WHERE o.within <> '' AND a.layer < {PLATES_STACKED_MAX})
UPDATE own_count SET last_us = max(last_us, ?2)
WHERE count IN (SELECT count FROM around) AND ?2 < last_us + {ENDS_AFTER_US}"""
_ROW = "INSERT INTO count_row VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,0,?,?)"
_NEXT = "SELECT lines_made + plates_made + 1 FROM own_count WHERE count = ?"
_MADE = """UPDATE own_count SET lines_made = lines_made + ?, plates_made = plates_made + ?, last_us = max(last_us, ?)
WHERE count = ?"""
_CHANGED = """UPDATE own_count SET lines = lines + ?, plates = plates + ?, codes = codes + ? WHERE count = ?"""
_SUM = """INSERT INTO count_sum VALUES (?,?,?)
ON CONFLICT (count, unit) DO UPDATE SET quantity = quantity + excluded.quantity"""
_OF_EVENT = "SELECT count, unit, quantity, plate, is_code FROM count_row WHERE event = ? AND NOT is_gone"
_GONE = "UPDATE count_row SET is_gone = ?1 WHERE event = ?2 AND is_gone <> ?1"
_CLOSED = "UPDATE own_count SET closed = ?, last_us = max(last_us, ?), item = ? WHERE count = ?"
_ITEM = "SELECT item FROM own_count WHERE count = ?"
_OPENED = "UPDATE own_count SET closed = '' WHERE count = ? AND closed = ?"
Root = Callable[[Event], tuple[Event | None, int]]


class OwnCount(Struct, frozen=True):
    """Which count it is: of whom, where, within which other, since when (wall clock), of which item if of one only."""

    count: str
    operator: str
    place: str
    within: str
    begun_us: int
    item: str = ""


class OwnCounts:
    """``root`` tells which event another one takes back, or brings back."""

    def __init__(self, database: sqlite3.Connection, root: Root) -> None:
        self._database = database
        self._root = root

    def seen(self, count: OwnCount, wall_us: int) -> None:
        """Note that somebody is at a count, which begins with that; the one around it waits, and is not left."""
        known = (count.count, count.operator, count.place, count.within, count.begun_us, wall_us, count.item)
        self._database.execute(_BEGIN, known)
        if count.within:
            self._database.execute(_AROUND, (count.within, wall_us))

    def lay(self, event: Event) -> None:
        """Take what an event does to a count; one that takes another back does the reverse. Who says at the desk that
        a plate is lost counts nowhere.
        """
        root, sign = self._root(event)
        if root is None or not root.fact.count or (root.fact.closing is not None and root.fact.closing.is_said):
            return
        if root.id == event.id:
            self._add(event)
        else:
            self._turn(root, is_gone=sign < 0)

    def _add(self, event: Event) -> None:
        if self._database.execute("SELECT 1 FROM count_row WHERE event = ?", (event.id,)).fetchone():
            return  # laid once more behind a restore of the centre
        fact = event.fact
        place = fact.places[-1]
        (item,) = self._database.execute(_ITEM, (fact.count,)).fetchone() or ("",)
        self.seen(OwnCount(fact.count, event.operator, place, "", event.wall_us, item), event.wall_us)
        if fact.closing is not None:
            self._database.execute(_CLOSED, (event.id, event.wall_us, fact.closing.of_item, fact.count))
            return
        (line,) = self._database.execute(_NEXT, (fact.count,)).fetchone()
        plate = fact.stand.plate if fact.stand is not None else ""
        self._database.execute(_ROW, (fact.count, line, event.id, *_cells(fact.line), plate, *_end(fact.line, event)))
        self._database.execute(_MADE, (int(not plate), int(bool(plate)), event.wall_us, fact.count))
        self._change(event.id, 1)

    def _turn(self, root: Event, *, is_gone: bool) -> None:
        """A line never was, or is there again; a closing opens what it closed, or closes it again."""
        if root.fact.closing is not None:
            closed = (root.id, 0, root.fact.closing.of_item, root.fact.count)
            self._database.execute(*((_OPENED, (root.fact.count, root.id)) if is_gone else (_CLOSED, closed)))
        elif is_gone:
            self._change(root.id, -1)
            self._database.execute(_GONE, (1, root.id))
        elif self._database.execute(_GONE, (0, root.id)).rowcount:
            self._change(root.id, 1)

    def _change(self, event: str, sign: int) -> None:
        """Count the row of an event that is there among what its count makes together, or no more."""
        row = self._database.execute(_OF_EVENT, (event,)).fetchone()
        if row is None:
            return
        count, unit, quantity, plate, is_code = row
        is_plate = bool(plate)
        self._database.execute(_CHANGED, (sign * (not is_plate), sign * is_plate, sign * is_code, count))
        if not is_plate:
            self._database.execute(_SUM, (count, unit, sign * quantity))


def _cells(line: Line | None) -> tuple[str | int, ...]:
    if line is None:
        return "", 0, "", "", "", "", "", ""
    key = line.key
    return key.item, line.quantity, line.base_unit, key.lot, key.serial, key.owner, key.status, line.word


def _end(line: Line | None, event: Event) -> tuple[int, ...]:
    said = (int(line.is_owner_said), int(line.is_status_said)) if line else (0, 0)
    return int(bool(line and line.code)), event.wall_us, *said
