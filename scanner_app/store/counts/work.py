"""Work, looked up: which tasks are next for somebody, by an index in the order of ``domain/work/order.py``."""

import sqlite3
from collections.abc import Iterator

from scanner_app.domain.task import Task
from scanner_app.domain.work.lease import TASKS_MAX
from scanner_app.domain.work.order import Near, in_line, is_open_to

_FIELDS = 'task, kind, place, item, since, not_by, 1, zone, walk, priority, due, "plan", holder, until'
_OWN = f"SELECT {_FIELDS} FROM task WHERE holder = ? LIMIT ?"
_PRIORITY = "SELECT priority FROM task WHERE holder = ? AND priority < ? ORDER BY priority DESC LIMIT 1"
_NEXT = f"""SELECT {_FIELDS} FROM task WHERE holder = ? AND priority = ? AND (walk, place, task) > (?, ?, ?)
AND walk BETWEEN ? AND ? ORDER BY walk, place, task LIMIT ?"""
_AT_ONCE = 40
_LAST = 2**62
"""Behind every place in walk order, and above every priority."""


class WorkLooks:
    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def in_line(self, near: Near, tasks_max: int = TASKS_MAX) -> list[Task]:
        """The next tasks for somebody: what they have, then what nobody has."""
        rows = self._database.execute(_OWN, (near.who, TASKS_MAX * TASKS_MAX)).fetchall()
        own = in_line((_task(row) for row in rows), near, len(rows))
        running = [task for task in own if near.now_us < task.until]
        left = [task for task in own if near.now_us >= task.until]
        free = self._free(near, tasks_max - len(running)) if len(running) < tasks_max else []
        return [*running, *in_line([*left, *free], near, tasks_max)][:tasks_max]

    def _free(self, near: Near, tasks_max: int) -> list[Task]:
        """What nobody has, the most urgent first, each in walk order from where somebody stands."""
        found: list[Task] = []
        for priority in self._priorities():
            for first, last in ((near.walk, _LAST), (-_LAST, near.walk - 1)):
                for task in self._between(priority, first, last):
                    if is_open_to(task, near):
                        found.append(task)
                    if len(found) == tasks_max:
                        return found
        return found

    def _priorities(self) -> Iterator[int]:
        priority = _LAST
        while row := self._database.execute(_PRIORITY, ("", priority)).fetchone():
            (priority,) = row
            yield priority

    def _between(self, priority: int, first: int, last: int) -> Iterator[Task]:
        """Tasks that nobody has, a few at a time: no cursor stays open."""
        after: tuple[int, str, str] = (-_LAST, "", "")
        while rows := self._database.execute(_NEXT, ("", priority, *after, first, last, _AT_ONCE)).fetchall():
            tasks = [_task(row) for row in rows]
            yield from tasks
            after = (tasks[-1].walk, tasks[-1].place, tasks[-1].task)


def _task(row: tuple[str, str, str, str, int, str, int, str, int, int, int, str, str, int]) -> Task:
    name, kind, place, item, since, not_by, active, *rest = row
    return Task(name, kind, place, item, since, not_by, bool(active), *rest)
