"""Claimed: the latest standing count of a key, which comes with its row; what happened before it is in the row already.

Of own events only the legs behind that instant lie over such a row. What is not settled yet counts as behind.
"""

import sqlite3
from collections.abc import Callable, Iterable

import msgspec

from scanner_app.domain.clock import Instant
from scanner_app.domain.events.event import Event, postings
from scanner_app.domain.ledger import StockKey

Key = tuple[str, ...]
CLAIMED = """
ALTER TABLE stock ADD COLUMN claimed TEXT NOT NULL DEFAULT '';
CREATE INDEX stock_claimed ON stock (place, item) WHERE claimed <> '';
CREATE INDEX task_by_since ON task (since);
CREATE TRIGGER overlay_weighed AFTER UPDATE OF quantity ON overlay BEGIN
    UPDATE laid SET quantity = quantity + new.quantity - old.quantity
    WHERE place = new.place AND item = new.item AND lot = new.lot AND serial = new.serial AND owner = new.owner
    AND status = new.status;
END;
"""
"""A migration of the cache: ``claimed`` is an instant as JSON, empty where no count of the key stands."""
_KEY = "place = ? AND item = ? AND lot = ? AND serial = ? AND owner = ? AND status = ?"
_CLAIMED = f"SELECT claimed FROM stock WHERE {_KEY}"
_LAID = f"SELECT o.number, o.side, e.payload FROM overlay o JOIN event e USING (number) WHERE {_KEY}"
_SETTLED = "SELECT is_settled FROM event WHERE id = ?"
_WEIGH = "UPDATE overlay SET quantity = ? WHERE number = ? AND side = ? AND quantity <> ?"
_ANY = "SELECT 1 FROM stock WHERE claimed <> '' LIMIT 1"
_event = msgspec.json.Decoder(Event).decode
_instant = msgspec.json.Decoder(Instant).decode
Root = Callable[[Event], tuple[Event | None, int]]


def text_of(claimed: Instant | None) -> str:
    """An instant as the cache keeps it."""
    return msgspec.json.encode(claimed).decode() if claimed is not None else ""


class Claimed:
    """``root`` tells which event another one takes back, or brings back."""

    def __init__(self, database: sqlite3.Connection, root: Root) -> None:
        self._database = database
        self._root = root

    @property
    def is_any(self) -> bool:
        """Whether a count of any key stands, as far as this device knows."""
        return self._database.execute(_ANY).fetchone() is not None

    def weigh(self, keys: Iterable[Key]) -> None:
        """Let own events count for what they do behind the latest count of each key, whether that is new or gone."""
        for key in keys:
            laid = self._database.execute(_LAID, key).fetchall()
            if not laid:
                continue
            (text,) = self._database.execute(_CLAIMED, key).fetchone() or ("",)
            claimed = _instant(text) if text else None
            for number, side, payload in laid:
                quantity = self._behind(_event(payload), key, claimed)
                self._database.execute(_WEIGH, (quantity, number, side, quantity))

    def _behind(self, event: Event, key: Key, claimed: Instant | None) -> int:
        """What an event does to a key behind an instant; to all of it where there is none."""
        root, sign = self._root(event)
        if root is None:
            return 0
        at = StockKey(*key)
        is_settled = self._database.execute(_SETTLED, (root.id,)).fetchone() or (0,)
        from_us = claimed if claimed is not None and is_settled[0] else None
        rows = [row for row in postings(root, root.fact) if row.key == at]
        return sign * sum(row.quantity for row in rows if from_us is None or row.instant > from_us)
