"""The pulled part of the cache: rows of the central feed as they arrive, and the cursor behind them."""

import sqlite3
from collections.abc import Iterable, Sequence
from enum import Enum
from itertools import groupby

from msgspec import Struct

from scanner_app.domain.catalog import (
    Barcode,
    Item,
    Location,
    Lot,
    Owner,
    Plate,
    Profile,
    Site,
    Status,
    Stock,
    Tolerance,
    Unit,
)
from scanner_app.domain.count_open import CountOpen
from scanner_app.domain.limits.limit import Limit
from scanner_app.domain.people import Operator
from scanner_app.domain.reasons import Reason
from scanner_app.domain.task import Task
from scanner_app.store.counts.claimed import text_of
from scanner_app.store.overlay import Overlay
from scanner_app.store.word_index import WordIndex

_KEYS: dict[type[Struct], tuple[str, ...]] = {
    Site: ("site",),
    Item: ("item",),
    Unit: ("item", "unit"),
    Barcode: ("code", "item", "unit"),
    Profile: ("profile",),
    Location: ("location",),
    Plate: ("plate",),
    Lot: ("item", "lot"),
    Owner: ("owner",),
    Status: ("status",),
    Operator: ("operator",),
    Tolerance: ("tolerance",),
    Reason: ("reason",),
    Limit: ("limit",),
    Task: ("task",),
    CountOpen: ("count",),
}
_STOCK = "INSERT OR REPLACE INTO stock VALUES (?,?,?,?,?,?,?,?,?)"
_STOCK_KEY = "place = ? AND item = ? AND lot = ? AND serial = ? AND owner = ? AND status = ?"


class _Table(Struct, frozen=True):
    """How rows of one kind are kept: everything but ``active``, whose absence means that the row is gone."""

    columns: tuple[str, ...]
    keys: tuple[str, ...]
    put: str
    drop: str


def _table(kind: type[Struct], keys: tuple[str, ...]) -> _Table:
    columns = tuple(field for field in kind.__struct_fields__ if field != "active")
    marks = ",".join("?" * len(columns))
    match = " AND ".join(f"{key} = ?" for key in _quoted(keys))
    put = f"INSERT OR REPLACE INTO {_name(kind)} ({','.join(_quoted(columns))}) VALUES ({marks})"
    return _Table(columns, keys, put, f"DELETE FROM {_name(kind)} WHERE {match}")


def _name(kind: type[Struct]) -> str:
    return _quoted([kind.__name__.lower()])[0]


def _quoted(names: Iterable[str]) -> list[str]:
    """Names as a statement has them, also one that is a word of SQL."""
    return ['"limit"' if name == "limit" else name for name in names]


_TABLES = {kind: _table(kind, keys) for kind, keys in _KEYS.items()}


_PULLED = {
    "item_words": "number",
    "stock": "place, item, lot, serial, owner, status",
    **{_name(kind): ", ".join(_quoted(keys)) for kind, keys in _KEYS.items()},
}
"""Every table that the feed fills, and its key; the words of items among them."""


def _plain(value: object) -> object:
    """A value as SQLite keeps it: enums by value, role lists as words."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return " ".join(str(_plain(part)) for part in value)
    return int(value) if isinstance(value, bool) else value


class Feed:
    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._words = WordIndex(database)
        self._claimed = Overlay(database).claimed

    def put(self, rows: Iterable[tuple[int, Struct]]) -> None:
        """Take rows in the order of their versions; a later row of the same key replaces the earlier."""
        stock: list[tuple[int, Stock]] = []
        plates: list[tuple[int, Plate]] = []
        masters: dict[type[Struct], list[Struct]] = {}
        for version, row in rows:
            if isinstance(row, Stock):
                stock.append((version, row))
                continue
            masters.setdefault(type(row), []).append(row)
            if isinstance(row, Plate):
                plates.append((version, row))
        self._put_stock(stock)
        for kind, changed in masters.items():
            self._put_masters(_TABLES[kind], changed)
        self._words.put([row for row in masters.get(Item, ()) if isinstance(row, Item)])
        self._stand([(version, row.plate) for version, row in plates])

    def _put_stock(self, rows: Sequence[tuple[int, Stock]]) -> None:
        keyed = [(version, (r.place, r.item, r.lot, r.serial, r.owner, r.status), r) for version, r in rows]
        was_any = bool(rows) and self._claimed.is_any
        cells = [(*key, r.quantity, version, text_of(r.claimed)) for version, key, r in keyed]
        self._database.executemany(_STOCK, cells)
        self._database.executemany(
            f"DELETE FROM overlay WHERE {_STOCK_KEY} AND contained <= ?",
            [(*key, version) for version, key, _ in keyed],
        )
        self._claimed.weigh(key for _, key, r in keyed if was_any or r.claimed is not None)

    def _stand(self, plates: Sequence[tuple[int, str]]) -> None:
        """Note the versions of plates just put; own events that a row of that version contains lie on it no longer."""
        self._database.executemany("UPDATE plate SET version = ? WHERE plate = ?", plates)
        self._database.executemany("DELETE FROM plate_overlay WHERE contained <= ? AND plate = ?", plates)

    def _put_masters(self, table: _Table, rows: list[Struct]) -> None:
        for is_kept, run in groupby(rows, lambda row: bool(getattr(row, "active", True))):
            columns, statement = (table.columns, table.put) if is_kept else (table.keys, table.drop)
            cells = [tuple(_plain(getattr(row, column)) for column in columns) for row in run]
            self._database.executemany(statement, cells)

    def clear(self, rows_max: int) -> int:
        """Drop some of what was pulled, to begin again from the first version; return how many rows, 0 at the end."""
        self._words.clear()
        for table, keys in _PULLED.items():
            drop = f"DELETE FROM {table} WHERE ({keys}) IN (SELECT {keys} FROM {table} LIMIT ?)"
            dropped = self._database.execute(drop, (rows_max,)).rowcount
            if dropped:
                return dropped
        return 0
