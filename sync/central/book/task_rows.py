"""Task rows: what is to be done somewhere because of a word; rows of master data that the centre makes and ends."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, bindparam, or_, select

from scanner_app.domain.task import Task
from sync.central.database.among import among
from sync.central.database.bulk import upsert_rows
from sync.central.database.master_tables import BY_STRUCT, cells, row_of

_KIND = BY_STRUCT[Task]
_tasks = BY_STRUCT[Task].table


def write_tasks(connection: Connection, site: str, tasks: Sequence[Task], version: int) -> int:
    """Write tasks, each as it is last; return the last version given after ``version``."""
    last = {task.task: task for task in tasks}.values()
    upsert_rows(connection, _tasks, [(site, *cells(task), number) for number, task in enumerate(last, version + 1)])
    return version + len(last)


def open_tasks(connection: Connection, site: str, places: Collection[str]) -> list[Task]:
    """The tasks at some places, or of plates of these names, that are still to be done."""
    asked = {"site": site, "places": sorted(places)}
    rows = connection.execute(_OPEN, asked).all() if places else ()
    return [row_of(_KIND, tuple(row)) for row in rows]


def named_tasks(connection: Connection, site: str, names: Collection[str]) -> list[Task]:
    """The tasks of some names, also those that are done."""
    rows = connection.execute(_NAMED, {"site": site, "names": sorted(names)}).all() if names else ()
    return [row_of(_KIND, tuple(row)) for row in rows]


def every_open(connection: Connection, site: str) -> list[Task]:
    """All that is still to be done at a site."""
    return [row_of(_KIND, tuple(row)) for row in connection.execute(_EVERY, {"site": site}).all()]


def tasks_of_plan(connection: Connection, site: str, plan: str) -> list[Task]:
    """The tasks of a plan that are still to be done."""
    return [row_of(_KIND, tuple(row)) for row in connection.execute(_OF_PLAN, {"site": site, "plan": plan}).all()]


_fields = [_tasks.c[name] for name in _KIND.fields]
_OPEN = select(*_fields).where(
    _tasks.c.site == bindparam("site"),
    _tasks.c.active.is_(True),
    or_(among(_tasks.c.place, "places"), among(_tasks.c.item, "places")),
)
_EVERY = select(*_fields).where(_tasks.c.site == bindparam("site"), _tasks.c.active.is_(True))
_NAMED = select(*_fields).where(_tasks.c.site == bindparam("site"), among(_tasks.c.task, "names"))
_OF_PLAN = (
    select(*_fields)
    .where(_tasks.c.site == bindparam("site"), _tasks.c.active.is_(True), _tasks.c.plan == bindparam("plan"))
    .order_by(_tasks.c.task)
)
