"""The full-text index of the words of item names, kept in step with the items that are pulled."""

import sqlite3
from collections.abc import Sequence

from scanner_app.domain.capture.keypad import keys_of
from scanner_app.domain.catalog import Item

_KNOWN = "SELECT number, words FROM item_words WHERE item = ?"
_ADD = "INSERT INTO item_words (item, words) VALUES (?, ?)"
_INDEX = "INSERT INTO item_search (rowid, words) VALUES (?, ?)"
_FORGET = "INSERT INTO item_search (item_search, rowid, words) VALUES ('delete', ?, ?)"


class WordIndex:
    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def put(self, items: Sequence[Item]) -> None:
        """Index the names of items just put; of those no longer used they are forgotten."""
        for item in items:
            self._put(item.item, keys_of(item.item, item.name) if item.active else "")

    def _put(self, item: str, words: str) -> None:
        known = self._database.execute(_KNOWN, (item,)).fetchone()
        if known is not None:
            if known[1] == words:
                return
            self._database.execute(_FORGET, known)
            self._database.execute("DELETE FROM item_words WHERE number = ?", known[:1])
        if words:
            number = self._database.execute(_ADD, (item, words)).lastrowid
            self._database.execute(_INDEX, (number, words))

    def clear(self) -> None:
        """Empty the index, before items and their words are dropped and pulled anew."""
        if self._database.execute("SELECT 1 FROM item_words LIMIT 1").fetchone():
            self._database.execute("INSERT INTO item_search (item_search) VALUES ('delete-all')")
