"""The full-text search of items by the beginnings of words of their names, in the spelling of a keypad."""

import sqlite3
from collections.abc import Iterator

from scanner_app.domain.capture.keypad import begins, pressed, words_of

CANDIDATES_MAX = 2_000
"""So many names that share the keys of what was typed are looked at; letters may exclude most of them."""
_FIND = """SELECT i.item, i.name FROM item_search s JOIN item_words w ON w.number = s.rowid JOIN item i USING (item)
WHERE item_search MATCH ? LIMIT ?"""


class Search:
    """Looks only; the index is kept by the feed."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

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
