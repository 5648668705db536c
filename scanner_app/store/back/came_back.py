"""What came back: rows of the centre for this device and for whoever is signed on here, each told once.

The cursor holds for the people who were signed on when it moved: for somebody new all of it is asked for once more.
"""

from collections.abc import Collection, Iterable, Sequence

import msgspec
from msgspec import Struct

from scanner_app.store.lookups.came_back import NAMES, NOT_TOLD, ROWS_MAX, Returned, Returns

LIFE_US = 30 * 24 * 3600 * 1_000_000
"""So long it is kept."""
_TOLD_HERE, _TOLD = 1, 2
_KEEP = f"INSERT OR IGNORE INTO came_back ({', '.join(NAMES)}, told) VALUES ({', '.join('?' * 15)})"
_encode = msgspec.json.Encoder().encode


class _Cursor(Struct):
    number: int = 0
    people: tuple[str, ...] = ()


_cursor = msgspec.json.Decoder(_Cursor).decode


class CameBack(Returns):
    def cursor(self, people: Collection[str]) -> int:
        """How far it has been heard for all of ``people``; 0 when somebody new is among them."""
        kept = self._kept()
        return kept.number if set(people) <= set(kept.people) else 0

    def told(self) -> tuple[int, ...]:
        """What was read here, and the centre does not know of it yet."""
        wanted = f"SELECT number FROM came_back WHERE told = {_TOLD_HERE} ORDER BY number LIMIT ?"
        return tuple(number for (number,) in self._database.execute(wanted, (ROWS_MAX,)))

    def keep(self, rows: Iterable[Returned], cursor: int, people: Collection[str], told: Collection[int]) -> set[int]:
        """Keep what has come, and that the centre knows what was ``told``; what is too old goes. Return what is new."""
        cells = [(*_cells(row), _TOLD if row.is_told else NOT_TOLD) for row in rows]
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

    def read(self, numbers: Sequence[int]) -> None:
        """Note what was read here."""
        cells = [(_TOLD_HERE, number, NOT_TOLD) for number in numbers]
        self._database.executemany("UPDATE came_back SET told = ? WHERE number = ? AND told = ?", cells)

    def clear(self) -> None:
        """Forget all of it: the centre was put back, and numbers anew what it has."""
        self._database.execute("DELETE FROM came_back")
        self._database.execute("DELETE FROM meta WHERE name = 'came_back'")

    def _kept(self) -> _Cursor:
        row = self._database.execute("SELECT value FROM meta WHERE name = 'came_back'").fetchone()
        return _cursor(row[0]) if row else _Cursor()


def _cells(row: Returned) -> tuple[object, ...]:
    cells = {**msgspec.structs.asdict(row), "reasons": _encode(row.reasons).decode()}
    return tuple(cells[name] for name in NAMES)
