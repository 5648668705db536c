"""The overview of what waits: how much of each kind, how much of that for a day or more, and what it is worth."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection, Select, bindparam, func, literal_column, select, union_all
from sqlalchemy import case as sql_case

from scanner_app.domain.desk.case import CASES_MAX
from scanner_app.domain.desk.overview import LATE_US, AskOverview, KindWaiting, OverviewPage
from scanner_app.domain.task import Task
from sync.central.database.constants import written
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.postgresql import plan_once
from sync.central.database.prepared import Prepared
from sync.central.decisions.asker import Asker, alone
from sync.central.decisions.case_list import COUNTED, CasesAsked, first_of, sums_of, waiting_of, worth_of
from sync.central.decisions.sources.kinds import SOURCES as ALL

_tasks = BY_STRUCT[Task].table
SOURCES = tuple(source for source in ALL if not source.is_asked_for)
"""What waits; the rest is listed where its kind is named."""


def overview_page(connection: Connection, asker: Asker, ask: AskOverview, now_us: int) -> OverviewPage:
    """Count what waits, of each kind only so far as a list counts it."""
    del ask
    plan_once(connection)
    asked = {"site": asker.site, "late_us": now_us - LATE_US, "now_us": now_us}
    rows: Sequence[Any] = _counted().run(connection, asked).all()
    kinds = tuple(
        KindWaiting(
            kind=kind, waiting=min(found, CASES_MAX), is_more=found > CASES_MAX, late=int(late), up=int(up),
            down=int(down),
        )
        for kind, found, late, up, down in rows
    )  # fmt: skip
    late_tasks = _late_tasks().run(connection, asked).scalar() or 0
    page = OverviewPage(kinds=kinds, late_tasks=late_tasks, as_of_us=now_us, alone=alone(connection, asker.site))
    return replace(page, kinds=page.in_order)


@cache
def _counted() -> Prepared:
    """Of each kind how many there are of the first, how many of them are late, and what they are worth."""
    first = []
    for source in SOURCES:
        cells = (*worth_of(source), source.shown.since_us.label("since_us"))
        first.append(
            first_of(waiting_of(source, CasesAsked((source.kind,)), source.kind.value, *cells), source, COUNTED)
        )
    cases = union_all(*first).subquery("c")
    is_late = (cases.c.since_us > 0) & (cases.c.since_us <= bindparam("late_us"))
    late = func.sum(sql_case((is_late, literal_column("1")), else_=literal_column("0")))
    counted = select(cases.c.kind, func.count(), late, *sums_of(cases))
    return Prepared(written(counted.group_by(cases.c.kind)))


@cache
def _late_tasks() -> Prepared:
    is_late = (_tasks.c.due > 0, _tasks.c.due <= bindparam("now_us"))
    of_site = (_tasks.c.site == bindparam("site"), _tasks.c.active.is_(True))
    late: Select[Any] = (
        select(literal_column("1").label("one")).select_from(_tasks).where(*of_site, *is_late).limit(COUNTED)
    )
    return Prepared(written(select(func.count()).select_from(late.subquery())))
