"""Handing out: places that are due become tasks, as many as a plan makes in a day and no more than may be open at once.

It looks at what is due in its order and never at the whole site: after some counts it costs what they were.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, or_, select, update

from scanner_app.domain.task import COUNT, Task, name_of
from scanner_app.domain.work.plan import STOCKTAKE, Plan
from sync.central.book.task_rows import named_tasks
from sync.central.database.among import among
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.tables import due_places, plan_days, zero_checks
from sync.central.tasks.last_counted import last_counted
from sync.central.tasks.pairs import pairs
from sync.central.tasks.planning import Today

_LOOKED_AT = 1_000
"""Due places looked at by one statement."""
_tasks, _plans = BY_STRUCT[Task].table, BY_STRUCT[Plan].table


class _Reserve(NamedTuple):
    """What is due by a plan: up to which rank it was looked at, and how many tasks may be made of the rest."""

    plan: str
    taken: int
    room: int
    priority: int
    day: str


class HandedOut(NamedTuple):
    """New tasks, and what that comes to for each plan: its name, its day, the rank that was reached, and how many."""

    tasks: Sequence[Task]
    reached: Sequence[tuple[str, str, int, int]]


def handed_out(connection: Connection, site: str, today: Today) -> HandedOut:
    """The tasks that may be made now; two plans over one place have one."""
    made: dict[str, Task] = {}
    reached = []
    for reserve in _reserves(connection, site, today):
        room, rank, before = reserve.room, reserve.taken, len(made)
        while room > 0 and (rows := _next(connection, site, reserve.plan, rank)):
            free = _still_due(connection, site, rows) - made.keys()
            for row in rows:
                rank = row.rank
                if name_of(row.place) in free:
                    made[name_of(row.place)] = _task(row, reserve)
                    room -= 1
                if room == 0:
                    break
        if rank > reserve.taken:
            reached.append((reserve.plan, reserve.day, rank, len(made) - before))
    return HandedOut(list(made.values()), reached)


def keep_reached(connection: Connection, site: str, out: HandedOut) -> None:
    """Note how far what is due has become tasks."""
    for plan, day, rank, count in out.reached:
        connection.execute(_REACHED, {"of_site": site, "of_plan": plan, "of_day": day, "rank": rank, "count": count})


def _task(row: Any, reserve: _Reserve) -> Task:
    return Task(
        name_of(row.place), COUNT, row.place, since=row.since_us, zone=row.zone, walk=row.walk,
        priority=reserve.priority, due=row.due_us, plan=reserve.plan,
    )  # fmt: skip


def _reserves(connection: Connection, site: str, today: Today) -> list[_Reserve]:
    """What is due by each plan and stocktake that has room for tasks, the most urgent first."""
    day = today.day.isoformat()
    open_now = pairs(connection, _OPEN, {"of_site": site})
    days = connection.execute(_DAYS, {"of_site": site, "day": day}).all() if today.is_worked else []
    stocktakes = connection.execute(_DAYS, {"of_site": site, "day": ""}).all()
    found = [
        _Reserve(row.plan, row.taken, _room(row, open_now.get(row.plan, 0)), row.priority, row.day)
        for row in (*days, *stocktakes)
    ]
    return sorted((one for one in found if one.room > 0), key=lambda one: (-one.priority, one.plan))


def _room(row: Any, open_now: int) -> int:
    """How many tasks may be made: a stocktake makes them for as long as it lasts, and never many at once."""
    left = row.a_day - open_now
    return int(min(left, row.a_day - row.planned) if row.day else left)


def _next(connection: Connection, site: str, plan: str, after: int) -> Sequence[Any]:
    asked = {"of_site": site, "of_plan": plan, "after": after, "most": _LOOKED_AT}
    return connection.execute(_NEXT, asked).all()


def _still_due(connection: Connection, site: str, rows: Sequence[Any]) -> set[str]:
    """The names of the tasks for those places that were not counted meanwhile, and for which there is none."""
    asked = {"of_site": site, "places": [row.place for row in rows]}
    counted = last_counted(connection, site, asked["places"])
    empty = {} if rows[0].plan.startswith(STOCKTAKE) else pairs(connection, _EMPTY, asked)
    looked_at = {row.place: max(counted.get(row.place, 0), empty.get(row.place, 0)) for row in rows}
    names = [name_of(row.place) for row in rows if looked_at[row.place] <= row.since_us]
    return set(names) - {task.task for task in named_tasks(connection, site, names) if task.active}


_OPEN = (
    select(_tasks.c.plan, func.count())
    .where(_tasks.c.site == bindparam("of_site"), _tasks.c.active.is_(True))
    .group_by(_tasks.c.plan)
)
_IN_USE = (
    select(_plans.c.site)
    .where(_plans.c.site == plan_days.c.site, _plans.c.plan == plan_days.c.plan, _plans.c.active.is_(True))
    .exists()
)
_DAYS = select(plan_days).where(
    plan_days.c.site == bindparam("of_site"), plan_days.c.day == bindparam("day"), or_(plan_days.c.day == "", _IN_USE)
)
_NEXT = (
    select(due_places)
    .where(
        due_places.c.site == bindparam("of_site"),
        due_places.c.plan == bindparam("of_plan"),
        due_places.c.rank > bindparam("after"),
    )
    .order_by(due_places.c.rank)
    .limit(bindparam("most"))
)
_EMPTY = select(zero_checks.c.place, zero_checks.c.at_us).where(
    zero_checks.c.site == bindparam("of_site"), zero_checks.c.is_empty.is_(True), among(zero_checks.c.place, "places")
)
_REACHED = (
    update(plan_days)
    .where(
        plan_days.c.site == bindparam("of_site"),
        plan_days.c.plan == bindparam("of_plan"),
        plan_days.c.day == bindparam("of_day"),
    )
    .values(taken=bindparam("rank"), planned=plan_days.c.planned + bindparam("count"))
)
