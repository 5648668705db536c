"""The floor of every screen: a bare Textual application that buffers the keys itself and paints lines in a Static.

Usage: ``python benchmarks/floors/bare.py [DATABASE]``; with a database, each line is a row committed before it is
painted.
"""

import sqlite3
import sys

from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Static

READY = "Ready"


class Bare(App[None]):
    """Keys are taken before any widget sees them; each line is one row, one commit and one paint."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self._database = _opened(path) if path else None
        self._keys: list[str] = []
        self._lines = 0
        self._text = Static(READY)

    def compose(self) -> ComposeResult:
        yield self._text

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, events.Key):
            await super().on_event(event)
        elif event.key == "enter":
            self._take("".join(self._keys))
            self._keys.clear()
        else:
            self._keys.append(event.character or "")

    def _take(self, text: str) -> None:
        self._lines += 1
        if self._database is not None:
            self._database.execute("INSERT INTO line (text) VALUES (?)", (text,))
        self._text.update(f"#{self._lines} {text}")


def _opened(path: str) -> sqlite3.Connection:
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute("CREATE TABLE IF NOT EXISTS line (number INTEGER PRIMARY KEY, text TEXT NOT NULL)")
    return database


if __name__ == "__main__":
    Bare(sys.argv[1] if len(sys.argv) > 1 else "").run()
