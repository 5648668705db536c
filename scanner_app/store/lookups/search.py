"""The search of items by the beginnings of words of their names, in the spelling of a keypad."""

import sqlite3
from collections.abc import Iterator, Sequence

from scanner_app.domain.capture.keypad import begins, keys_of, pressed, words_of
from scanner_app.domain.catalog import Item

CANDIDATES_MAX = 2_000
"""So many names that share the keys of what was typed are looked at; letters may exclude most of them."""
_KNOWN = "SELECT number, words FROM item_words WHERE item = ?"
_ADD = "INSERT INTO item_words (item, words) VALUES (?, ?)"
_INDEX = "INSERT INTO item_search (rowid, words) VALUES (?, ?)"
_FORGET = "INSERT INTO item_search (item_search, rowid, words) VALUES ('delete', ?, ?)"
_FIND = """SELECT i.item, i.name FROM item_search s JOIN item_words w ON w.number = s.rowid JOIN item i USING (item)
WHERE item_search MATCH ? LIMIT ?"""


class Search:
    """Keeps the index of names in step with the items that are pulled."""

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

    def items(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield item and name of those whose name or number has words that begin with the parts of ``text``."""
        parts = words_of(text)
        if not parts:
            return
        has_letters = not all(part.isdigit() for part in parts)
        wanted = " ".join(f'"{pressed(part)}"*' for part in parts)
        for item, name in self._database.execute(_FIND, (wanted, CANDIDATES_MAX)):
            if not has_letters or begins(parts, item, name):
                yield item, name
