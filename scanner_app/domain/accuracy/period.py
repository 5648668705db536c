"""A period of the site's calendar: a day, a month or a year, or all days from one to another, as text."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from scanner_app.domain.bounds import is_day_believed
from scanner_app.domain.calendar import Calendar

_DAY = timedelta(days=1)
TO = "/"
"""Between the first and the last day of a period that is neither a day, a month nor a year."""
_MONTHS = 12


class Period(NamedTuple):
    """From the ``first`` to the ``last`` day, both within it."""

    first: date
    last: date

    @property
    def text(self) -> str:
        """As it is written, as short as may be."""
        whole = list(self.covers())
        return whole[0] if len(whole) == 1 else f"{self.first}{TO}{self.last}"

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def covers(self) -> Iterator[str]:
        """The fewest years, months and days that make it up, in order.

        >>> list(Period(date(2025, 12, 31), date(2027, 2, 1)).covers())
        ['2025-12-31', '2026', '2027-01', '2027-02-01']
        """
        at = self.first
        while at <= self.last:
            span = next(one for one in (_year(at), _month(at), _day(at)) if _fits(one, at, self.last))
            yield _name(span)
            at = span.last + _DAY

    def before(self) -> "Period":
        """The one before it, of the same kind or as long.

        >>> period_of("2026-03").before().text, period_of("2026-03-01").before().text
        ('2026-02', '2026-02-28')
        """
        last = self.first - _DAY
        whole = next(
            (make(last) for make, mine in ((_year, _year), (_month, _month)) if mine(self.first) == self), None
        )
        return whole or Period(last - (self.days - 1) * _DAY, last)

    def latest(self, count: int) -> list["Period"]:
        """The last so many of its kind up to it, the earliest first."""
        found = [self]
        while len(found) < count and is_day_believed(found[-1].first - self.days * _DAY):
            found.append(found[-1].before())
        return found[::-1]

    def instants_us(self, calendar: Calendar) -> tuple[int, int]:
        """From which instant until before which one it lasts."""
        return calendar.start_us(self.first), calendar.start_us(self.last + _DAY)


def period_of(text: str) -> Period:
    """Read ``2026``, ``2026-10``, ``2026-10-05``, or two days with a stroke between them.

    >>> period_of("2026-02").days, period_of("2026-10-05/2026-10-06").days
    (28, 2)

    Raises:
        ValueError: it is none of them, or of days that nobody believes.
    """
    first, stroke, last = text.partition(TO)
    found = Period(_span(first).first, _span(last).last) if stroke else _span(first)
    if found.first > found.last or not (is_day_believed(found.first) and is_day_believed(found.last)):
        raise ValueError(text)
    return found


def month_of(day: date) -> Period:
    return _month(day)


def _span(text: str) -> Period:
    if len(text) not in _SPANS or not text.isascii():
        raise ValueError(text)
    rest, make = _SPANS[len(text)]
    first = date.fromisoformat(text + rest)
    if not is_day_believed(first):
        raise ValueError(text)
    return make(first)


def _day(day: date) -> Period:
    return Period(day, day)


def _year(day: date) -> Period:
    return Period(day.replace(month=1, day=1), day.replace(month=_MONTHS, day=31))


def _month(day: date) -> Period:
    first = day.replace(day=1)
    return Period(first, (first + 31 * _DAY).replace(day=1) - _DAY)


def _fits(span: Period, at: date, last: date) -> bool:
    return span.first == at and span.last <= last


def _name(span: Period) -> str:
    text = span.first.isoformat()
    return text[:4] if span == _year(span.first) else text[:7] if span == _month(span.first) else text


_SPANS = {4: ("-01-01", _year), 7: ("-01", _month), 10: ("", _day)}
"""By its length, what is missing of a text to be a day, and the period that it is then."""
