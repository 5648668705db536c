"""Calendars of sites: what comes late for a closed month is booked on the first open day, and stays there."""

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from scanner_app.domain.bounds import FIRST_DAY, LAST_DAY
from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.events.corrections.adjusted import Adjusted
from scanner_app.domain.ledger import Leg
from scanner_app.domain.quantity import SCALE
from scanner_app.errors import CentralError
from sync.central.audit.verification import verify
from sync.central.book.timelines import catch_up
from sync.central.database.store import CentralStore
from sync.central.database.tables import ledger
from sync.central.exports.lines import export_lines
from sync.central.exports.listings import Selection
from sync.central.imports.run import Wish, run_import
from sync.central.sites.calendar import calendar_of, close_month, reopen_month, set_days, set_holidays, shown
from tests.central.warehouse import SITE, event, key, move, push

DECEMBER = "2026-12"


def _us(*parts: int) -> int:
    return round(datetime(*parts, tzinfo=UTC).timestamp() * 1_000_000)  # type: ignore[arg-type, misc]


LATER_US = _us(2027, 1, 15)


def _found(store: CentralStore, number: int, at_us: int) -> None:
    push(store, [event(number, Adjusted((Leg(at_us, SCALE, key("@adjustment"), key("A")),), "found"), wall_us=at_us)])


def _booked(store: CentralStore) -> list[str]:
    with store.reading() as connection:
        found = connection.execute(
            select(ledger.c.booked).where(ledger.c.device == "d1", ledger.c.place == "A").order_by(ledger.c.recorded)
        )
        return list(found.scalars())


def test_what_comes_late_is_booked_on_the_first_open_day(store: CentralStore) -> None:
    _found(store, 1, _us(2026, 12, 31, 12))
    set_holidays(store, SITE, [date(2027, 1, 1)])
    assert close_month(store, SITE, DECEMBER, LATER_US) == date(2027, 1, 4)
    _found(store, 2, _us(2026, 12, 31, 22, 59))
    _found(store, 3, _us(2026, 12, 31, 23, 0))
    assert _booked(store) == ["", "2027-01-04", ""]
    rows = csv.DictReader(export_lines(store, Selection("ledger"), "csv"))
    dates = [row["booking_date"] for row in rows if row["device"] == "d1" and row["place"] == "A"]
    assert dates == ["2026-12-31", "2027-01-04", "2027-01-01"]
    assert verify(store) == []


def test_days_begin_when_the_site_says(store: CentralStore) -> None:
    set_days(store, SITE, 6, "mon tue wed thu fri sat sun")
    assert close_month(store, SITE, DECEMBER, LATER_US) == date(2027, 1, 1)
    _found(store, 1, _us(2027, 1, 1, 4, 59))
    _found(store, 2, _us(2027, 1, 1, 5, 0))
    assert _booked(store) == ["2027-01-01", ""]


def test_a_closed_month_stays_closed_whole_when_the_calendar_changes(store: CentralStore) -> None:
    close_month(store, SITE, DECEMBER, LATER_US)
    set_days(store, SITE, 6, None)
    set_holidays(store, SITE, [date(2027, 1, 1)])
    _found(store, 1, _us(2027, 1, 1, 4, 59))
    set_holidays(store, SITE, [date(2027, 1, 1)], are_worked=True)
    _found(store, 2, _us(2027, 1, 1, 4, 59))
    _found(store, 3, _us(2027, 1, 1, 5, 0))
    assert _booked(store) == ["2027-01-04", "2027-01-01", ""]


def test_a_closed_month_stays_closed_whole_when_the_time_zone_changes(store: CentralStore, tmp_path: Path) -> None:
    """In Vienna the year ends at 23:00 UTC, in London at midnight; the table may come with another site's import."""
    close_month(store, SITE, DECEMBER, LATER_US)
    sites = "site,name,zone\nW1,First warehouse,Europe/London\nW2,Second warehouse,Europe/London\n"
    (tmp_path / "sites.csv").write_text(sites, encoding="utf-8")
    run_import(store, tmp_path, LATER_US, Wish("W2"))
    _found(store, 1, _us(2026, 12, 31, 23, 59))
    _found(store, 2, _us(2027, 1, 1))
    assert _booked(store) == ["2027-01-01", ""]
    with store.reading() as connection:
        assert shown(connection, "W2").closed_month == ""


def test_a_month_that_is_opened_again_takes_late_events_from_then_on(store: CentralStore) -> None:
    close_month(store, SITE, DECEMBER, LATER_US)
    _found(store, 1, _us(2026, 12, 1))
    reopen_month(store, SITE, DECEMBER)
    _found(store, 2, _us(2026, 12, 1))
    _found(store, 3, _us(2026, 11, 1))
    assert _booked(store) == ["2027-01-01", "", "2026-12-01"]
    close_month(store, SITE, DECEMBER, LATER_US)
    with store.reading() as connection:
        assert shown(connection, SITE).closed_month == DECEMBER


