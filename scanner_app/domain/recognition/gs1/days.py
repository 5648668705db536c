"""Days on labels: six digits, two of them the year, become an ISO day, or nothing when there is no such day."""

_LAST_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
YEAR_MIN = 2026
"""No scan of this program was made before it: what a clock says that was never set is not believed."""


def day_of(digits: str, year: int) -> str:
    """The ISO day of ``YYMMDD`` as read in ``year``; day 00 is the last of its month; empty when there is no such day.

    The century (GS1 General Specifications, 7.12) is the one that brings the year closest: at most 49 years back and 50
    ahead.

    >>> day_of("261231", 2026), day_of("260200", 2026), day_of("260431", 2026)
    ('2026-12-31', '2026-02-28', '')
    >>> day_of("760101", 2026), day_of("770101", 2026)
    ('2076-01-01', '1977-01-01')
    """
    month, day = int(digits[2:4]), int(digits[4:6])
    return iso_day(year_of(int(digits[:2]), year), month, day) if 1 <= month <= 12 else ""


def iso_day(year: int, month: int, day: int) -> str:
    """A day in ISO form; 0 is the last of the month; empty when there is no such day.

    >>> iso_day(2028, 2, 0), iso_day(2027, 2, 29), iso_day(2027, 13, 1)
    ('2028-02-29', '', '')
    """
    if not 1 <= month <= 12:
        return ""
    last = _last(year, month)
    return f"{year:04}-{month:02}-{day or last:02}" if day <= last else ""


def day_in_year(year: int, number: int) -> str:
    """The ISO day that is the so manieth of its year, from 1 on; empty when there is none.

    >>> day_in_year(2028, 60), day_in_year(2027, 366)
    ('2028-02-29', '')
    """
    month = 1
    while month <= 12 and number > _last(year, month):
        number -= _last(year, month)
        month += 1
    return iso_day(year, month, number) if number else ""


def is_day(year: int, month: int, day: int) -> bool:
    return bool(day) and bool(iso_day(year, month, day))


def year_of(two: int, year: int) -> int:
    """The year that two digits mean, as read in ``year``."""
    year = max(year, YEAR_MIN)
    century = year - year % 100
    ahead = two - year % 100
    if ahead > 50:
        return century - 100 + two
    return century + 100 + two if ahead < -49 else century + two


def _last(year: int, month: int) -> int:
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and is_leap else _LAST_DAYS[month - 1]
