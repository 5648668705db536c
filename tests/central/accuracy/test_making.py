"""Figures are what the raw rows say, however they were made: step by step, at once, or once more from the beginning."""

from collections.abc import Sequence
from random import Random
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, delete, select

from scanner_app.domain.accuracy.sums import Sums
from scanner_app.domain.calendar import Calendar
from sync.central.accuracy.entries import sums_in
from sync.central.accuracy.making import make_pass
from sync.central.database.store import CentralStore
from sync.central.database.tables import accuracy_lines, accuracy_places, accuracy_progress, accuracy_sums
from tests.central.accuracy.raw import found
from tests.central.counting.centre import Centre, rolled_back
from tests.central.counting.followed_site import RULES
from tests.counting.floor import SITE
from tests.counting.histories import history
from tests.extent import extent

TABLES = (accuracy_lines, accuracy_places, accuracy_sums)
CALENDAR = Calendar(ZoneInfo("UTC"))


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
        _told(centre, list(history(seed).events), dice)
        made(connection)
        _hold(connection)
        before = kept(connection)
        forget(connection)
        made(connection)
        assert kept(connection) == before


def _hold(connection: Connection) -> None:
    """Hold every sum of the figures against the raw rows."""
    wanted: dict[tuple[str, str, str], Sums] = {}
    for day, names, sums in found(connection, SITE, CALENDAR):
        for facet, name in names.items():
            for period in (day, day[:7], day[:4]):
                cell = (facet.value, period, name)
                wanted[cell] = wanted.get(cell, Sums()).plus(sums)
    rows = connection.execute(select(accuracy_sums).where(accuracy_sums.c.site == SITE)).all()
    assert {(row.facet, row.period, row.name): sums_in(row) for row in rows if not sums_in(row).is_empty} == {
        cell: sums for cell, sums in wanted.items() if not sums.is_empty
    }
    assert rows or not wanted
