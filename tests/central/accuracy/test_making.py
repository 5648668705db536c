"""Figures are what the raw rows say, however they were made: step by step, at once, or once more from the beginning."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, delete, select

from scanner_app.domain.accuracy.facets import Facet
from scanner_app.domain.accuracy.period import Period
from scanner_app.domain.accuracy.sums import Sums
from scanner_app.domain.calendar import Calendar
from scanner_app.domain.catalog import Site
from scanner_app.domain.desk.accuracy_asks import AskAccuracy
from scanner_app.domain.desk.accuracy_replies import AccuracyPage
from sync.central.accuracy.making import make_pass
from sync.central.accuracy.report import accuracy_page, total
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.store import CentralStore
from sync.central.database.tables import accuracy_lines, accuracy_places, accuracy_progress, accuracy_sums, calendars
from tests.central.accuracy.raw import Found, found
from tests.central.counting.centre import Centre, rolled_back
from tests.central.counting.followed_site import RULES
from tests.counting.floor import SITE
from tests.counting.histories import history
from tests.extent import extent

DAY = timedelta(1)
TABLES = (accuracy_lines, accuracy_places, accuracy_sums)
CALENDARS = (Calendar(ZoneInfo("UTC")), Calendar(ZoneInfo("Asia/Kathmandu"), 15))
"""By the second a day ends in the middle of a history: at a quarter past nine, universal time."""
_sites = BY_STRUCT[Site].table


def made(connection: Connection) -> int:
    """Make what is to be made."""
    return sum(iter(lambda: make_pass(connection, SITE, 2), 0))


def kept(connection: Connection) -> list[list[tuple[object, ...]]]:
    """All figures; sums of nothing are none."""
    rows = [sorted(map(tuple, connection.execute(select(table)).all())) for table in TABLES]
    return [[row for row in of_table if any(cell for cell in row if type(cell) is int)] for of_table in rows]


def forget(connection: Connection) -> None:
    for table in (*TABLES, accuracy_progress):
        connection.execute(delete(table))


def live_by(connection: Connection, calendar: Calendar) -> None:
    """Let the days of the site be those of a calendar."""
    connection.execute(_sites.update().values(zone=str(calendar.zone)))
    connection.execute(delete(calendars))
    connection.execute(calendars.insert().values(site=SITE, day_starts=calendar.day_starts, working="mon"))


def _told(centre: Centre, events: Sequence[object], dice: Random) -> None:
    """Push events in batches of any size, and make figures now and then."""
    while events:
        size = dice.choice((1, 2, 5, 20))
        centre.push(events[:size])  # type: ignore[arg-type]
        events = events[size:]
        if dice.random() < 0.5:
            make_pass(centre.connection, SITE, dice.choice((1, 3, 100)))


@pytest.mark.parametrize("seed", range(extent(2, 1_000)))
def test_figures_made_step_by_step_are_those_of_the_raw_rows(seed: int, floor_store: CentralStore) -> None:
    dice = Random(seed)
    with rolled_back(floor_store, RULES) as centre:
        connection = centre.connection
        live_by(connection, CALENDARS[seed % 2])
        _told(centre, list(history(seed).events), dice)
        made(connection)
        before = _held(connection, CALENDARS[seed % 2])
        forget(connection)
        made(connection)
        assert kept(connection) == before
        live_by(connection, CALENDARS[1 - seed % 2])
        made(connection)
        _held(connection, CALENDARS[1 - seed % 2])


def _held(connection: Connection, calendar: Calendar) -> list[list[tuple[object, ...]]]:
    """Hold the figures of every part and every cut of periods against the raw rows; return them."""
    raw = found(connection, SITE, calendar)
    days = sorted({date.fromisoformat(day) for day, _names, _sums in raw}) or [date(2026, 1, 1)]
    parts = {(facet, name) for _day, names, _sums in raw for facet, name in names.items()} | {(Facet.ALL, "")}
    cuts = [Period(first, last) for first in days for last in days if first <= last]
    cuts += [Period(days[0] - 400 * DAY, days[-1] + 400 * DAY), Period(days[0] - 9 * DAY, days[0] - DAY)]
    for cut in cuts:
        for facet, name in sorted(parts):
            page = accuracy_page(connection, SITE, AskAccuracy(period=cut.text, facet=facet, name=name), 0)
            assert isinstance(page, AccuracyPage)
            assert (page.sums, page.is_made) == (summed(raw, cut, facet, name), True)
        for facet in (Facet.ZONE, Facet.REASON):
            wanted = {name: summed(raw, cut, facet, name) for one, name in parts if one == facet}
            page = accuracy_page(connection, SITE, AskAccuracy(period=cut.text, by=facet), 0)
            assert isinstance(page, AccuracyPage)
            assert {row.name: row.sums for row in page.rows} == {n: s for n, s in wanted.items() if not s.is_empty}
        for facet, name in sorted(parts - {(Facet.ALL, "")}):
            page = accuracy_page(
                connection, SITE, AskAccuracy(period=cut.text, facet=facet, name=name, by=Facet.COUNTER), 0
            )
            assert isinstance(page, AccuracyPage)
            assert total(row.sums for row in page.rows) == page.sums
    return kept(connection)


def summed(raw: Sequence[Found], cut: Period, facet: Facet, name: str) -> Sums:
    """What the raw rows of some days come to."""
    sums = Sums()
    for day, names, adds in raw:
        if cut.first <= date.fromisoformat(day) <= cut.last and names.get(facet) == name:
            sums = sums.plus(adds)
    return sums
