"""The tables of the device's cache, as migrations; ``VERSION`` is how many there are and what ``user_version`` holds.

Only this module touches sqlite-utils, and only when a file is new or old: importing it costs more than a scan may wait.
"""

import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING

from scanner_app.domain.capture.keypad import keys_of
from scanner_app.errors import StoreError
from scanner_app.store.counts.claimed import CLAIMED
from scanner_app.store.counts.own_leases import LEASES
from scanner_app.store.counts.tables import COUNTS, OF_ITEMS, SAID_OF_LINES
from scanner_app.store.counts.task_columns import DUE_IN_LINE, WORK
from scanner_app.store.sums import SUMS
from scanner_app.store.unapproved import UNAPPROVED

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlite_utils import Database

_CATALOG = """
CREATE TABLE site (site TEXT PRIMARY KEY, name TEXT NOT NULL, zone TEXT NOT NULL) STRICT;
CREATE TABLE item (
    item TEXT PRIMARY KEY, name TEXT NOT NULL, base_unit TEXT NOT NULL, tracking TEXT NOT NULL,
    has_expiry INTEGER NOT NULL, decimals INTEGER NOT NULL, cost INTEGER NOT NULL, abc TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE unit (
    item TEXT NOT NULL, unit TEXT NOT NULL, factor INTEGER NOT NULL, PRIMARY KEY (item, unit)
) STRICT, WITHOUT ROWID;
CREATE TABLE barcode (
    code TEXT NOT NULL, item TEXT NOT NULL, unit TEXT NOT NULL, PRIMARY KEY (code, item, unit)
) STRICT, WITHOUT ROWID;
CREATE TABLE profile (
    profile TEXT PRIMARY KEY, plates_only INTEGER NOT NULL, mixes_items INTEGER NOT NULL, mixes_lots INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE location (
    location TEXT PRIMARY KEY, zone TEXT NOT NULL, walk_order INTEGER NOT NULL, profile TEXT NOT NULL,
    label TEXT NOT NULL, check_digits TEXT NOT NULL, state TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX location_by_label ON location (label) WHERE label <> '';
CREATE TABLE plate (
    plate TEXT PRIMARY KEY, location TEXT NOT NULL, parent TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE lot (
    item TEXT NOT NULL, lot TEXT NOT NULL, expires TEXT NOT NULL, PRIMARY KEY (item, lot)
) STRICT, WITHOUT ROWID;
CREATE TABLE owner (owner TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE status (status TEXT PRIMARY KEY, name TEXT NOT NULL, blocking INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE operator (
    operator TEXT PRIMARY KEY, name TEXT NOT NULL, badge TEXT NOT NULL, verifier TEXT NOT NULL,
    roles TEXT NOT NULL, language TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX operator_by_badge ON operator (badge);
CREATE TABLE stock (
    place TEXT NOT NULL, item TEXT NOT NULL, lot TEXT NOT NULL, serial TEXT NOT NULL, owner TEXT NOT NULL,
    status TEXT NOT NULL, quantity INTEGER NOT NULL, version INTEGER NOT NULL,
    PRIMARY KEY (place, item, lot, serial, owner, status)
) STRICT, WITHOUT ROWID;
CREATE INDEX stock_by_item ON stock (item);
"""

_LOG = """
CREATE TABLE session (session TEXT PRIMARY KEY, operator TEXT NOT NULL, name TEXT NOT NULL) STRICT;
CREATE TABLE play (
    play INTEGER PRIMARY KEY, session TEXT NOT NULL, parent INTEGER, script TEXT NOT NULL, version INTEGER NOT NULL,
    operator TEXT NOT NULL, arguments TEXT NOT NULL, looks TEXT NOT NULL, said TEXT NOT NULL, ended TEXT
) STRICT;
CREATE INDEX play_open ON play (session, play) WHERE ended IS NULL;
CREATE TABLE entry (
    entry INTEGER PRIMARY KEY, session TEXT NOT NULL, source TEXT NOT NULL, key TEXT NOT NULL, fault TEXT NOT NULL,
    raw BLOB, wall_us INTEGER NOT NULL, monotonic_us INTEGER NOT NULL, boot TEXT NOT NULL
) STRICT;
CREATE TABLE verdict (
    entry INTEGER PRIMARY KEY REFERENCES entry, play INTEGER NOT NULL, question TEXT NOT NULL, outcome TEXT NOT NULL,
    facts TEXT NOT NULL
) STRICT;
CREATE INDEX verdict_by_play ON verdict (play, entry);
"""

