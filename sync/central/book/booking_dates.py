"""Booking dates for finance: the days of rows that take an event back, or bring it again.

What was booked on another day than its own, because its month was closed, is taken back on that day: also when the
month has been opened again meanwhile. So the days of an event and of what undoes it sum to zero one by one. Only a day
in a month that has been closed since gives way to the first open day.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select

from scanner_app.domain.ledger import Posting
from sync.central.book.via import claim_in
from sync.central.database.tables import KEY_NAMES, keys, ledger, timeline, timelines

_MONTH_LENGTH = len("2026-10")
Dates = dict[tuple[str, int], str]
"""The day of an event's leg, where it is another than that of its instant."""


def dates_of_undone(
    connection: Connection, site: str, causes: Iterable[tuple[str, str, Sequence[Posting]]], open_day: str
) -> Dates:
    """Return the days on which ``causes`` (each an event, the one it undoes, the rows) are booked, unless usual ones.

    ``open_day`` is empty at a site that has never closed a month.
    """
    if not open_day:
        return {}
    undone = {via: rows for _cause, via, rows in causes if via and rows and not claim_in(via)}
    return {
        (event, leg): booked if booked[:_MONTH_LENGTH] >= open_day[:_MONTH_LENGTH] else open_day
        for event, rows in undone.items()
        for leg, booked in _booked(connection, site, event, rows)
        if booked
    }


def _booked(connection: Connection, site: str, event: str, rows: Sequence[Posting]) -> Iterator[tuple[int, str]]:
    """Each leg of an event, and the day on which the newest rows of it are booked."""
    second = _newest(connection, site, event, rows[1])
    if second is None:
        return
    of_event = ledger.c.recorded.between(second - 1, second + len(rows) - 2)
    booked_rows = connection.execute(select(ledger.c.leg, ledger.c.booked).where(ledger.c.site == site, of_event)).all()
    yield from ((row.leg, row.booked) for row in booked_rows)


def _newest(connection: Connection, site: str, event: str, posting: Posting) -> int | None:
    """The number of the newest row that is this ``one`` of an event, found by its key's timeline or behind all of them.

    What is asked by its number comes from an index; a join might read the whole ledger.
    """
    taken = connection.execute(select(timelines.c.recorded).where(timelines.c.site == site)).scalar() or 0
    of_posting = (
        or_(ledger.c.cause == event, ledger.c.via == event),
        ledger.c.leg == posting.instant.leg,
        *_named(ledger.c, posting),
    )
    newest = select(func.max(ledger.c.recorded)).where(ledger.c.site == site, *of_posting)
    behind: int | None = connection.execute(newest.where(ledger.c.recorded > taken)).scalar()
    if behind is not None:
        return behind
    numbers = _at_instant(connection, site, posting)
    number: int | None = connection.execute(newest.where(ledger.c.recorded.in_(numbers))).scalar()
    return number


def _at_instant(connection: Connection, site: str, posting: Posting) -> Sequence[int]:
    """The numbers of the rows of a key at one instant."""
    key_id = connection.execute(select(keys.c.key_id).where(keys.c.site == site, *_named(keys.c, posting))).scalar()
    of_key = (timeline.c.site == site, timeline.c.key_id == key_id, timeline.c.effective_us == posting.instant.time_us)
    return connection.execute(select(timeline.c.recorded).where(*of_key)).scalars().all()


def _named(columns: Any, posting: Posting) -> Iterator[ColumnElement[bool]]:
    return (columns[name] == getattr(posting.key, name) for name in KEY_NAMES)
