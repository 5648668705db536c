"""Work tables: what a task says of its place, its plan and who has it, as a migration of the cache."""

WORK = """
ALTER TABLE task ADD COLUMN zone TEXT NOT NULL DEFAULT '';
ALTER TABLE task ADD COLUMN walk INTEGER NOT NULL DEFAULT 0;
ALTER TABLE task ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;
ALTER TABLE task ADD COLUMN due INTEGER NOT NULL DEFAULT 0;
ALTER TABLE task ADD COLUMN "plan" TEXT NOT NULL DEFAULT '';
ALTER TABLE task ADD COLUMN holder TEXT NOT NULL DEFAULT '';
ALTER TABLE task ADD COLUMN until INTEGER NOT NULL DEFAULT 0;
CREATE INDEX task_in_line ON task (holder, priority DESC, walk, place, task);
"""
"""The order of the index is that in which tasks are offered (``domain/work/order.py``)."""
