"""The calendar: days without gap or overlap wherever the clocks change, and months that stay closed."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner_app.domain.calendar import Calendar, closing, first_after

VIENNA = ZoneInfo("Europe/Vienna")
ZONES = [
    "UTC", "Europe/Vienna", "America/New_York", "America/Havana", "Asia/Beirut", "Australia/Lord_Howe",
    "Antarctica/Troll", "Pacific/Apia", "America/Scoresbysund", "Asia/Kathmandu", "Africa/Casablanca",
]  # fmt: skip
HOUR_US = 3_600_000_000
_calendars = st.builds(Calendar, st.sampled_from(ZONES).map(ZoneInfo), st.integers(0, 23))
_days = st.dates(date(1990, 1, 1), date(2036, 12, 31))


def _us(*parts: int, zone: ZoneInfo = VIENNA, fold: int = 0) -> int:
    return round(datetime(*parts, tzinfo=zone, fold=fold).timestamp() * 1_000_000)  # type: ignore[arg-type, misc]


@given(_calendars, _days)
def test_days_follow_one_another(calendar: Calendar, day: date) -> None:
    start, end = calendar.start_us(day), calendar.start_us(day + timedelta(days=1))
    assert start <= end
    if start < end:
        assert (calendar.day_of(start), calendar.day_of(end - 1)) == (day, day)
    assert calendar.day_of(end) > day


@given(_calendars, _days, st.integers(-30 * HOUR_US, 30 * HOUR_US), st.integers(0, 30 * HOUR_US))
def test_later_is_never_an_earlier_day(calendar: Calendar, day: date, shift_us: int, later_us: int) -> None:
    at_us = calendar.start_us(day) + shift_us
    found = calendar.day_of(at_us)
    assert calendar.start_us(found) <= at_us < calendar.start_us(found + timedelta(days=1))
    assert found <= calendar.day_of(at_us + later_us)


@given(_calendars, _days)
def test_noon_is_of_its_day_when_days_begin_in_the_morning(calendar: Calendar, day: date) -> None:
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=calendar.zone)
    if calendar.day_starts < 9 and noon.astimezone(UTC).astimezone(calendar.zone).date() == day:
        assert calendar.day_of(round(noon.timestamp() * 1_000_000)) == day


@pytest.mark.parametrize(
    ("starts", "at_us", "day"),
    [
        (0, _us(2026, 10, 25, 0, 0), date(2026, 10, 25)),
        (0, _us(2026, 10, 24, 23, 59), date(2026, 10, 24)),
        (6, _us(2026, 11, 1, 5, 59), date(2026, 10, 31)),
        (6, _us(2026, 11, 1, 6, 0), date(2026, 11, 1)),
        (2, _us(2026, 10, 25, 2, 30), date(2026, 10, 25)),
        (2, _us(2026, 10, 25, 2, 30, fold=1), date(2026, 10, 25)),
        (2, _us(2026, 3, 29, 1, 59), date(2026, 3, 28)),
        (2, _us(2026, 3, 29, 3, 0), date(2026, 3, 29)),
    ],
    ids=[
        "midnight",
        "before",
        "night shift",
        "morning",
        "first 2:30",
        "second 2:30",
        "before the gap",
        "after the gap",
    ],
)
def test_the_day_of_an_instant_in_vienna(starts: int, at_us: int, day: date) -> None:
    assert Calendar(VIENNA, starts).day_of(at_us) == day


def test_a_day_has_23_hours_or_25() -> None:
    calendar = Calendar(VIENNA)
    lengths = [calendar.start_us(day + timedelta(1)) - calendar.start_us(day) for day in (_SPRING, _AUTUMN)]
    assert lengths == [23 * HOUR_US, 25 * HOUR_US]


_SPRING, _AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


def test_the_first_open_day_is_worked() -> None:
    calendar = Calendar(VIENNA, 6, holidays={date(2026, 11, 2)})
    closed = closing(calendar, "2026-10")
    assert closed.until_us == _us(2026, 11, 1, 6, 0)
    assert closed.open_day == date(2026, 11, 3)
    assert calendar.first_worked(date(2026, 11, 6)) == date(2026, 11, 6)


def test_a_calendar_without_any_work_still_has_an_open_day() -> None:
    assert closing(Calendar(VIENNA, working=frozenset()), "2026-10").open_day == date(2026, 11, 1)


@given(_calendars, _days)
def test_exactly_what_happened_in_closed_months_is_before_the_end(calendar: Calendar, day: date) -> None:
    month = f"{day:%Y-%m}"
    closed = closing(calendar, month)
    assert closed.open_day >= first_after(month)
    assert calendar.day_of(closed.until_us - 1) < first_after(month) <= calendar.day_of(closed.until_us)


@pytest.mark.parametrize("text", ["2026", "2026-13", "October", "2026-10-01", ""])
def test_what_is_no_month(text: str) -> None:
    with pytest.raises(ValueError):
        first_after(text)


def test_the_first_worked_day_is_looked_for_a_year_long() -> None:
    monday = date(2026, 1, 5)
    year = {monday + timedelta(days=number) for number in range(365)}
    assert Calendar(VIENNA, holidays=year).first_worked(monday) == monday + timedelta(days=365)
    assert Calendar(VIENNA, holidays=year | {monday + timedelta(days=365)}).first_worked(monday) == monday
    assert Calendar(VIENNA, working=frozenset()).first_worked(monday) == monday


def test_monday_to_friday_is_worked_unless_said_otherwise() -> None:
    week = [date(2026, 1, 5) + timedelta(days=number) for number in range(7)]
    assert [Calendar(VIENNA).is_worked(day) for day in week] == [True] * 5 + [False] * 2
