"""What a service may ask a database: each statement names its site, and who writes has the counters of the site first.

A site is what is moved, restored and kept apart alone, also by a database of many servers. So the statements of the
threads of a service are listened to wherever a test has one at work.
"""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from sync.central.database.tables import metadata

OF_SITES = frozenset(table.name for table in metadata.tables.values() if "site" in table.c)
OVER_ALL = frozenset(
    {
        "SELECT counters.site, counters.version FROM counters",
        "SELECT counters.site FROM counters",
    }
)
"""Who waits for news asks for the versions of all sites at once, and each life of a service begins a beat of each."""
NAMELESS = re.compile(r"(token|code)_hash\b")
"""A token or a code of the version before names no site; those of today do."""
NUMBERED = frozenset({"stock", "ledger", "events", "words", "came_back", "counters", "orders", "beats"})
"""Tables of which a row has a number, or tells what has one: who writes them has the counters alone."""

_TABLE = re.compile(r'\b(?:FROM|JOIN|INTO|UPDATE)\s+(?:ONLY\s+)?"?(\w+)"?', re.IGNORECASE)
_NAMED = re.compile(r'\bsite"?\s*(?:=|IN\b)|INSERT INTO "?\w+"?\s*\([^)]*\bsite\b|COPY "?\w+"?\s*\([^)]*\bsite\b')
_WRITES = re.compile(r'(?:INSERT INTO|DELETE FROM|UPDATE|COPY) "?(\w+)"?')
_ALONE, _SHARED = "FOR NO KEY UPDATE", "FOR KEY SHARE"


class Listener:
    """Notes what is wrong with the statements of an engine, of the threads of a service only."""

    def __init__(self) -> None:
        self.wrong: list[str] = []
        self._taken: dict[int, str] = {}

    def hear(self, connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not threading.current_thread().name.startswith("central-"):
            return
        text = " ".join(statement.split())
        if OF_SITES.isdisjoint(_TABLE.findall(text)):
            return
        if not _NAMED.search(text) and text not in OVER_ALL and not NAMELESS.search(text):
            self.wrong.append(f"names no site: {text}")
        if connection.dialect.name == "postgresql":
            self._hear_lock(id(connection.connection.dbapi_connection), text)

    def _hear_lock(self, line: int, text: str) -> None:
        if " FROM counters " in text and text.endswith((_ALONE, _SHARED)):
            self._taken[line] = _ALONE if text.endswith(_ALONE) else self._taken.get(line, _SHARED)
            return
        written = _WRITES.match(text)
        if written is None or written[1] not in OF_SITES:
            return
        taken = self._taken.get(line, "")
        if not taken or (written[1] in NUMBERED and taken != _ALONE):
            self.wrong.append(f"written behind {taken or 'no lock'}: {text}")

    def end(self, connection: Any) -> None:
        self._taken.pop(id(connection.connection.dbapi_connection), None)


@contextmanager
def listened(engine: Engine) -> Iterator[None]:
    """Hear what the threads of a service ask for a block, and hold it against the rules."""
    listener = Listener()
    heard = (("before_cursor_execute", listener.hear), ("commit", listener.end), ("rollback", listener.end))
    for moment, hear in heard:
        event.listen(engine, moment, hear)
    try:
        yield
    finally:
        for moment, hear in heard:
            event.remove(engine, moment, hear)
    assert not listener.wrong, "\n".join(dict.fromkeys(listener.wrong))
