"""The list of work: a page of what is to be counted, and how far a stocktake is."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, case, func, literal_column, select

from scanner_app.domain.desk.replies import Refused, Why
from scanner_app.domain.desk.work_asks import ROWS_MAX, AskStocktake, AskTasks
from scanner_app.domain.desk.work_replies import (
    CountingAt,
    EndedTask,
    NotHeard,
    StocktakePage,
    TasksPage,
    ZoneCounted,
)
from scanner_app.domain.task import Task
from sync.central.database.master_tables import BY_STRUCT, row_of
from sync.central.database.tables import ended_tasks
from sync.central.tasks.stocktake_progress import Span, left_of, progress_of
from sync.central.tasks.stocktakes import stocktakes_of

ENDED_MAX = 20
LEFT_MAX = 20
DAY_US = 24 * 3600 * 1_000_000
_KIND = BY_STRUCT[Task]
_tasks = _KIND.table


def tasks_page(connection: Connection, site: str, ask: AskTasks, now_us: int) -> TasksPage | Refused:
    """A page of tasks behind the one that ``after`` names; on the first page what ended in a day, too."""
    rows_max = max(1, min(ask.rows_max, ROWS_MAX))
    behind = _cursor(ask.after) if ask.after else (-(2**62), -(2**62), "")
    if behind is None:
        return Refused(why=Why.NOT_UNDERSTOOD)
    asked = {"of_site": site, "of_zone": ask.zone, "now": now_us}
    numbers = dict(zip(("urgent", "walk", "task"), behind, strict=True))
    rows = connection.execute(_page(bool(ask.zone)), {**asked, **numbers, "most": rows_max + 1}).all()
    found = tuple(row_of(_KIND, tuple(row)) for row in rows[:rows_max])
    open_now, late, held = connection.execute(_sums(bool(ask.zone)), asked).one()
    ended = (
        () if ask.after else connection.execute(_ENDED, {**asked, "since": now_us - DAY_US, "most": ENDED_MAX}).all()
    )
    return TasksPage(
        tasks=found, open=open_now, late=late or 0, held=held or 0, ended=tuple(map(_ended, ended)), as_of_us=now_us,
        after=_after(found[-1]) if len(rows) > rows_max else "",
    )  # fmt: skip


def _ended(row: Any) -> EndedTask:
    return EndedTask(place=row.place, item=row.item, reason=row.reason, operator=row.operator, at_us=row.at_us)


def _after(task: Task) -> str:
    return f"{-task.priority} {task.walk} {task.task}"


def _cursor(text: str) -> tuple[int, int, str] | None:
    urgent, _, rest = text.partition(" ")
    walk, _, task = rest.partition(" ")
    try:
        return int(urgent), int(walk), task
    except ValueError:
        return None


def stocktake_page(connection: Connection, site: str, ask: AskStocktake, now_us: int) -> StocktakePage:
    """The stocktake that goes on, or the last one."""
    del ask
    one = max(stocktakes_of(connection, site), key=lambda found: (not found.closed_us, found.begun_us), default=None)
    if one is None:
        return StocktakePage(as_of_us=now_us)
    span = Span(one.plan, one.begun_us, one.cut_us or now_us)
    progress = progress_of(connection, site, span)
    given_up = {row.place: row for row in connection.execute(_GIVEN_UP, {"of_site": site, "since": one.begun_us})}
    left = left_of(connection, site, span, LEFT_MAX)
    not_counted = [_ended(given_up[row.place]) if row.place in given_up else EndedTask(place=row.place) for row in left]
    return StocktakePage(
        stocktake=one.stocktake, zones_named=one.zones, note=one.note, begun_us=one.begun_us, closed_us=one.closed_us,
        cut_us=one.cut_us, recorded=one.recorded, places=progress.places, left=progress.left,
        quiet=one.devices_missing, zones=tuple(ZoneCounted(zone=z.zone, places=z.places, counted=z.counted)
                                               for z in progress.zones),
        counting=() if one.closed_us else tuple(
            CountingAt(operator=at.operator, place=at.place, since_us=at.since_us) for at in progress.counting
        ),
        missing=tuple(NotHeard(name=d.name, told_us=d.told_us, waiting=d.waiting) for d in progress.missing),
        not_counted=tuple(not_counted), as_of_us=now_us,
    )  # fmt: skip


def _page(by_zone: bool) -> Select[Any]:
    """Those behind a place in the order of the list."""
    urgent, walk, task = -_tasks.c.priority, _tasks.c.walk, _tasks.c.task
    is_behind = (urgent > bindparam("urgent")) | (
        (urgent == bindparam("urgent"))
        & ((walk > bindparam("walk")) | ((walk == bindparam("walk")) & (task > bindparam("task"))))
    )
    fields = [_tasks.c[name] for name in _KIND.fields]
    return select(*fields).where(*_open(by_zone), is_behind).order_by(urgent, walk, task).limit(bindparam("most"))


def _sums(by_zone: bool) -> Select[Any]:
    is_late = (_tasks.c.due > 0) & (_tasks.c.due <= bindparam("now"))
    sums: list[ColumnElement[Any]] = [func.count(), _number_of(is_late), _number_of(_tasks.c.holder != "")]
    return select(*sums).where(*_open(by_zone))


def _number_of(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((which, literal_column("1")), else_=literal_column("0")))


def _open(by_zone: bool) -> list[Any]:
    of_site = [_tasks.c.site == bindparam("of_site"), _tasks.c.active.is_(True)]
    return [*of_site, _tasks.c.zone == bindparam("of_zone")] if by_zone else of_site


_OF_SITE = (ended_tasks.c.site == bindparam("of_site"), ended_tasks.c.at_us > bindparam("since"))
_ENDED = select(ended_tasks).where(*_OF_SITE).order_by(ended_tasks.c.at_us.desc()).limit(bindparam("most"))
_GIVEN_UP = select(ended_tasks).where(*_OF_SITE)
