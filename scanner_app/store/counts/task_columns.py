"""Work tables: what a task says of its place, its plan and who has it, as a migration of the cache."""

from scanner_app.domain.work.order import NO_DAY

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
DUE = f"(CASE due WHEN 0 THEN {NO_DAY} ELSE due END)"
"""Until when a task is to be done, behind every day where none was said."""
DUE_IN_LINE = f"""
DROP INDEX task_in_line;
CREATE INDEX task_in_line ON task (holder, (-priority), {DUE}, walk, place, task);
"""
"""A later migration: of what is as urgent that comes first which is due first."""
