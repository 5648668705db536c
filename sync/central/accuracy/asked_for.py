"""What is asked for: a period by the days of the site, and of which part of it; read from what was asked."""

from datetime import date
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, exists, select

from scanner_app.domain.accuracy.facets import Facet
from scanner_app.domain.accuracy.period import Period, month_of, period_of
from scanner_app.domain.calendar import Calendar
from sync.central.accuracy.figures_made import FiguresMade
from sync.central.database.tables import accuracy_progress, count_changes

_c = accuracy_progress.c


class AskedPart(NamedTuple):
    """The figures of which period, and of the lines of which name of a facet, as somebody writes it."""

    period: str = ""
    facet: str = ""
    name: str = ""


class PartWanted(NamedTuple):
    """A ``period`` of a ``site`` of which figures are told, of the lines of one ``name`` of a ``facet``."""

    site: str
    period: Period
    facet: str
    name: str
    today: date
    is_made: bool

    @property
    def has_today(self) -> bool:
        return self.period.first <= self.today <= self.period.last


def wanted(connection: Connection, site: str, part: AskedPart, now_us: int) -> PartWanted | None:
    """Read what is asked; None where there is no such period or facet."""
    row = connection.execute(select(*STATE).where(_c.site == bindparam("site")), {"site": site}).one_or_none()
    return wanted_by(row, site, part, now_us)


def wanted_by(row: Any, site: str, part: AskedPart, now_us: int) -> PartWanted | None:
    """The same by the ``STATE`` of the site's figures, which begins a row; None where none were made yet."""
    state = tuple(row)[: len(STATE)] if row else (*FiguresMade(), True)
    made, waits = FiguresMade(*state[:-1]), state[-1]
    today = Calendar(ZoneInfo(made.zone or "UTC"), made.day_starts).day_of(now_us)
    try:
        asked = period_of(part.period) if part.period else month_of(today)
    except ValueError:
        return None
    if part.facet not in ("", *Facet):
        return None
    name = part.name if part.facet else ""
    return PartWanted(site, asked, part.facet or Facet.ALL, name, today, made.is_whole and not waits)


_WAITS = exists().where(count_changes.c.site == _c.site, count_changes.c.number > _c.number)
STATE = (*(_c[name] for name in FiguresMade._fields), _WAITS.label("waits"))
"""How far the figures of a site are, and whether something waits to be put into them."""
