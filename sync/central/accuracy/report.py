"""The report: the figures of a period, from what was made behind the floor; told apart by a facet, from lines."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, select

from scanner_app.domain.accuracy.facets import Facet
from scanner_app.domain.accuracy.figure import Formula, figure
from scanner_app.domain.accuracy.period import Period, month_of, period_of
from scanner_app.domain.accuracy.sums import NAMES, Sums
from scanner_app.domain.calendar import Calendar
from scanner_app.domain.desk.accuracy_asks import ROWS_MAX, AskAccuracy
from scanner_app.domain.desk.accuracy_replies import AccuracyPage, AccuracyRow
from scanner_app.domain.desk.replies import Refused, Why
from sync.central.accuracy.asked_for import STATE, AskedPart, PartWanted, wanted_by
from sync.central.accuracy.doubts import done_of_plans, doubts_of
from sync.central.accuracy.figures_made import calendar_of_figures
from sync.central.database.among import among
from sync.central.database.tables import accuracy_lines, accuracy_places, accuracy_progress, accuracy_sums

TREND = {1: 14, 31: 12, 366: 5}
"""How many periods a trend has, by how many days one has at most; others have none."""
COLUMN = {Facet.ZONE: "zone", Facet.CLASS: "abc", Facet.COUNTER: "operator", Facet.REASON: "reason"}
"""Where a line has its name of each facet."""
Group = tuple[str, Sums]
PERIODS_MAX = 1_000
"""So many periods are remembered as they are made up."""
_UTC = Calendar(UTC)
_DAY_US = 24 * 3600 * 1_000_000
"""No site is further ahead of universal time."""


def accuracy_page(connection: Connection, site: str, ask: AskAccuracy, now_us: int) -> AccuracyPage | Refused:
    """Answer what is asked about the figures of a site."""
    part = AskedPart(ask.period, ask.facet, ask.name)
    state, by_period = _read(connection, site, part, now_us)
    asked = wanted_by(state, site, part, now_us)
    if asked is None or ask.by not in ("", *COLUMN):
        return Refused(why=Why.NOT_UNDERSTOOD)
    covers, trend = _texts(asked.period)
    rows, after = _page(connection, asked, ask) if ask.by else ((), "")
    due, done = done_of_plans(connection, asked, calendar_of_figures(connection, site)) if ask.with_doubts else (0, 0)
    return AccuracyPage(
        period=asked.period.text,
        sums=total(by_period.get(text, Sums()) for text in covers),
        rows=rows,
        after=after,
        trend=() if ask.by else tuple(_share(by_period, text) for text in trend),
        due=due,
        done=done,
        doubts=doubts_of(connection, asked) if ask.with_doubts else None,
        has_today=asked.has_today,
        is_made=asked.is_made,
        as_of_us=now_us,
    )


def total(sums: Iterable[Sums]) -> Sums:
    """All of them together."""
    whole = Sums()
    for one in sums:
        whole = whole.plus(one)
    return whole


def _read(connection: Connection, site: str, part: AskedPart, now_us: int) -> tuple[Any, Mapping[str, Sums]]:
    """How far the figures of a site are, and the sums of all periods that may be told: by one indexed read."""
    facet = part.facet or Facet.ALL.value
    given = {"site": site, "facet": facet, "name": part.name if part.facet else "", "periods": _maybe(part, now_us)}
    rows = connection.execute(_STATE_AND_SUMS, given).all()
    at = len(STATE)
    sums = {row[at]: Sums(*row[at + 1 :]) for row in rows if row[at] is not None}
    return rows[0] if rows else None, sums


def _maybe(part: AskedPart, now_us: int) -> list[str]:
    """The periods that may be told, whichever day it is at the site by now."""
    try:
        period = period_of(part.period) if part.period else month_of(_UTC.day_of(now_us + _DAY_US))
    except ValueError:
        return []
    covers, trend = _texts(period)
    return sorted({*covers, *trend, *(() if part.period else _texts(period.before())[1])})


def _share(by_period: Mapping[str, Sums], period: str) -> int | None:
    """The share of lines without a difference in a period."""
    sums = by_period.get(period)
    return figure(Formula.LINES, sums).percent if sums else None


def sums_by(connection: Connection, asked: PartWanted, by: str) -> list[Group]:
    """The sums of each name of a facet, those with the most lines first: kept, or of some lines added up."""
    given = {"site": asked.site, "facet": by, "periods": list(asked.period.covers())}
    if asked.facet == Facet.ALL:
        rows = connection.execute(_BY_NAME, given).all()
        found: dict[str, Sums] = {}
        for name, *cells in rows:
            found[name] = found.get(name, Sums()).plus(Sums(*cells))
    else:
        found = _added_up(connection, asked, by)
    groups = [(name, sums) for name, sums in found.items() if not sums.is_empty]
    return sorted(groups, key=lambda group: (-group[1].lines, group[0]))


def _added_up(connection: Connection, asked: PartWanted, by: str) -> dict[str, Sums]:
    """From the lines of one name of another facet; places have no class and no reason."""
    found: dict[str, Sums] = {}
    for table in (accuracy_lines, accuracy_places):
        names = (COLUMN[Facet(asked.facet)], COLUMN[Facet(by)])
        if not {*names} <= {*table.c.keys()}:
            continue
        for name, *cells in connection.execute(grouped(table, asked, names[1]).where(table.c[names[0]] == asked.name)):
            found[name] = found.get(name, Sums()).plus(Sums(*map(int, cells)))
    return found


def grouped(table: Any, asked: PartWanted, by: str) -> Any:
    """The sums of the rows of a period by one of their columns."""
    within = (table.c.day >= asked.period.first.isoformat(), table.c.day <= asked.period.last.isoformat())
    sums = [func.sum(table.c[name]) for name in NAMES]
    return select(table.c[by], *sums).where(table.c.site == asked.site, *within).group_by(table.c[by])


def _page(connection: Connection, asked: PartWanted, ask: AskAccuracy) -> tuple[tuple[AccuracyRow, ...], str]:
    """Those behind the name at which the page before ended."""
    groups = sums_by(connection, asked, ask.by)
    names = [f"={name}" for name, _sums in groups]
    start = names.index(ask.after) + 1 if ask.after in names else 0
    end = start + max(1, min(ask.rows_max, ROWS_MAX))
    rows = tuple(AccuracyRow(name=name, sums=sums) for name, sums in groups[start:end])
    return rows, names[end - 1] if end < len(groups) else ""


@lru_cache(PERIODS_MAX)
def _texts(period: Period) -> tuple[Sequence[str], Sequence[str]]:
    """What makes a period up, and the periods of its trend, as they are written."""
    covers = tuple(period.covers())
    count = next((number for days, number in TREND.items() if period.days <= days), 0)
    return covers, tuple(one.text for one in period.latest(count)) if len(covers) == 1 and count else ()


_s = accuracy_sums.c
_STATE_AND_SUMS = (
    select(*STATE, _s.period, *(_s[name] for name in NAMES))
    .outerjoin_from(
        accuracy_progress,
        accuracy_sums,
        and_(
            _s.site == accuracy_progress.c.site, _s.facet == bindparam("facet"), among(_s.period, "periods"),
            _s.name == bindparam("name"),
        ),
    )
    .where(accuracy_progress.c.site == bindparam("site"))
)  # fmt: skip
_BY_NAME = select(_s.name, *(_s[name] for name in NAMES)).where(
    _s.site == bindparam("site"), _s.facet == bindparam("facet"), among(_s.period, "periods")
)
