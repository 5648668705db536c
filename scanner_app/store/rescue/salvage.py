"""Salvage: reads what can be read of a damaged cache into a new one, the events that were not sent first.

A page that cannot be read hides the rows on it and nothing else: a range of numbers that fails is halved until the
failing rows stand alone.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from scanner_app.domain.clock import Offset
from scanner_app.domain.events.event import Event
from scanner_app.store import sign_in_failures as failures
from scanner_app.store.identity import NO_EPOCH, Enrolment, Position
from scanner_app.store.journal import Journal
from scanner_app.store.notices import Saved
from scanner_app.store.numbers import Numbers, given_numbers, keep_numbers
from scanner_app.workflows.engine.verdict import Result, Verdict

READS_MAX = 100_000
PROBES_MAX = 50_000
_ROWS_A_PAGE_MAX = 500
_META: dict[str, Any] = {
    "enrolment": Enrolment,
    "offset": Offset,
    "exchanged_us": int,
    "renewing": int,
    "numbers": Numbers,
    failures.NAME: failures.Kept,
}
_event = msgspec.json.Decoder(Event)
_UNANSWERED = {"outcome": "waiting", "version": 0, "reasons": "[]"}
_ASIDE = msgspec.json.encode(Verdict("", Result.SET_ASIDE)).decode()
Row = tuple[object, ...]


class Salvage:
    """From ``old``, open for reading, into ``new``, an empty cache in a transaction."""

    def __init__(self, old: sqlite3.Connection, new: sqlite3.Connection, pages: int, *, is_suspect: bool) -> None:
        self._old = old
        self._new = new
        self._number_max = max(1, pages * _ROWS_A_PAGE_MAX)
        self._is_suspect = is_suspect
        self._reads = 0
        self._is_whole = True
        self._journal = Journal(new)

    def save(self) -> Saved:
        """Read everything that is ours and put open work aside: nothing that was saved posts anything by itself."""
        unsent = self.take_unsent()
        self._take_events()
        entries = self._take_table("entry", "entry")
        self._take_table("verdict", "entry")
        self._take_table("play", "play")
        self._take_sessions()
        is_enrolled = self._take_meta()
        put_aside(self._new)
        keep_numbers(self._new, self._numbers())
        (events,) = self._new.execute("SELECT count(*) FROM event").fetchone()
        return Saved(events, unsent, entries, is_enrolled, self._is_whole)

    def take_unsent(self) -> int:
        """Take the events of the outbox that are not here yet, and lay them over the stock; return how many."""
        numbers = [row[0] for row in self._rows("outbox", "number", self._columns("outbox"))]
        before = self._count("outbox")
        for number in numbers:
            self._take_event(int(str(number)))
        keep_numbers(self._new, self._numbers())
        return self._count("outbox") - before

    def take_lacking(self) -> int:
        """Take every event that is not here yet, sent or not, to be sent again; return how many.

        The centre may have lost what it once had, and knows an event by its id: to send it again harms nothing.
        """
        taken = self.take_unsent()
        columns = self._columns("event")
        for row in self._rows("event", "number", columns):
            values = dict(zip(columns, row, strict=True))
            event = _decoded(values["payload"])
            if event is not None and not self._has_event(event.id) and self._is_own(event):
                self._queue(values | _UNANSWERED, event)
                taken += 1
        keep_numbers(self._new, self._numbers())
        return taken

    def _is_own(self, event: Event) -> bool:
        """Say whether the device is still the one that made an event: nobody else could send it."""
        kept = self._new.execute("SELECT value FROM meta WHERE name = 'enrolment'").fetchone()
        return kept is None or msgspec.json.decode(kept[0], type=Enrolment).device == event.device

    def _take_event(self, number: int) -> None:
        columns = self._columns("event")
        for row in self._range("event", "number", columns, number, number):
            values = dict(zip(columns, row, strict=True))
            event = _decoded(values["payload"])
            if event is None:
                self._is_whole = False
            elif not self._has_event(event.id):
                self._queue(values, event)

    def _has_event(self, identity: str) -> bool:
        return self._new.execute("SELECT 1 FROM event WHERE id = ?", (identity,)).fetchone() is not None

    def _queue(self, values: dict[str, object], event: Event) -> None:
        """Keep an unsent event; one whose numbers are taken by another gets new ones, and waits for an epoch."""
        if not self._put("event", list(values), tuple(values.values())):
            given = given_numbers(self._new)
            entry, number = max(given.entry, event.entry) + 1, given.event + 1
            if self._is_taken(event):
                event = replace(event, epoch=NO_EPOCH, sequence=given.sequences.get(str(NO_EPOCH), 0) + 1)
            keep_numbers(self._new, Numbers(entry=entry))
            values |= {"number": number, "entry": entry, "epoch": event.epoch, "sequence": event.sequence}
            values["payload"] = msgspec.json.encode(event)
            self._put("event", list(values), tuple(values.values()))
        self._new.execute("INSERT INTO outbox VALUES (?)", (values["number"],))
        self._journal.lay(int(str(values["number"])), event, waits=bool(values.get("waits")))

    def _is_taken(self, event: Event) -> bool:
        """Say whether another event here has the number of one, or it has none."""
        its = (event.epoch, event.sequence)
        rows = self._new.execute("SELECT 1 FROM event WHERE epoch = ? AND sequence = ?", its)
        return event.epoch == NO_EPOCH or rows.fetchone() is not None

    def _take_events(self) -> None:
        columns = self._columns("event")
        for row in self._rows("event", "number", columns):
            values = dict(zip(columns, row, strict=True))
            event = _decoded(values["payload"])
            if event is None:
                self._is_whole = False
            elif self._has_event(str(values["id"])):
                continue
            elif values["outcome"] == "waiting":
                self._queue(values, event)
            else:
                self._put("event", columns, row)

    def _take_table(self, table: str, key: str) -> int:
        columns = self._columns(table)
        facts = columns.index("facts") if "facts" in columns else None
        taken = 0
        for row in self._rows(table, key, columns):
            if facts is None or _reads_as(Verdict, row[facts]):
                taken += self._put(table, columns, row)
            else:
                self._is_whole = False
        return taken

    def _take_sessions(self) -> None:
        columns = self._columns("session")
        for row in self._read(f"SELECT {', '.join(columns)} FROM session") if columns else ():
            self._put("session", columns, row)

    def _take_meta(self) -> bool:
        """Take who this device is, but not how far it has pulled: that is pulled again. Say whether it is known."""
        for name, kind in _META.items():
            for row in self._read("SELECT name, value FROM meta WHERE name = ?", (name,)):
                if _reads_as(kind, row[1]):
                    self._put("meta", ["name", "value"], row)
                else:
                    self._is_whole = False
        return self._new.execute("SELECT 1 FROM meta WHERE name = 'enrolment'").fetchone() is not None

    def _numbers(self) -> Numbers:
        """The highest numbers that the old file still tells of."""
        try:
            numbers = given_numbers(self._old)
        except (sqlite3.Error, msgspec.DecodeError, TypeError):
            return Numbers()
        return numbers if numbers.is_sane() else Numbers()

    def _columns(self, table: str) -> list[str]:
        """The columns of a table that the old file has, too: it may have been written by an older program."""
        new = [row[1] for row in self._new.execute(f"PRAGMA table_info({table})").fetchall()]
        old = {row[1] for row in self._read(f"PRAGMA table_info({table})")}
        return [column for column in new if column in old]

    def _rows(self, table: str, key: str, columns: list[str]) -> Iterator[Row]:
        """All rows of a table by their number; in a suspect file also those that only a look-up of their own finds."""
        if not columns:
            return
        seen = set()
        last = self._read(f"SELECT max({key}) FROM {table}")
        at = columns.index(key)
        for row in self._range(table, key, columns, 0, int(str(last[0][0] or 0)) if last else self._number_max):
            seen.add(row[at])
            yield row
        if self._is_suspect:
            for number in range(1, self._probes_max()):
                if number not in seen:
                    yield from self._range(table, key, columns, number, number)

    def _probes_max(self) -> int:
        """Up to which number to look one by one: a page that stands in for another hides rows without an error."""
        known = self._numbers()
        return min(max(known.entry, known.play, known.event, _ROWS_A_PAGE_MAX) + _ROWS_A_PAGE_MAX, PROBES_MAX)

    def _range(self, table: str, key: str, columns: list[str], first: int, last: int) -> Iterator[Row]:
        """Rows whose number is in a range: all at once, or half by half where something cannot be read.

        A single row is looked up as such, because a range looks at the row behind it, too.
        """
        whole = f"SELECT {', '.join(columns)} FROM {table} WHERE {key} BETWEEN ? AND ?"
        single = f"SELECT {', '.join(columns)} FROM {table} WHERE {key} = ? AND {key} = ?"
        ranges = [(first, last)]
        while ranges and self._reads < READS_MAX:
            low, high = ranges.pop()
            self._reads += 1
            try:
                yield from self._old.execute(single if low == high else whole, (low, high)).fetchall()
            except sqlite3.Error:
                self._is_whole = False
                middle = (low + high) // 2
                if low < high:
                    ranges += [(middle + 1, high), (low, middle)]

    def _read(self, query: str, values: tuple[object, ...] = ()) -> list[Row]:
        try:
            return self._old.execute(query, values).fetchall()
        except sqlite3.Error:
            self._is_whole = False
            return []

    def _put(self, table: str, columns: list[str], row: Row) -> bool:
        """Keep a row unless it is there, or does not fit: then it was damaged, too."""
        marks = ",".join("?" * len(columns))
        try:
            inserted = self._new.execute(f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({marks})", row)
        except sqlite3.IntegrityError:
            self._is_whole = False
            return False
        return inserted.rowcount > 0

    def _count(self, table: str) -> int:
        return int(self._new.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def put_aside(new: sqlite3.Connection) -> None:
    """Put aside, in a saved or restored file, whatever would go on by itself: open scripts, entries not looked at."""
    new.execute("UPDATE play SET ended = 'set_aside' WHERE ended IS NULL")
    new.execute(
        "INSERT INTO verdict (entry, play, question, outcome, facts) SELECT entry, 0, '', 'set_aside', ? FROM entry e "
        "WHERE NOT EXISTS (SELECT 1 FROM verdict v WHERE v.entry = e.entry)",
        (_ASIDE,),
    )


def start_over(new: sqlite3.Connection) -> None:
    """Have a saved file pull everything again and ask for an epoch of its own."""
    position = msgspec.json.encode(Position()).decode()
    new.execute("INSERT OR REPLACE INTO meta VALUES ('position', ?)", (position,))
    new.execute("INSERT OR REPLACE INTO meta VALUES ('renewing', '1')")


def _decoded(payload: object) -> Event | None:
    try:
        return _event.decode(payload) if isinstance(payload, bytes) else None
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _reads_as(kind: Any, value: object) -> bool:
    try:
        return isinstance(value, str) and msgspec.json.decode(value, type=kind) is not None
    except (msgspec.DecodeError, UnicodeEncodeError):
        return False


def pages_of(path: Path) -> int:
    """An upper bound of the pages that a file and its write-ahead log hold."""
    wal = Path(f"{path}-wal")
    return (path.stat().st_size + (wal.stat().st_size if wal.exists() else 0)) // 512 // 8 + 1
