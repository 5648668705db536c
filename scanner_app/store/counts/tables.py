"""The tables of this device's counts, as a migration: the counts, their rows, and how much those make."""

COUNTS = """
CREATE TABLE own_count (
    count TEXT PRIMARY KEY, operator TEXT NOT NULL, place TEXT NOT NULL, within TEXT NOT NULL,
    begun_us INTEGER NOT NULL, last_us INTEGER NOT NULL, lines INTEGER NOT NULL, plates INTEGER NOT NULL,
    lines_made INTEGER NOT NULL, plates_made INTEGER NOT NULL, codes INTEGER NOT NULL, closed TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX own_count_by_time ON own_count (last_us);
CREATE INDEX own_count_by_place ON own_count (place, last_us);
CREATE TABLE count_row (
    count TEXT NOT NULL, line INTEGER NOT NULL, event TEXT NOT NULL, item TEXT NOT NULL, quantity INTEGER NOT NULL,
    unit TEXT NOT NULL, lot TEXT NOT NULL, serial TEXT NOT NULL, owner TEXT NOT NULL, status TEXT NOT NULL,
    word TEXT NOT NULL, plate TEXT NOT NULL, is_code INTEGER NOT NULL, wall_us INTEGER NOT NULL,
    is_gone INTEGER NOT NULL, PRIMARY KEY (count, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX count_row_by_item ON count_row (count, item, lot, serial, plate, is_gone, quantity);
CREATE INDEX count_row_by_event ON count_row (event);
CREATE TABLE count_sum (
    count TEXT NOT NULL, unit TEXT NOT NULL, quantity INTEGER NOT NULL, PRIMARY KEY (count, unit)
) STRICT, WITHOUT ROWID;
"""
"""``closed`` is the event that closed a count, empty while none has; ``lines_made`` counts what was undone, too.

A plate that a count saw is a row of it without an item.
"""
SAID_OF_LINES = """
ALTER TABLE count_row ADD COLUMN is_owner_said INTEGER NOT NULL DEFAULT 0;
ALTER TABLE count_row ADD COLUMN is_status_said INTEGER NOT NULL DEFAULT 0;
"""
"""A later migration: whether anybody said whose the goods of a line are, and of which status."""
OF_ITEMS = """
ALTER TABLE own_count ADD COLUMN item TEXT NOT NULL DEFAULT '';
"""
"""A later migration: a count may be of one item at its place; it is empty where it is of all that is there."""
