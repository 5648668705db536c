"""What came back, looked up: whose it is, what of it was not read yet, and by whom an event was changed."""

import sqlite3
from collections.abc import Sequence

import msgspec
from msgspec import Struct

from scanner_app.store.lookups.people import same_person

ROWS_MAX = 500
NOT_TOLD = 0
NAMES = (
    "number", "event", "operator", "device", "outcome", "reasons", "by_whom", "when_us", "subject", "subjects", "place",
    "item", "quantity", "happened_us",
)  # fmt: skip
_ROWS = f"SELECT {', '.join(NAMES)} FROM came_back"
_texts = msgspec.json.Decoder(tuple[str, ...]).decode


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


class Returns:
    """Looks only."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def unread(self, operator: str) -> tuple[Returned, ...]:
        """What the person who is an operator has not read, the oldest first."""
        return self._of(operator, f"AND told = {NOT_TOLD} ORDER BY number")

    def newest(self, operator: str) -> tuple[Returned, ...]:
        """All that came back to the person who is an operator, the newest first."""
        return self._of(operator, "ORDER BY number DESC")

    def by_whom(self, event: str) -> str:
        """Whose word changed an event last; empty where nobody's did."""
        wanted = "SELECT by_whom FROM came_back WHERE event = ? AND subjects = 0 ORDER BY number DESC LIMIT 1"
        row = self._database.execute(wanted, (event,)).fetchone()
        return str(row[0]) if row else ""

    def _of(self, operator: str, order: str) -> tuple[Returned, ...]:
        if not operator or self._database.execute("SELECT 1 FROM came_back LIMIT 1").fetchone() is None:
            return ()
        whose = sorted(same_person(self._database, operator))
        marks = ", ".join("?" * len(whose))
        rows = self._database.execute(f"{_ROWS} WHERE operator IN ({marks}) {order} LIMIT {ROWS_MAX}", whose)
        return tuple(_returned(row) for row in rows)


def _returned(row: Sequence[object]) -> Returned:
    cells = dict(zip(NAMES, row, strict=True))
    return Returned(**{**cells, "reasons": _texts(str(cells["reasons"]))})  # type: ignore[arg-type]
