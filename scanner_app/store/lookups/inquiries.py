"""Look-ups for an inquiry: what is where, as pulled and as this device's own events have changed it since.

Every statement walks an index in the order of its answer and stops at a limit, however much stock there is.
"""

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Any

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from scanner_app.store.lookups.answers import Answers
from scanner_app.store.lookups.search import Search
from scanner_app.workflows.lookups.places import Around, Neighbour, Neighbours
from scanner_app.workflows.lookups.plates import Plates, Standing
from scanner_app.workflows.lookups.search import Find, Hit, Hits
from scanner_app.workflows.lookups.stock import AtPlace, HeldRow, Marked, OfItem, Rows

PLATE_DEPTH_MAX = 8
ROWS_COUNTED_MAX = 9
_WAITING_MAX = 1_000
_KEY = "place, item, lot, serial, owner, status"
_NAMED = """SELECT s.*, coalesce(i.name, ''), coalesce(i.base_unit, '') FROM ({0}) s LEFT JOIN item i ON i.item = s.item
ORDER BY s.place, s.item, s.lot, s.serial, s.owner, s.status"""
_STOCK, _LAID = (
    _NAMED.format(f"SELECT {_KEY}, quantity FROM {table} WHERE {{0}} ORDER BY {_KEY} LIMIT ?")
    for table in ("stock", "laid")
)
_APART = f"""SELECT {_KEY}, s.quantity, coalesce(i.name, ''), coalesce(i.base_unit, '') FROM (SELECT {_KEY},
sum(quantity) AS quantity FROM unapproved WHERE {{0}} GROUP BY {_KEY} HAVING sum(quantity) <> 0 ORDER BY {_KEY} LIMIT ?)
s LEFT JOIN item i USING (item) ORDER BY {_KEY}"""
"""What is no stock yet."""
_APART_MAX = 5
_WAITING = """SELECT count(DISTINCT number) FROM
(SELECT o.number FROM overlay o JOIN outbox USING (number) WHERE {0} LIMIT ?)"""
_MARKS = {
    "lot": "lot = ? AND lot <> ''",
    "serial": "serial = ? AND serial <> ''",
    "owner": "owner = ? AND owner <> 'OWN'",
}
_ITEM_OF = "SELECT item FROM stock WHERE {0} UNION ALL SELECT item FROM laid WHERE {0} LIMIT 1"
_FILLED = f"""(SELECT count(*) FROM (SELECT 1 FROM (
SELECT * FROM (SELECT {_KEY}, quantity FROM stock WHERE place = l.location LIMIT 50)
UNION ALL SELECT {_KEY}, quantity FROM laid WHERE place = l.location
) GROUP BY {_KEY} HAVING sum(quantity) > 0 LIMIT {ROWS_COUNTED_MAX})) +
(SELECT count(*) FROM (SELECT 1 FROM plate_now p WHERE p.location = l.location LIMIT {ROWS_COUNTED_MAX}))"""
_SPOTS = f"SELECT location, state, {_FILLED} FROM location l WHERE walk_order {{0}} ? ORDER BY walk_order {{1}} LIMIT ?"
_PLACES = "SELECT location FROM location WHERE location >= ? AND location < ? ORDER BY location LIMIT ?"
_OWNERS_MAX = 200
_LAST = "\U0010ffff"


