"""Moments as people write them: an instant, or a day by the site's calendar; what was known, by row or by time."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection

from scanner_app.errors import CentralError
from sync.central.book.as_of import NOW, BookMoment
from sync.central.book.timelines import recorded_at
from sync.central.sites.calendar import calendar_of

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_DAY_LENGTH = len("2026-10-31")


def moment_of(connection: Connection, site: str, as_of: str, known_at: str) -> BookMoment:
    """Read both, each empty for now.

    Raises:
        CentralError: one is written in no known way.
    """
    effective_us = instant_us(connection, site, as_of) if as_of else NOW
    if not known_at:
        return BookMoment(effective_us)
    if known_at.isascii() and known_at.isdigit() and len(known_at) < 19:
        return BookMoment(effective_us, int(known_at))
    return BookMoment(effective_us, recorded_at(connection, site, instant_us(connection, site, known_at)))


def instant_us(connection: Connection, site: str, text: str) -> int:
    """Read ``2026-10-31T18:00+01:00``, the same without an offset in the site's zone, or a day, which means its end.

    Raises:
        CentralError: it is none of them.
    """
    calendar = calendar_of(connection, site)
    try:
        if len(text) == _DAY_LENGTH:
            return calendar.start_us(date.fromisoformat(text) + timedelta(days=1)) - 1
        read = datetime.fromisoformat(text)
    except (ValueError, OverflowError) as trouble:
        raise CentralError(f"Write a time like 2026-10-31T18:00+01:00, or a day; {text} is neither.") from trouble
    at = read if read.tzinfo else read.replace(tzinfo=calendar.zone)
    return (at - _EPOCH) // _MICROSECOND
