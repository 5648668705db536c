"""Looking: what is to be done with the tasks of a site from time to time, behind the floor or by command.

What is due is found while others write; only keeping it takes the site's counter row.
"""

from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import ColumnElement, Connection, bindparam, or_, select, union

from scanner_app.domain.catalog import Location, Plate
from scanner_app.domain.task import PLANNED, Task
from scanner_app.domain.work.plan import By, Plan
from sync.central.book.counters import locked_counters, set_counters
from sync.central.book.task_rows import named_tasks, write_tasks
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.store import CentralStore
from sync.central.database.tables import counters, leases, plan_days
from sync.central.sites.calendar import calendar_of
from sync.central.tasks.handing_out import HandedOut, handed_out, keep_reached
from sync.central.tasks.lease_rows import any_over, drop_leases, release_over
from sync.central.tasks.moves import read_moves
from sync.central.tasks.not_right import troubled
from sync.central.tasks.planning import PlannedDay, Today, keep_planned, planned, today_of, wanted_today

_plans, _tasks, _locations, _plates = (BY_STRUCT[struct].table for struct in (Plan, Task, Location, Plate))


class Looked(Struct, frozen=True):
    """What a look came to: the day, whether it is worked, the tasks that are new, and those that are of no use.

    ``due`` are the plans that were looked into anew, each with how many places are due by it.
    """

    day: str
    is_worked: bool
    made: int
    ended: int
    due: tuple[tuple[str, int], ...] = ()


class _Changes(NamedTuple):
    """What is to be written: new tasks, how far what is due was handed out, and tasks of no use."""

    out: HandedOut
    troubled: list[Task]
    ended: list[Task]

    @property
    def tasks(self) -> list[Task]:
        return [*{task.task: task for task in (*self.troubled, *self.out.tasks)}.values()]

    @property
    def are_any(self) -> bool:
        return bool(self.out.reached or self.troubled or self.ended)


def sites_with_work(connection: Connection) -> list[str]:
    """The sites that have plans, stocktakes that go on, or tasks that somebody has."""
    sites = connection.execute(select(counters.c.site)).scalars().all()
    return [site for site in sorted(sites) if connection.execute(_HAS_WORK, {"of_site": site}).first()]


def look(store: CentralStore, site: str, now_us: int, seed: str = "") -> Looked:
    """Do all that is due with the tasks of a site.

    Raises:
        CentralError: there is no such site.
    """
    today = today_of(store.read(lambda connection: calendar_of(connection, site)), now_us)
    wanted = store.read(lambda connection: wanted_today(connection, site, today))
    if any(plan.by is By.MOVES for plan in wanted):
        read_moves(store, site, now_us)
    days = store.read(lambda connection: planned(connection, site, wanted, today, seed)) if wanted else []
    changes, is_over = store.read(lambda connection: (_changes(connection, site, today), any_over(connection, site)))
    if days or changes.are_any or is_over:
        changes = store.write(lambda connection: _keep(connection, site, today, days))
    due = tuple((one.plan.plan, one.due) for one in days)
    return Looked(today.day.isoformat(), today.is_worked, len(changes.tasks), len(changes.ended), due)


def _changes(connection: Connection, site: str, today: Today) -> _Changes:
    out = handed_out(connection, site, today)
    return _Changes(out, troubled(connection, site, today), _of_no_use(connection, site))


def _keep(connection: Connection, site: str, today: Today, days: list[PlannedDay]) -> _Changes:
    """Write all of it, as it is now that nobody else writes."""
    before = locked_counters(connection, site)
    keep_planned(connection, site, days, today)
    changes = _changes(connection, site, today)
    keep_reached(connection, site, changes.out)
    version = write_made(connection, site, [*changes.ended, *changes.tasks], before.version)
    version = release_over(connection, site, version)
    set_counters(connection, site, before._replace(version=version))
    return changes


def write_made(connection: Connection, site: str, tasks: list[Task], version: int) -> int:
    """Write tasks that nobody has; return the last version given after ``version``."""
    drop_leases(connection, site, {task.task for task in tasks})
    return write_tasks(connection, site, tasks, version)


def _of_no_use(connection: Connection, site: str) -> list[Task]:
    """Tasks whose plan is gone, or that count a place that is no more."""
    names = connection.execute(_OF_NO_USE, {"of_site": site}).scalars().all()
    return [replace(task, active=False, holder="", until=0) for task in named_tasks(connection, site, names)]


def _is_there(kind: type[Struct], column: str, name: ColumnElement[str]) -> ColumnElement[bool]:
    """Say whether a row of a kind is in use that has a name."""
    rows = BY_STRUCT[kind].table.c
    return select(rows.site).where(rows.site == _tasks.c.site, rows[column] == name, rows.active.is_(True)).exists()


_HAS_WORK = union(
    select(_plans.c.site).where(_plans.c.site == bindparam("of_site"), _plans.c.active.is_(True)),
    *(select(table.c.site).where(table.c.site == bindparam("of_site")) for table in (plan_days, leases)),
)
_STOCKTAKE = (
    select(plan_days.c.site)
    .where(plan_days.c.site == _tasks.c.site, plan_days.c.plan == _tasks.c.plan, plan_days.c.day == "")
    .exists()
)
_HAS_PLAN = or_(_tasks.c.plan == "", _is_there(Plan, "plan", _tasks.c.plan), _STOCKTAKE)
_HAS_PLACE = or_(
    _tasks.c.task.not_like(f"{PLANNED}%"),
    _is_there(Location, "location", _tasks.c.place),
    _is_there(Plate, "plate", _tasks.c.place),
)
_OF_NO_USE = (
    select(_tasks.c.task)
    .where(_tasks.c.site == bindparam("of_site"), _tasks.c.active.is_(True), ~(_HAS_PLAN & _HAS_PLACE))
    .order_by(_tasks.c.task)
)