_JOURNAL = """
CREATE TABLE event (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, epoch INTEGER NOT NULL, sequence INTEGER NOT NULL,
    entry INTEGER NOT NULL UNIQUE, payload BLOB NOT NULL, is_settled INTEGER NOT NULL, outcome TEXT NOT NULL,
    version INTEGER NOT NULL, reasons TEXT NOT NULL, UNIQUE (epoch, sequence)
) STRICT;
CREATE TABLE outbox (number INTEGER PRIMARY KEY REFERENCES event) STRICT;
CREATE TABLE overlay (
    number INTEGER NOT NULL, side INTEGER NOT NULL, place TEXT NOT NULL, item TEXT NOT NULL, lot TEXT NOT NULL,
    serial TEXT NOT NULL, owner TEXT NOT NULL, status TEXT NOT NULL, quantity INTEGER NOT NULL, contained INTEGER,
    PRIMARY KEY (number, side)
) STRICT, WITHOUT ROWID;
CREATE INDEX overlay_by_place ON overlay (place, item);
CREATE INDEX overlay_by_item ON overlay (item);
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""

_PLATES_AND_ANNULMENTS = """
ALTER TABLE plate ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
CREATE TABLE plate_overlay (
    number INTEGER PRIMARY KEY, plate TEXT NOT NULL, location TEXT NOT NULL, parent TEXT NOT NULL, contained INTEGER
) STRICT;
CREATE INDEX plate_overlay_by_plate ON plate_overlay (plate, number);
CREATE VIEW plate_now AS
    SELECT p.plate, p.location, p.parent FROM plate p
    WHERE NOT EXISTS (SELECT 1 FROM plate_overlay o WHERE o.plate = p.plate)
    UNION ALL SELECT o.plate, o.location, o.parent FROM plate_overlay o
    WHERE NOT EXISTS (SELECT 1 FROM plate_overlay n WHERE n.plate = o.plate AND n.number > o.number);
