"""The site's calendar: which day an instant belongs to, which days are worked, and where a late event is booked.

Instants are whole microseconds since 1970 (UTC). A day begins when the site's clocks first show its hour; where they
skip that hour, it begins as if they had not been changed yet. So days follow one another without gap or overlap,
whatever the clocks do, and a day may have 23 hours, or 25.
"""

from collections.abc import Set
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_DAY = timedelta(days=1)
_LOOKED_FOR_MAX = 366
MONDAY_TO_FRIDAY = frozenset(range(5))


@dataclass(frozen=True)
class Calendar:
    """``day_starts`` is the hour at which the day of a site begins; ``working`` are weekdays, Monday being 0."""

    zone: tzinfo
    day_starts: int = 0
    working: Set[int] = MONDAY_TO_FRIDAY
    holidays: Set[date] = frozenset()

    def start_us(self, day: date) -> int:
        """The instant at which a day begins."""
        return (datetime.combine(day, time(self.day_starts), self.zone) - _EPOCH) // _MICROSECOND

    def day_of(self, instant_us: int) -> date:
        """The day that an instant belongs to."""
        day = (_EPOCH + instant_us * _MICROSECOND).astimezone(self.zone).date() + _DAY
        while self.start_us(day) > instant_us:
            day -= _DAY
        return day

    def is_worked(self, day: date) -> bool:
        return day.weekday() in self.working and day not in self.holidays

    def first_worked(self, day: date) -> date:
        """The first day that is worked from ``day`` on; ``day`` itself where a whole year has none."""
        days = (day + number * _DAY for number in range(_LOOKED_FOR_MAX))
        return next((later for later in days if self.is_worked(later)), day)


def first_after(month: str) -> date:
    """The first day after a month.

    >>> first_after("2026-12")
    datetime.date(2027, 1, 1)

    Raises:
        ValueError: this is no month.
    """
    first = date.fromisoformat(f"{month}-01")
    return (first + 31 * _DAY).replace(day=1)


@dataclass(frozen=True)
class Closing:
    """The books up to some month are closed: what happened before ``until_us`` is booked on ``open_day``."""

    until_us: int
    open_day: date


def closing(calendar: Calendar, month: str) -> Closing:
    """Close a month and all before it; the first open day is the first that is worked after it.

    Raises:
        ValueError: this is no month.
    """
    after = first_after(month)
    return Closing(calendar.start_us(after), calendar.first_worked(after))
