"""Calendars of sites as the store keeps them, and the closing of their months.

What happens in a closed month, and is learnt after it was closed, is booked on the first open day: the ledger row has
both, the instant and that date. Rows that were written before keep what they have. The site's counter row says how far
its books are closed, so that applying events asks no more than it did.
"""

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from msgspec import Struct
from sqlalchemy import Connection, delete, select

from scanner_app.domain.bounds import FIRST_DAY, LAST_DAY, is_day_believed
from scanner_app.domain.calendar import Calendar, closing, first_after
from scanner_app.domain.catalog import Site
from scanner_app.errors import CentralError
from sync.central.book.counters import locked_counters, set_counters
from sync.central.database.bulk import upsert_rows
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.store import CentralStore
from sync.central.database.tables import calendars, holidays

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_USUAL = (0, " ".join(WEEKDAYS[:5]), "")


class ShownCalendar(Struct, frozen=True):
    """A site's calendar as people read it; ``closed_month`` is empty while nothing is closed."""

    zone: str
    day_starts: int
    working: str
    holidays: tuple[date, ...]
    closed_month: str
    open_day: str


def calendar_of(connection: Connection, site: str) -> Calendar:
    """Return the calendar of a site; without one of its own its days begin at midnight and its weeks have five days.

    Raises:
        CentralError: there is no such site.
    """
    day_starts, working, _month = _kept(connection, site)
    weekdays = frozenset(WEEKDAYS.index(word) for word in working.split())
    return Calendar(ZoneInfo(_zone(connection, site)), day_starts, weekdays, frozenset(_holidays(connection, site)))


def shown(connection: Connection, site: str) -> ShownCalendar:
    """Return the calendar of a site as people read it.

    Raises:
        CentralError: there is no such site.
    """
    calendar = calendar_of(connection, site)
    day_starts, working, month = _kept(connection, site)
    open_day = closing(calendar, month).open_day.isoformat() if month else ""
    days = tuple(sorted(_holidays(connection, site)))
    return ShownCalendar(_zone(connection, site), day_starts, working, days, month, open_day)


def set_days(store: CentralStore, site: str, day_starts: int | None, working: str | None) -> None:
    """Set the hour at which the days of a site begin, and its working days, as words such as ``mon tue``.

    Raises:
        CentralError: there is no such site, or no such weekday.
    """
    words = None if working is None else working.lower().replace(",", " ").split()
    if words is not None and not set(words) <= set(WEEKDAYS):
        raise CentralError(f"Working days are words of {', '.join(WEEKDAYS)}.")

    def keep(connection: Connection) -> None:
        _zone(connection, site)
        locked_counters(connection, site)
        hour, days, month = _kept(connection, site)
        days = days if words is None else " ".join(day for day in WEEKDAYS if day in words)
        upsert_rows(connection, calendars, [(site, hour if day_starts is None else day_starts, days, month)])
        keep_closed(connection, site)

    store.write(keep)


def set_holidays(store: CentralStore, site: str, days: Iterable[date], *, are_worked: bool = False) -> None:
    """Make days holidays of a site, or working days again.

    Raises:
        CentralError: there is no such site.
    """
    rows = [(site, day.isoformat()) for day in map(_believed, days)]

    def keep(connection: Connection) -> None:
        _zone(connection, site)
        locked_counters(connection, site)
        of_days = (holidays.c.site == site, holidays.c.day.in_([day for _site, day in rows]))
        connection.execute(delete(holidays).where(*of_days))
        if rows and not are_worked:
            connection.execute(holidays.insert(), [{"site": site, "day": day} for _site, day in rows])
        keep_closed(connection, site)

    store.write(keep)


def close_month(store: CentralStore, site: str, month: str, now_us: int) -> date:
    """Close a month and all before it; return the first open day.

    Raises:
        CentralError: it is no month, is not over, or is closed already; or there is no such site.
    """

    def keep(connection: Connection) -> date:
        calendar = calendar_of(connection, site)
        if month <= _kept(connection, site)[2]:
            raise CentralError(f"The books of site {site} are closed up to {_kept(connection, site)[2]} already.")
        if _closing_of(calendar, month)[0] > now_us:
            raise CentralError(f"{month} is not over at site {site}.")
        return _close(connection, site, calendar, month)

    _checked(month)
    return store.write(keep)


def reopen_month(store: CentralStore, site: str, month: str) -> None:
    """Open a closed month and all after it; what was booked meanwhile stays where it is.

    Raises:
        CentralError: it is no month, or is not closed; or there is no such site.
    """

    def keep(connection: Connection) -> None:
        calendar = calendar_of(connection, site)
        if month > _kept(connection, site)[2]:
            raise CentralError(f"{month} is not closed at site {site}.")
        _close(connection, site, calendar, _before(month))

    _checked(month)
    store.write(keep)


def keep_closed(connection: Connection, site: str) -> None:
    """Let the end of a closed month, and the open day behind it, follow a calendar or a time zone that has changed."""
    month = _kept(connection, site)[2]
    if month:
        _close(connection, site, calendar_of(connection, site), month)


def _checked(month: str) -> None:
    try:
        is_believed = is_day_believed(date.fromisoformat(f"{month}-01")) and is_day_believed(first_after(month))
    except (ValueError, OverflowError) as trouble:
        raise CentralError(f"Write a month like 2026-10; {month} is not.") from trouble
    if not is_believed:
        raise CentralError(f"Name a month from {FIRST_DAY:%Y-%m} on, and before {LAST_DAY:%Y-%m}; {month} is not.")


def _believed(day: date) -> date:
    if not is_day_believed(day):
        raise CentralError(f"Name a day from {FIRST_DAY} to {LAST_DAY}; {day} is not.")
    return day


def _before(month: str) -> str:
    year, number = map(int, month.split("-"))
    return f"{year - 1:04}-12" if number == 1 else f"{year:04}-{number - 1:02}"


def _closing_of(calendar: Calendar, month: str) -> tuple[int, date]:
    closed = closing(calendar, month)
    return closed.until_us, closed.open_day


def _close(connection: Connection, site: str, calendar: Calendar, month: str) -> date:
    until_us, open_day = _closing_of(calendar, month)
    counters = locked_counters(connection, site)
    day_starts, working, _month = _kept(connection, site)
    upsert_rows(connection, calendars, [(site, day_starts, working, month)])
    set_counters(connection, site, counters._replace(closed_until_us=until_us, open_day=open_day.isoformat()))
    return open_day


def _kept(connection: Connection, site: str) -> tuple[int, str, str]:
    cells = (calendars.c.day_starts, calendars.c.working, calendars.c.closed_month)
    row = connection.execute(select(*cells).where(calendars.c.site == site)).one_or_none()
    return (row[0], row[1], row[2]) if row else _USUAL


def _holidays(connection: Connection, site: str) -> list[date]:
    days = connection.execute(select(holidays.c.day).where(holidays.c.site == site)).scalars()
    return [date.fromisoformat(day) for day in days]


def _zone(connection: Connection, site: str) -> str:
    table = BY_STRUCT[Site].table
    zone = connection.execute(select(table.c.zone).where(table.c.site == site)).scalar()
    if zone is None:
        raise CentralError(f"There is no site {site}.")
    return str(zone)
