"""Days on GS1 labels: six digits, two of them the year, become an ISO day, or nothing when there is no such day."""

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
    whole = _year(int(digits[:2]), max(year, YEAR_MIN))
    month, day = int(digits[2:4]), int(digits[4:6])
    if not 1 <= month <= 12:
        return ""
    is_leap = whole % 4 == 0 and (whole % 100 != 0 or whole % 400 == 0)
    last = 29 if month == 2 and is_leap else _LAST_DAYS[month - 1]
    return f"{whole}-{month:02}-{day or last:02}" if day <= last else ""


def _year(two: int, year: int) -> int:
    century = year - year % 100
    ahead = two - year % 100
    if ahead > 50:
        return century - 100 + two
    return century + 100 + two if ahead < -49 else century + two
