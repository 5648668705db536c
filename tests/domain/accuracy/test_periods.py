"""Periods: whatever days they are cut from, their years, months and days are those days, each once."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner_app.domain.accuracy.facets import Sort
from scanner_app.domain.accuracy.period import Period, period_of
from scanner_app.domain.accuracy.sparkline import NONE, SIGNS, sparkline
from scanner_app.domain.accuracy.sums import MOST, NAMES, Sums
from scanner_app.domain.bounds import FIRST_DAY, LAST_DAY
from scanner_app.domain.calendar import Calendar

DAY = timedelta(1)
days = st.dates(date(2020, 1, 1), date(2027, 12, 31))
periods = st.tuples(days, days).map(lambda pair: Period(min(pair), max(pair)))
HOUR_US = 3600 * 1_000_000


def days_of(period: Period) -> list[date]:
    return [period.first + number * DAY for number in range(period.days)]


@given(periods)
def test_what_makes_up_a_period_is_its_days_each_once_and_few(period: Period) -> None:
    parts = [period_of(text) for text in period.covers()]
    assert [day for part in parts for day in days_of(part)] == days_of(period)
    assert len(parts) <= 2 * (30 + 11) + period.days // 365 + 1


@given(periods)
def test_a_period_is_read_as_it_is_written(period: Period) -> None:
    assert period_of(period.text) == period
    assert (period.before().last, period.before().days >= 1) == (period.first - DAY, True)
    assert [one.last + DAY for one in period.latest(3)[:-1]] == [one.first for one in period.latest(3)[1:]]


@given(periods, st.lists(st.tuples(days, st.integers(-9, 9)), max_size=12))
def test_sums_of_a_period_are_those_of_its_days(period: Period, lines: list[tuple[date, int]]) -> None:
    kept: dict[str, Sums] = {}
    for day, net in lines:
        for cell in Sort(day.isoformat()).cells():
            if cell.facet == "all":
                kept[cell.period] = kept.get(cell.period, Sums()).plus(Sums(lines=1, net=net))
    wanted = [net for day, net in lines if period.first <= day <= period.last]
    found = Sums()
    for text in period.covers():
        found = found.plus(kept.get(text, Sums()))
    assert (found.lines, found.net) == (len(wanted), sum(wanted))


@pytest.mark.parametrize("text", ["", "2026-1", "2026-13", "2026-02-30", "26", "2026-05-02/2026-05-01", "x/y", "2026/"])
def test_what_is_no_period(text: str) -> None:
    with pytest.raises(ValueError):
        period_of(text)


def test_days_that_nobody_believes_are_in_no_period() -> None:
    for day in (FIRST_DAY - DAY, LAST_DAY + DAY):
        with pytest.raises(ValueError, match=str(day)):
            period_of(day.isoformat())
    assert period_of(FIRST_DAY.isoformat()).latest(14) == [Period(FIRST_DAY, FIRST_DAY)]


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-10-26", 24)])
def test_a_day_has_as_many_hours_as_its_clocks_show(day: str, hours: int) -> None:
    calendar = Calendar(ZoneInfo("Europe/Vienna"))
    first_us, end_us = period_of(day).instants_us(calendar)
    assert end_us - first_us == hours * HOUR_US
    assert {calendar.day_of(at_us).isoformat() for at_us in (first_us, end_us - 1)} == {day}


@given(st.lists(st.none() | st.integers(-(10**8), 10**8), max_size=14))
def test_a_sparkline_has_a_sign_a_period_and_rises_with_them(values: list[int | None]) -> None:
    line = sparkline(values)
    assert len(line) == len(values)
    known = [(value, SIGNS.index(sign)) for value, sign in zip(values, line, strict=True) if value is not None]
    assert all(one[1] <= other[1] for one in known for other in known if one[0] < other[0])
    assert [sign == NONE for sign in line] == [value is None for value in values]


def test_no_sum_is_larger_than_every_database_can_hold() -> None:
    most = Sums(*(MOST for _ in NAMES))
    assert most.plus(most) == most
    assert Sums().plus(most, -1).plus(most, -1) == Sums(*(-MOST for _ in NAMES))