class Inquiries:
    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._search = Search(database)
        self.answers: Answers = {
            AtPlace: self.at_place,
            OfItem: self.of_item,
            Marked: self.marked,
            Standing: self.standing,
            Around: self.around,
        }

    def at_place(self, look: AtPlace) -> Rows:
        row = self._database.execute("SELECT state FROM location WHERE location = ?", (look.place,)).fetchone()
        rows = self._rows("place = ?", look.place, look.rows_max, state=row[0] if row else "")
        return replace(rows, waiting=self._waiting("place = ?", look.place)) if look.tells_waiting else rows

    def of_item(self, look: OfItem) -> Rows:
        row = self._database.execute("SELECT name FROM item WHERE item = ?", (look.item,)).fetchone()
        rows = self._rows("item = ?", look.item, look.rows_max, name=row[0] if row else "")
        return replace(rows, waiting=self._waiting("item = ?", look.item))

    def marked(self, look: Marked) -> Rows:
        name = ""
        if look.mark == "owner":
            row = self._database.execute("SELECT name FROM owner WHERE owner = ?", (look.code,)).fetchone()
            name = row[0] if row else ""
        rows = self._rows(_MARKS[look.mark], look.code, look.rows_max, name=name)
        return replace(rows, waiting=self._waiting(_MARKS[look.mark], look.code))

    def standing(self, look: Standing) -> Plates:
        rows = self._database.execute(
            "SELECT plate FROM plate_now WHERE location = ? AND parent = '' UNION ALL "
            "SELECT plate FROM plate_now WHERE parent = ? AND parent <> '' LIMIT ?",
            (look.place, look.place, look.plates_max),
        )
        return Plates(tuple(self._under(look.place)), tuple(sorted(plate for (plate,) in rows)))

    def around(self, look: Around) -> Neighbours:
        row = self._database.execute("SELECT walk_order FROM location WHERE location = ?", (look.place,)).fetchone()
        if row is None:
            return Neighbours()
        before = self._database.execute(_SPOTS.format("<=", "DESC"), (row[0], look.spots_max + 1)).fetchall()
        after = self._database.execute(_SPOTS.format(">", "ASC"), (row[0], look.spots_max)).fetchall()
        return Neighbours(tuple(Neighbour(*spot) for spot in (*reversed(before), *after)))

    def marks(self, codes: Sequence[str], hidden: Collection[str] = ()) -> tuple[Hit, ...]:
        """Which lots, serials and owners have one of ``codes``; what is at places that are ``hidden`` is none."""
        found = ((mark, code, self.item_marked(mark, code, hidden)) for code in codes for mark in ("lot", "serial"))
        tracked = [Hit(mark, code) for mark, code, item in found if item]
        return (*tracked, *(Hit("owner", owner, name) for owner, name in self._owners(codes)))

    def find(self, look: Find, meanings: Sequence[Hit]) -> Hits:
        """All that ``look.text`` may mean, ``meanings`` of the whole text first."""
        known = dict.fromkeys(meanings)
        for hit in islice(self._begins_with(look.text, look.hits_max + 1), look.hits_max + 1):
            known.setdefault(hit)
        hits = tuple(known)
        return Hits(hits[: look.hits_max], int(len(hits) > look.hits_max))

    def _begins_with(self, text: str, hits_max: int) -> Iterator[Hit]:
        begins = text.upper()
        for (place,) in self._database.execute(_PLACES, (begins, begins + _LAST, hits_max)):
            yield Hit("place", place)
        for item, name in self._search.items(text):
            yield Hit("item", item, name)

    def item_marked(self, mark: str, code: str, hidden: Collection[str] = ()) -> str:
        """The first item of which there is stock with a lot or a serial, not ``hidden``; empty when there is none."""
        condition, values = _MARKS[mark], (code, *hidden)
        if hidden:
            condition += f" AND place NOT IN ({','.join('?' * len(hidden))})"
        row = self._database.execute(_ITEM_OF.format(condition), values * 2).fetchone()
        return row[0] if row else ""

    def _owners(self, codes: Sequence[str]) -> list[tuple[str, str]]:
        rows = self._database.execute("SELECT owner, name FROM owner LIMIT ?", (_OWNERS_MAX,)).fetchall()
        return [(owner, name) for owner, name in rows if owner in codes or name in codes]

    def _under(self, plate: str) -> Iterator[str]:
        """Parents of a plate, and last where they stand; nothing for what is no plate."""
        for _ in range(PLATE_DEPTH_MAX):
            row = self._database.execute("SELECT parent, location FROM plate_now WHERE plate = ?", (plate,)).fetchone()
            if row is None:
                return
            plate = row[0] or row[1]
            if plate:
                yield plate

    def _rows(self, condition: str, code: str, rows_max: int, *, state: str = "", name: str = "") -> Rows:
        limit = rows_max + 1
        stock = self._database.execute(_STOCK.format(condition), (code, limit)).fetchall()
        laid = self._database.execute(_LAID.format(condition), (code, limit)).fetchall()
        ends = [side[-1][:6] for side in (stock, laid) if len(side) == limit]
        rows = _summed([*stock, *laid], min(ends, default=None))
        more = int(bool(ends) or len(rows) > rows_max)
        return Rows(tuple(rows[:rows_max]), more, state, name, apart=self._apart(condition, code))

    def _apart(self, condition: str, code: str) -> tuple[HeldRow, ...] | UnsetType:
        """What will be more or less of it once somebody has accepted that; unset where there is nothing."""
        rows = self._database.execute(_APART.format(condition), (code, _APART_MAX)).fetchall()
        return tuple(HeldRow(*row) for row in rows) or UNSET

    def _waiting(self, condition: str, code: str) -> int:
        """How many events that are not sent changed any of it; beyond a thousand nobody counts."""
        return int(self._database.execute(_WAITING.format(condition), (code, _WAITING_MAX)).fetchone()[0])


def _summed(rows: Sequence[tuple[Any, ...]], last: tuple[str, ...] | None) -> list[HeldRow]:
    """One row a key, in order, up to the key ``last`` behind which not all is known; what is nothing is left out."""
    sums: dict[tuple[Any, ...], int] = {}
    names: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for row in rows:
        key, names[row[:6]] = row[:6], row[7:]
        sums[key] = sums.get(key, 0) + row[6]
    keys = sorted(key for key, quantity in sums.items() if quantity and (last is None or key <= last))
    return [HeldRow(*(*key, sums[key], *names[key])) for key in keys]
