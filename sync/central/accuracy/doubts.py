"""Doubts: what one has to know of figures beside them: what of a site was not counted, for long, or as planned."""

from datetime import date

from sqlalchemy import Connection, case, func, select

from scanner_app.domain.accuracy.facets import Facet
from scanner_app.domain.calendar import Calendar
from scanner_app.domain.catalog import Location
from scanner_app.domain.desk.accuracy_replies import Doubts
from scanner_app.domain.task import Task
from sync.central.accuracy.asked_for import PartWanted
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.tables import accuracy_places

_locations, _tasks = BY_STRUCT[Location].table, BY_STRUCT[Task].table
_p = accuracy_places.c


def done_of_plans(connection: Connection, asked: PartWanted, calendar: Calendar) -> tuple[int, int]:
    """How many counts the plans of the site wanted in a period, and how many of those are done; of a zone, of it."""
    first_us, end_us = asked.period.instants_us(calendar)
    of_zone = [_tasks.c.zone == asked.name] if asked.facet == Facet.ZONE else []
    planned = (_tasks.c.site == asked.site, _tasks.c.plan != "", _tasks.c.since >= first_us, _tasks.c.since < end_us)
    done = func.sum(case((_tasks.c.active.is_(False), 1), else_=0))
    row = connection.execute(select(func.count(), done).where(*planned, *of_zone)).one()
    return row[0], int(row[1] or 0)


def doubts_of(connection: Connection, asked: PartWanted) -> Doubts:
    """Of a zone where one is asked about, else of the whole site."""
    of_zone = [_locations.c.zone == asked.name] if asked.facet == Facet.ZONE else []
    places = select(func.count()).where(_locations.c.site == asked.site, _locations.c.active.is_(True), *of_zone)
    latest = (
        select(_p.place, func.max(_p.day).label("day"))
        .join(_locations, (_locations.c.site == _p.site) & (_locations.c.location == _p.place))
        .where(_p.site == asked.site, _locations.c.active.is_(True), *of_zone)
        .group_by(_p.place)
        .subquery()
    )
    within = select(func.count(func.distinct(_p.place))).where(
        _p.site == asked.site, _p.day >= asked.period.first.isoformat(), _p.day <= asked.period.last.isoformat(),
        *([_p.zone == asked.name] if of_zone else []),
    )  # fmt: skip
    oldest = connection.execute(select(func.min(latest.c.day))).scalar()
    return Doubts(
        places=connection.execute(places).scalar_one(),
        counted=connection.execute(within).scalar_one(),
        oldest_days=(asked.today - date.fromisoformat(oldest)).days if oldest else 0,
    )
