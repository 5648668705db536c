"""Troubles: places where something is not right, by what is kept of it already; each becomes a task by a plan for it.

A place that was counted within a day is left alone: what its count came to waits for a person.
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, select

from scanner_app.domain.task import COUNT, LOOK, MADE, Task, name_of
from scanner_app.domain.work.due import DAY_US
from scanner_app.domain.work.plan import By, Plan, Trouble
from sync.central.book.task_rows import named_tasks
from sync.central.database.among import among
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.tables import CLOSED_WHOLE, STOCK_BELOW, count_closings, missing_plates, stock, zero_checks
from sync.central.tasks.pairs import pairs
from sync.central.tasks.planning import Today, plans_of
from sync.central.tasks.where import where_of

_tasks = BY_STRUCT[Task].table


class _Found(NamedTuple):
    """A place where something is not right since an instant; ``plate`` where one is looked for."""

    place: str
    since_us: int
    plate: str = ""


def troubled(connection: Connection, site: str, today: Today) -> list[Task]:
    """The tasks for what is not right at places now, and for which there is none yet."""
    tasks: dict[str, Task] = {}
    for plan in plans_of(connection, site) if today.is_worked else ():
        if plan.by is By.TROUBLE:
            room = plan.a_day - _open(connection, site, plan.plan)
            words = [Trouble(word) for word in plan.troubles or Trouble]
            found = [one for word in words for one in _FINDERS[word](connection, site, today.now_us)]
            for task in _new(connection, site, _tasks_for(connection, site, plan, found, today))[: max(0, room)]:
                tasks.setdefault(task.task, task)
    return list(tasks.values())


def _tasks_for(connection: Connection, site: str, plan: Plan, found: Sequence[_Found], today: Today) -> dict[str, Task]:
    where = where_of(connection, site, {one.place for one in found}) if found else {}
    tasks = {}
    for one in found:
        zone, walk = where.get(one.place, ("", 0))
        if plan.covers(zone):
            kind, name = (LOOK, MADE + one.plate) if one.plate else (COUNT, name_of(one.place))
            tasks[name] = Task(
                name, kind, one.place, one.plate, one.since_us, zone=zone, walk=walk, priority=plan.priority,
                due=today.end_us, plan=plan.plan,
            )  # fmt: skip
    return tasks


def _new(connection: Connection, site: str, tasks: dict[str, Task]) -> list[Task]:
    there = {task.task for task in named_tasks(connection, site, tasks.keys()) if task.active}
    return [task for name, task in sorted(tasks.items()) if name not in there]


def _negative(connection: Connection, site: str, now_us: int) -> list[_Found]:
    """Of places that were counted a little while ago nothing is said; hands are no places to count."""
    places = {place for place in connection.execute(_BELOW, {"of_site": site}).scalars() if not place.startswith("@")}
    counted = _counted(connection, site, places)
    return [_Found(place, now_us) for place in sorted(places) if counted.get(place, 0) < now_us - DAY_US]


def _missing(connection: Connection, site: str, now_us: int) -> list[_Found]:  # noqa: ARG001  each has its own instant
    return [_Found(row.place, row.closed_us, row.plate) for row in connection.execute(_MISSING, {"of_site": site})]


def _left(connection: Connection, site: str, now_us: int) -> list[_Found]:  # noqa: ARG001  each has its own instant
    rows = connection.execute(_LEFT, {"of_site": site}).all()
    counted = _counted(connection, site, {row.place for row in rows})
    return [_Found(row.place, row.at_us) for row in rows if counted.get(row.place, 0) < row.at_us]


_FINDERS = {Trouble.NEGATIVE: _negative, Trouble.MISSING_PLATE: _missing, Trouble.ZERO_CHECK: _left}


def _counted(connection: Connection, site: str, places: Collection[str]) -> dict[str, int]:
    asked = {"of_site": site, "places": sorted(places)}
    return pairs(connection, _COUNTED, asked) if places else {}


def _open(connection: Connection, site: str, plan: str) -> int:
    return int(connection.execute(_OPEN, {"of_site": site, "of_plan": plan}).scalar_one())


_BELOW = select(stock.c.place).where(stock.c.site == bindparam("of_site"), STOCK_BELOW).distinct()
_MISSING = select(missing_plates.c.plate, missing_plates.c.place, missing_plates.c.closed_us).where(
    missing_plates.c.site == bindparam("of_site")
)
_LEFT = select(zero_checks.c.place, zero_checks.c.at_us).where(
    zero_checks.c.site == bindparam("of_site"), zero_checks.c.is_empty.is_(False)
)
_COUNTED = (
    select(count_closings.c.place, func.max(count_closings.c.effective_us))
    .where(
        count_closings.c.site == bindparam("of_site"),
        CLOSED_WHOLE,
        among(count_closings.c.place, "places"),
    )
    .group_by(count_closings.c.place)
)
_OPEN = select(func.count()).where(
    _tasks.c.site == bindparam("of_site"), _tasks.c.active.is_(True), _tasks.c.plan == bindparam("of_plan")
)