@pytest.mark.parametrize("is_sorted", [False, True], ids=["behind the timelines", "in the timelines"])
def test_what_was_booked_on_another_day_is_taken_back_and_brought_again_on_that_day(
    store: CentralStore, *, is_sorted: bool
) -> None:
    """Two legs, one on each side of the month's end; the month is open again when it never happened."""
    close_month(store, SITE, DECEMBER, LATER_US)
    one = event(1, move("A", "B", at_us=_us(2026, 12, 31, 22, 59) + 30_000_000), wall_us=LATER_US)
    push(store, [one])
    reopen_month(store, SITE, DECEMBER)
    if is_sorted:
        catch_up(store, SITE)
    push(store, [event(2, Annulled(LATER_US, one.id))])
    assert _by_day(store) == {"2027-01-01": 0}
    push(store, [event(3, Annulled(LATER_US, event(2, one.fact).id))])
    assert _by_day(store) == {"2027-01-01": -SCALE}
    close_month(store, SITE, DECEMBER, LATER_US)
    close_month(store, SITE, "2027-01", _us(2027, 2, 10))
    push(store, [event(4, Annulled(LATER_US + 1, one.id))])
    assert _by_day(store) == {"2027-01-01": -SCALE, "2027-02-01": SCALE}
    assert verify(store) == []


def test_what_was_taken_back_on_another_day_is_brought_again_on_that_day(store: CentralStore) -> None:
    one = event(1, move("A", "B", at_us=_us(2026, 12, 20)), wall_us=LATER_US)
    push(store, [one])
    close_month(store, SITE, DECEMBER, LATER_US)
    push(store, [event(2, Annulled(LATER_US, one.id))])
    reopen_month(store, SITE, DECEMBER)
    catch_up(store, SITE)
    push(store, [event(3, Annulled(LATER_US, event(2, one.fact).id))])
    assert _by_day(store) == {"2026-12-20": -SCALE, "2027-01-01": 0}


def _by_day(store: CentralStore) -> dict[str, int]:
    """What d1 has changed of place A, by the day for finance."""
    found: dict[str, int] = {}
    for row in csv.DictReader(export_lines(store, Selection("ledger"), "csv")):
        if row["device"] == "d1" and row["place"] == "A":
            day = row["booking_date"]
            found[day] = found.get(day, 0) + round(float(row["quantity"]) * SCALE)
    return found


def test_a_calendar_is_what_was_set(store: CentralStore) -> None:
    with store.reading() as connection:
        assert shown(connection, SITE).working == "mon tue wed thu fri"
    set_days(store, SITE, None, "Sat, Mon")
    set_days(store, SITE, 5, None)
    set_holidays(store, SITE, [date(2026, 12, 24), date(2026, 12, 25)])
    set_holidays(store, SITE, [date(2026, 12, 24)], are_worked=True)
    with store.reading() as connection:
        found = shown(connection, SITE)
        assert (found.day_starts, found.working, found.holidays) == (5, "mon sat", (date(2026, 12, 25),))
        assert calendar_of(connection, SITE).working == {0, 5}


@pytest.mark.parametrize(
    ("month", "told"),
    [
        ("2027-01", "not over"),
        ("2026-11", "closed up to 2026-12 already"),
        ("October", "like 2026-10"),
        ("9999-12", "before 2199-12"),
        ("2199-12", "before 2199-12"),
        ("2199-11", "not over"),
        ("1999-12", "from 2000-01 on"),
        ("0001-01", "from 2000-01 on"),
    ],
)
def test_what_cannot_be_closed(store: CentralStore, month: str, told: str) -> None:
    close_month(store, SITE, DECEMBER, LATER_US)
    with pytest.raises(CentralError, match=told):
        close_month(store, SITE, month, LATER_US)


def test_what_cannot_be_opened_or_set(store: CentralStore) -> None:
    with pytest.raises(CentralError, match="not closed"):
        reopen_month(store, SITE, DECEMBER)
    with pytest.raises(CentralError, match="words of mon"):
        set_days(store, SITE, None, "funday")
    with pytest.raises(CentralError, match="no site"):
        set_days(store, "W9", 0, None)
    for month in ("9999-12", "1999-12"):
        with pytest.raises(CentralError, match="Name a month"):
            reopen_month(store, SITE, month)
    for day in (FIRST_DAY, LAST_DAY):
        set_holidays(store, SITE, [day])
    for day in (date.min, FIRST_DAY - timedelta(days=1), LAST_DAY + timedelta(days=1), date.max):
        with pytest.raises(CentralError, match="Name a day"):
            set_holidays(store, SITE, [day])