ALTER TABLE event ADD COLUMN annuls TEXT;
CREATE INDEX event_annuls ON event (annuls) WHERE annuls IS NOT NULL;
"""

_SINCE = "ALTER TABLE session ADD COLUMN since_us INTEGER NOT NULL DEFAULT 0;"

_TOLERANCES = """
CREATE TABLE tolerance (
    tolerance TEXT PRIMARY KEY, item TEXT NOT NULL, abc TEXT NOT NULL, location TEXT NOT NULL, zone TEXT NOT NULL,
    operator TEXT NOT NULL, percent INTEGER NOT NULL, quantity INTEGER NOT NULL, value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
"""
_PULLED_ANEW = "UPDATE meta SET value = json_set(value, '$.cursor', 0) WHERE name = 'position'"
"""For kinds that the centre kept back from a program that did not know them: what was pulled is pulled once more."""
_LOOK_UPS = """
CREATE INDEX stock_by_lot ON stock (lot) WHERE lot <> '';
CREATE INDEX stock_by_serial ON stock (serial) WHERE serial <> '';
CREATE INDEX stock_by_owner ON stock (owner) WHERE owner <> 'OWN';
CREATE INDEX overlay_by_lot ON overlay (lot) WHERE lot <> '';
CREATE INDEX overlay_by_serial ON overlay (serial) WHERE serial <> '';
CREATE INDEX overlay_by_owner ON overlay (owner) WHERE owner <> 'OWN';
CREATE INDEX location_by_walk ON location (walk_order);
CREATE TABLE item_words (number INTEGER PRIMARY KEY, item TEXT NOT NULL UNIQUE, words TEXT NOT NULL) STRICT;
CREATE VIRTUAL TABLE item_search USING fts5(
    words, content='item_words', content_rowid='number', columnsize=0, detail=none, prefix='1 2 3',
    tokenize="unicode61 remove_diacritics 0"
);
INSERT INTO item_words (item, words) SELECT item, keys_of(item, name) FROM item;
INSERT INTO item_search (item_search) VALUES ('rebuild');
"""


_PLATES_BY_PLACE = """
CREATE INDEX plate_by_location ON plate (location);
CREATE INDEX plate_by_parent ON plate (parent) WHERE parent <> '';
CREATE INDEX plate_overlay_by_location ON plate_overlay (location);
CREATE INDEX plate_overlay_by_parent ON plate_overlay (parent);
"""


_OWN_EVENTS = """
ALTER TABLE event ADD COLUMN puts_back TEXT;
CREATE INDEX event_puts_back ON event (puts_back) WHERE puts_back IS NOT NULL;
CREATE INDEX event_not_taken ON event (outcome, number)
    WHERE outcome NOT IN ('waiting', 'posted', 'posted_with_exceptions');
"""

_SESSIONS = "CREATE INDEX entry_by_session ON entry (session);"
_PERSONS = """
ALTER TABLE operator ADD COLUMN person TEXT NOT NULL DEFAULT '';
CREATE INDEX operator_by_person ON operator (person) WHERE person <> '';
"""

_REMARKS = """
CREATE TABLE remark (
    play INTEGER NOT NULL, entry INTEGER NOT NULL, said TEXT NOT NULL, PRIMARY KEY (play, entry)
) STRICT, WITHOUT ROWID;
"""
"""What is said at an open script beside the verdicts, behind an entry that it or one above it has taken."""
_REASONS_LIMITS_TASKS = """
ALTER TABLE site ADD COLUMN taken_away TEXT NOT NULL DEFAULT '';
CREATE TABLE reason (
    reason TEXT PRIMARY KEY, en TEXT NOT NULL, de TEXT NOT NULL, es TEXT NOT NULL, fr TEXT NOT NULL,
    direction TEXT NOT NULL, process TEXT NOT NULL, needs_note INTEGER NOT NULL, needs_approval INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE "limit" (
    "limit" TEXT PRIMARY KEY, process TEXT NOT NULL, role TEXT NOT NULL, item TEXT NOT NULL, abc TEXT NOT NULL,
    per TEXT NOT NULL, reason_quantity INTEGER NOT NULL, reason_percent INTEGER NOT NULL,
    reason_value INTEGER NOT NULL, case_quantity INTEGER NOT NULL, case_percent INTEGER NOT NULL,
    case_value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX limit_by_item ON "limit" (process, item);
CREATE TABLE task (
    task TEXT PRIMARY KEY, kind TEXT NOT NULL, place TEXT NOT NULL, item TEXT NOT NULL, since INTEGER NOT NULL,
    not_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX task_by_place ON task (place);
"""
_DAY_SUMS = """
CREATE INDEX limit_of_days ON "limit" (per) WHERE per = 'day';
CREATE TABLE day_sum (
    day TEXT NOT NULL, person TEXT NOT NULL, "limit" TEXT NOT NULL, quantity INTEGER NOT NULL, value INTEGER NOT NULL,
    PRIMARY KEY (day, person, "limit")
) STRICT, WITHOUT ROWID;
"""

_COUNTS_OPEN = """
ALTER TABLE site ADD COLUMN recount_value_max INTEGER NOT NULL DEFAULT -1;
ALTER TABLE site ADD COLUMN doubt_minutes_max INTEGER NOT NULL DEFAULT 15;
ALTER TABLE site ADD COLUMN blind_minutes INTEGER NOT NULL DEFAULT 60;
CREATE TABLE countopen (
    count TEXT PRIMARY KEY, place TEXT NOT NULL, operator TEXT NOT NULL, since INTEGER NOT NULL, last INTEGER NOT NULL,
    is_ended INTEGER NOT NULL, is_decided INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX countopen_by_place ON countopen (place);
CREATE INDEX countopen_by_operator ON countopen (operator);
"""
_CAME_BACK = """
CREATE TABLE came_back (
    number INTEGER PRIMARY KEY, event TEXT NOT NULL, operator TEXT NOT NULL, device TEXT NOT NULL,
    outcome TEXT NOT NULL, reasons TEXT NOT NULL, by_whom TEXT NOT NULL, when_us INTEGER NOT NULL,
    subject TEXT NOT NULL, subjects INTEGER NOT NULL, place TEXT NOT NULL, item TEXT NOT NULL,
    quantity INTEGER NOT NULL, happened_us INTEGER NOT NULL, told INTEGER NOT NULL
) STRICT;
CREATE INDEX came_back_by_operator ON came_back (operator, number);
CREATE INDEX came_back_by_event ON came_back (event);
CREATE INDEX came_back_by_time ON came_back (when_us);
CREATE INDEX came_back_told ON came_back (number) WHERE told = 1;
"""

_KINDS_OF_PROFILES = """
ALTER TABLE profile ADD COLUMN owner TEXT NOT NULL DEFAULT '';
ALTER TABLE profile ADD COLUMN status TEXT NOT NULL DEFAULT '';
"""

_READERS = "ALTER TABLE entry ADD COLUMN reader TEXT NOT NULL DEFAULT '';"
_TYPED = "ALTER TABLE play ADD COLUMN typed TEXT NOT NULL DEFAULT '{}';"

MIGRATIONS = (
    ("001_first", (_CATALOG, _LOG, _JOURNAL)),
    ("002_plates_and_annulments", (_PLATES_AND_ANNULMENTS,)),
    ("003_signed_on_since", (_SINCE,)),
    ("004_tolerances", (_TOLERANCES, _PULLED_ANEW)),
    ("005_plates_by_place", (_PLATES_BY_PLACE,)),
    ("006_look_ups", (_LOOK_UPS,)),
    ("007_own_events", (_OWN_EVENTS,)),
    ("008_entries_by_session", (_SESSIONS,)),
    ("009_persons", (_PERSONS, _PULLED_ANEW)),
    ("010_remarks", (_REMARKS,)),
    ("011_reasons_limits_tasks", (_REASONS_LIMITS_TASKS, _PULLED_ANEW)),
    ("012_sums", (SUMS,)),
    ("013_day_sums", (_DAY_SUMS,)),
    ("014_came_back", (_CAME_BACK,)),
    ("015_counts_open", (_COUNTS_OPEN, _PULLED_ANEW)),
    ("016_own_counts", (COUNTS,)),
    ("017_claimed", (CLAIMED,)),
    ("018_said_of_stock", (_KINDS_OF_PROFILES, SAID_OF_LINES, _PULLED_ANEW)),
    ("019_work", (WORK, _PULLED_ANEW)),
    ("020_unapproved", (UNAPPROVED,)),
    ("021_readers", (_READERS,)),
    ("022_own_leases", (LEASES,)),
    ("023_counts_of_items", (OF_ITEMS,)),
    ("024_typed_before", (_TYPED,)),
    ("025_due_in_line", (DUE_IN_LINE,)),
)
"""Names and statements, oldest first; one that was released is never changed."""
VERSION = len(MIGRATIONS)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a new or older file to ``VERSION``.

    Raises:
        StoreError: this SQLite has no full-text search.
    """
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

    if not connection.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()[0]:
        raise StoreError("This Python's SQLite cannot search names (FTS5 is missing). Install another build of Python.")
    connection.create_function("keys_of", 2, keys_of, deterministic=True)
    migrations = Migrations("cache")
    for name, scripts in MIGRATIONS:
        migrations(name=name)(_running(scripts))
    migrations.apply(Database(connection, execute_plugins=False))
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _running(scripts: tuple[str, ...]) -> "Callable[[Database], None]":
    """A migration: the statements of some scripts, one after the other."""

    def run(database: "Database") -> None:
        for script in scripts:
            for statement in statements(script):
                database.execute(statement)

    return run


def statements(script: str) -> Iterator[str]:
    """The statements of a script; a ``;`` within a literal, a name, a comment or a trigger ends none."""
    statement = ""
    for piece in script.split(";"):
        statement += f"{piece};"
        if sqlite3.complete_statement(statement):
            if statement.strip("; \n"):
                yield statement
            statement = ""
    if statement:
        yield statement.removesuffix(";")
