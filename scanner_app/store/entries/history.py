"""History: every entry with its verdict, as plain values for printing; what may be a PIN is masked."""

import sqlite3
from collections.abc import Iterator

import msgspec

from scanner_app.domain.pin import masked
from scanner_app.workflows.engine.verdict import Result

_QUANTITY = "quantity"
_TAKEN = frozenset({Result.ANSWERED, Result.UNCONFIRMED, Result.TYPED, Result.UNDECIDED})
"""Lines that were what had been asked for."""


def history(database: sqlite3.Connection) -> Iterator[dict[str, object]]:
    """Yield every entry with its verdict, oldest first, as plain values for printing; what may be a PIN is masked."""
    rows = database.execute(
        f"SELECT {_reader_of(database)}, e.entry, e.session, e.source, e.key, e.fault, e.raw, e.wall_us, "
        "e.monotonic_us, e.boot, p.script, v.play, v.question, v.outcome, v.facts FROM entry e "
        "LEFT JOIN verdict v USING (entry) LEFT JOIN play p ON p.play = v.play ORDER BY e.entry"
    )
    for reader, *row in rows:
        names = ("entry", "session", "source", "key", "fault")
        shown: dict[str, object] = dict(zip(names, row[:5], strict=True))
        shown["reader"] = reader
        shown["text"] = None if row[5] is None else row[5].decode("utf-8", "backslashreplace")
        shown |= dict(
            zip(("wall_us", "monotonic_us", "boot", "script", "play", "question", "outcome"), row[6:], strict=False)
        )
        shown["facts"] = msgspec.json.decode(row[13]) if row[13] else None
        yield shown if shown["question"] == _QUANTITY or shown["outcome"] in _TAKEN else _masked(shown)


def _reader_of(database: sqlite3.Connection) -> str:
    """The column of the reader; nothing in a cache that the program of today has not opened yet."""
    columns = database.execute("SELECT name FROM pragma_table_info('entry')").fetchall()
    return "e.reader" if ("reader",) in columns else "''"


def _masked(shown: dict[str, object]) -> dict[str, object]:
    """A PIN that was typed where none was asked for answered nothing, and may be quoted in what was said to it."""
    text = str(shown["text"] or "")
    return shown if masked(text) == text else {**shown, "text": masked(text), "facts": None}
