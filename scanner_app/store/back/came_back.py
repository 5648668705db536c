"""What came back: rows of the centre for this device and for whoever is signed on here, each told once.

The cursor holds for the people who were signed on when it moved: for somebody new all of it is asked for once more.
"""

import sqlite3
from collections.abc import Collection, Iterable, Sequence

import msgspec
from msgspec import Struct

from scanner_app.store.lookups.people import same_person

LIFE_US = 30 * 24 * 3600 * 1_000_000
"""So long it is kept."""
TOLD_MAX = 500
_NOT_TOLD, _TOLD_HERE, _TOLD = 0, 1, 2
_NAMES = (
    "number", "event", "operator", "device", "outcome", "reasons", "by_whom", "when_us", "subject", "subjects", "place",
    "item", "quantity", "happened_us",
)  # fmt: skip
_KEEP = f"INSERT OR IGNORE INTO came_back ({', '.join(_NAMES)}, told) VALUES ({', '.join('?' * 15)})"
_ROWS = f"SELECT {', '.join(_NAMES)} FROM came_back"
_encode, _texts = msgspec.json.Encoder().encode, msgspec.json.Decoder(tuple[str, ...]).decode


class Returned(Struct, frozen=True):
    """One thing that came back: what became of ``event`` by somebody, or so many of its words that do not rule."""

    number: int
    event: str
    operator: str
    device: str
    outcome: str
    reasons: tuple[str, ...]
    by_whom: str
    when_us: int
    subject: str
    subjects: int
    place: str
    item: str
    quantity: int
    happened_us: int
    is_told: bool = False


class _Cursor(Struct):
    number: int = 0
    people: tuple[str, ...] = ()


_cursor = msgspec.json.Decoder(_Cursor).decode


class CameBack:
    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def cursor(self, people: Collection[str]) -> int:
        """How far it has been heard for all of ``people``; 0 when somebody new is among them."""
        kept = self._kept()
        return kept.number if set(people) <= set(kept.people) else 0

    def told(self) -> tuple[int, ...]:
        """What was read here, and the centre does not know of it yet."""
        wanted = "SELECT number FROM came_back WHERE told = ? ORDER BY number LIMIT ?"
        return tuple(number for (number,) in self._database.execute(wanted, (_TOLD_HERE, TOLD_MAX)))

    def keep(self, rows: Iterable[Returned], cursor: int, people: Collection[str], told: Collection[int]) -> set[int]:
        """Keep what has come, and that the centre knows what was ``told``; what is too old goes. Return what is new."""
        cells = [(*_cells(row), _TOLD if row.is_told else _NOT_TOLD) for row in rows]
        fresh = {int(str(row[0])) for row in cells if self._database.execute(_KEEP, row).rowcount}
        numbers = [(_TOLD, number) for number in told]
        self._database.executemany("UPDATE came_back SET told = ? WHERE number = ?", numbers)
        if cells:
            oldest = "DELETE FROM came_back WHERE when_us < (SELECT max(when_us) FROM came_back) - ?"
            self._database.execute(oldest, (LIFE_US,))
        after = _Cursor(cursor, tuple(sorted(people)))
        if after != self._kept():
            self._database.execute("INSERT OR REPLACE INTO meta VALUES ('came_back', ?)", (_encode(after).decode(),))
        return fresh

    def unread(self, operator: str) -> tuple[Returned, ...]:
        """What the person who is an operator has not read, the oldest first."""
        return self._of(operator, f"AND told = {_NOT_TOLD} ORDER BY number")

    def newest(self, operator: str) -> tuple[Returned, ...]:
        """All that came back to the person who is an operator, the newest first."""
        return self._of(operator, "ORDER BY number DESC")

    def by_whom(self, event: str) -> str:
        """Whose word changed an event last; empty where nobody's did."""
        wanted = "SELECT by_whom FROM came_back WHERE event = ? AND subjects = 0 ORDER BY number DESC LIMIT 1"
        row = self._database.execute(wanted, (event,)).fetchone()
        return str(row[0]) if row else ""

    def read(self, numbers: Sequence[int]) -> None:
        """Note what was read here."""
        cells = [(_TOLD_HERE, number, _NOT_TOLD) for number in numbers]
        self._database.executemany("UPDATE came_back SET told = ? WHERE number = ? AND told = ?", cells)

    def clear(self) -> None:
        """Forget all of it: the centre was put back, and numbers anew what it has."""
        self._database.execute("DELETE FROM came_back")
        self._database.execute("DELETE FROM meta WHERE name = 'came_back'")

    def _of(self, operator: str, order: str) -> tuple[Returned, ...]:
        if not operator or self._database.execute("SELECT 1 FROM came_back LIMIT 1").fetchone() is None:
            return ()
        whose = sorted(same_person(self._database, operator))
        marks = ", ".join("?" * len(whose))
        rows = self._database.execute(f"{_ROWS} WHERE operator IN ({marks}) {order} LIMIT {TOLD_MAX}", whose)
        return tuple(_returned(row) for row in rows)

    def _kept(self) -> _Cursor:
        row = self._database.execute("SELECT value FROM meta WHERE name = 'came_back'").fetchone()
        return _cursor(row[0]) if row else _Cursor()


def _cells(row: Returned) -> tuple[object, ...]:
    cells = {**msgspec.structs.asdict(row), "reasons": _encode(row.reasons).decode()}
    return tuple(cells[name] for name in _NAMES)


def _returned(row: Sequence[object]) -> Returned:
    cells = dict(zip(_NAMES, row, strict=True))
    return Returned(**{**cells, "reasons": _texts(str(cells["reasons"]))})  # type: ignore[arg-type]
