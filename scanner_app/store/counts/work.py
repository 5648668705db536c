"""Work, looked up: which tasks are next for somebody, by an index in the order of ``domain/work/order.py``."""

import sqlite3
from collections.abc import Iterator
from itertools import islice

from scanner_app.domain.task import Task
from scanner_app.domain.work.lease import TASKS_MAX
from scanner_app.domain.work.order import NO_DAY, Near, is_open_to
from scanner_app.store.counts.task_columns import DUE

_FIELDS = 'task, kind, place, item, since, not_by, 1, zone, walk, priority, due, "plan", holder, until'
_SAME = f"holder = ?1 AND -priority = ?2 AND {DUE} > ?3 ORDER BY {DUE} LIMIT 1"
_LESS = f"holder = ?1 AND -priority > ?2 ORDER BY -priority, {DUE} LIMIT 1"
_LEVEL = "coalesce((SELECT {0} FROM task WHERE " + _SAME + "), (SELECT {0} FROM task WHERE " + _LESS + "))"
"""What is as urgent and due on one day is a level: it is walked together. The next is as urgent, or less so."""
_AHEAD = f"""SELECT {_FIELDS} FROM task WHERE holder = ?1 AND -priority = {_LEVEL.format("-priority")}
AND {DUE} = {_LEVEL.format(DUE)} AND walk >= ?4 ORDER BY walk, place, task LIMIT ?5"""
_NEXT = f"""SELECT {_FIELDS} FROM task WHERE holder = ? AND -priority = ? AND {DUE} = ?
AND (walk, place, task) > (?, ?, ?) AND walk BETWEEN ? AND ? ORDER BY walk, place, task LIMIT ?"""
_RUNS = "SELECT 1 FROM task WHERE holder = ? AND until > ? LIMIT 1"
_MOST = f"FROM task WHERE holder = ?1 ORDER BY -priority, {DUE} LIMIT 1"
_TOP = f"FROM task WHERE holder = ?1 AND -priority = (SELECT -priority {_MOST}) AND {DUE} = (SELECT {DUE} {_MOST})"
_FIRST = f"""SELECT * FROM (SELECT {_FIELDS} {_TOP} AND walk >= ?2 ORDER BY walk, place, task LIMIT 1)
UNION ALL SELECT * FROM (SELECT {_FIELDS} {_TOP} AND walk < ?2 ORDER BY walk, place, task LIMIT 1) LIMIT 1"""
"""Of the first level the first that is ahead, or else the first of all."""
_LAST = 2**62
"""Behind every place in walk order."""
_MORE = 40
"""Read at once, when what was read first is not to be offered."""

_Level = tuple[int, int]


class WorkLooks:
    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def in_line(self, near: Near, tasks_max: int = TASKS_MAX) -> list[Task]:
        """The next tasks for somebody: what they have, then what nobody has.

        One alone is nearly always the first, which one statement finds.
        """
        has_some = self._database.execute(_RUNS, (near.who, near.ends_after_us)).fetchone()
        first = self._first(near.who if has_some else "", near.walk) if tasks_max == 1 else None
        if first and is_open_to(first, near):
            return [first]
        found: list[Task] = []
        for holder in (near.who, "") if has_some else ("",):
            open_to = (task for task in self._of(holder, near.walk, tasks_max) if is_open_to(task, near))
            found += islice(open_to, tasks_max - len(found))
            if len(found) == tasks_max:
                break
        return found

    def _first(self, holder: str, walk: int) -> Task | None:
        row = self._database.execute(_FIRST, (holder, walk)).fetchone()
        return Task(*row) if row else None

    def _of(self, holder: str, walk: int, tasks_max: int) -> Iterator[Task]:
        """What somebody has, or nobody, level by level: each in walk order from a place on, then from the first.

        The first of it is asked for by one statement, as nearly always that is all; no cursor stays open.
        """
        level: _Level = (-_LAST, 0)
        while rows := self._rows(_AHEAD, holder, *level, walk, tasks_max) or self._behind(holder, level, walk):
            level = _level_of(rows[0])
            is_ahead = rows[0].walk >= walk
            yield from rows
            if is_ahead:
                yield from self._rest(holder, rows[-1], _LAST)
                rows = self._rows(_NEXT, holder, *level, -_LAST, "", "", -_LAST, walk - 1, _MORE)
                yield from rows
            if rows:
                yield from self._rest(holder, rows[-1], walk - 1)

    def _behind(self, holder: str, level: _Level, walk: int) -> list[Task]:
        """The first tasks of the level behind one, where none of it is ahead."""
        found = self._rows(_AHEAD, holder, *level, -_LAST, 1)
        behind = (holder, *_level_of(found[0]), -_LAST, "", "", -_LAST, walk - 1, _MORE) if found else ()
        return self._rows(_NEXT, *behind) if found else []

    def _rest(self, holder: str, last: Task, until: int) -> Iterator[Task]:
        """What comes behind a task, up to somewhere in walk order, of its level."""
        level = _level_of(last)
        while rows := self._rows(_NEXT, holder, *level, last.walk, last.place, last.task, -_LAST, until, _MORE):
            yield from rows
            last = rows[-1]

    def _rows(self, statement: str, *values: str | int) -> list[Task]:
        return [Task(*row) for row in self._database.execute(statement, values).fetchall()]


def _level_of(task: Task) -> _Level:
    return -task.priority, task.due or NO_DAY
