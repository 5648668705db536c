"""The overview of what waits: how much of each kind, how much of that for a day or more, and what it is worth."""

from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, literal_column, select, true
from sqlalchemy import case as sql_case

from scanner_app.domain.desk.case import CASES_MAX
from scanner_app.domain.desk.overview import LATE_US, AskOverview, KindWaiting, OverviewPage
from scanner_app.domain.task import Task
from sync.central.database.constants import written
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.postgresql import plan_once
from sync.central.decisions.asker import Asker, alone
from sync.central.decisions.case_list import COUNTED, CasesAsked, sums_of, waiting_of
from sync.central.decisions.sources.case_source import CaseSource
from sync.central.decisions.sources.kinds import SOURCES as ALL

_tasks = BY_STRUCT[Task].table
SOURCES = tuple(source for source in ALL if not source.is_asked_for)
"""What waits; the rest is listed where its kind is named."""


def overview_page(connection: Connection, asker: Asker, ask: AskOverview, now_us: int) -> OverviewPage:
    """Count what waits, of each kind only so far as a list counts it."""
    del ask
    plan_once(connection)
    asked = {"site": asker.site, "late_us": now_us - LATE_US, "now_us": now_us}
    *cells, late_tasks = (int(cell or 0) for cell in connection.execute(_counted(), asked).one())
    rows = (cells[at : at + 4] for at in range(0, len(cells), 4))
    kinds = (
        KindWaiting(
            kind=source.kind, waiting=min(found, CASES_MAX), is_more=found > CASES_MAX, late=late, up=up, down=down
        )
        for source, (found, late, up, down) in zip(SOURCES, rows, strict=True)
        if found
    )  # fmt: skip
    return OverviewPage(kinds=tuple(kinds), late_tasks=late_tasks, as_of_us=now_us, alone=alone(connection, asker.site))


@cache
def _counted() -> Select[Any]:
    """One row: of each source four numbers, and how many tasks are late."""
    first, *others = (*(_of_kind(source) for source in SOURCES), _late_tasks())
    beside: Any = first
    for one in others:
        beside = beside.join(one, true())
    return written(select(*(column for one in (first, *others) for column in one.c)).select_from(beside))


def _of_kind(source: CaseSource) -> Any:
    shown = source.shown
    cells = (shown.value.label("value"), shown.quantity.label("quantity"), shown.since_us.label("since_us"))
    rows = waiting_of(source, CasesAsked((source.kind,)), *cells)
    first = rows.order_by(shown.value.desc(), shown.id).limit(COUNTED).subquery()
    is_late = (first.c.since_us > 0) & (first.c.since_us <= bindparam("late_us"))
    late, (up, down) = func.sum(sql_case((is_late, 1), else_=0)), sums_of(source, first)
    named = (func.count().label("number"), late.label("late"), up.label("up"), down.label("down"))
    return select(*named).select_from(first).subquery()


def _late_tasks() -> Any:
    is_late = (_tasks.c.due > 0, _tasks.c.due <= bindparam("now_us"))
    of_site = (_tasks.c.site == bindparam("site"), _tasks.c.active.is_(True))
    late = select(literal_column("1")).select_from(_tasks).where(*of_site, *is_late).limit(COUNTED).subquery()
    return select(func.count().label("tasks")).select_from(late).subquery()
