"""Movements around a case: what happened at the same keys before it and after it, a few of each."""

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec.structs import replace
from sqlalchemy import ColumnElement, Connection, and_, bindparam, select

from scanner_app.domain.desk.case import Movement
from scanner_app.domain.ledger import Posting, StockKey, is_account
from sync.central.book.as_of import NOW
from sync.central.database.tables import KEY_NAMES, events, keys, ledger, timeline, timelines

AROUND_MAX = 5
"""Movements before, and as many after."""
KEYS_MAX = 4
"""Of a case; one of more keys is shown by the first of them."""
UNSORTED_MAX = 2_000
"""Rows of the ledger behind its timelines that are looked through, the newest first."""
_ROW = (ledger.c.recorded, ledger.c.cause, ledger.c.via, *(ledger.c[name] for name in KEY_NAMES), ledger.c.quantity)
_INSTANT = (ledger.c.effective_us, ledger.c.device, ledger.c.epoch, ledger.c.sequence, ledger.c.leg)
_WHOLE = (*_ROW, *_INSTANT, events.c.operator, events.c.kind, events.c.received_us, events.c.payload)
_event = and_(events.c.site == ledger.c.site, events.c.id == ledger.c.cause)


def movements(connection: Connection, site: str, subject: str, rows: Sequence[Posting]) -> tuple[Movement, ...]:
    """Return the rows of the event ``subject``, as it says them, among what the book has around them."""
    if not rows:
        return ()
    shown = _keys(rows)
    first_us, last_us = min(row.instant.time_us for row in rows), max(row.instant.time_us for row in rows)
    before = _around(connection, site, shown, last_us, is_before=True)
    after = _around(connection, site, shown, first_us, is_before=False)
    found = {row.recorded: row for row in (*before, *after) if subject not in (row.cause, row.via)}
    own = [_own(row) for row in rows if row.key in shown]
    return sorted_movements((*map(movement_of, found.values()), *own))


def movements_at(
    connection: Connection, site: str, subject: str, shown: Sequence[StockKey], at_us: int = NOW
) -> tuple[Movement, ...]:
    """Return what the book has around an instant, by default the latest; rows of the event ``subject`` are marked."""
    rows = rows_at(connection, site, shown, at_us)
    return sorted_movements(replace(movement_of(row), is_subject=row.cause == subject) for row in rows)


def rows_at(connection: Connection, site: str, shown: Sequence[StockKey], at_us: int) -> list[Any]:
    """Return the rows that the book has around an instant, a few before it and a few after, with their events."""
    before = _around(connection, site, shown, at_us, is_before=True)
    after = _around(connection, site, shown, at_us, is_before=False)
    return list({row.recorded: row for row in (*before, *after)}.values())


def sorted_movements(movements: Iterable[Movement]) -> tuple[Movement, ...]:
    """Put movements in order, those of the case itself first."""
    return tuple(sorted(movements, key=lambda movement: (movement.at_us, not movement.is_subject)))


def _keys(rows: Iterable[Posting]) -> list[StockKey]:
    real = dict.fromkeys(row.key for row in rows if not is_account(row.key.place))
    return list(real)[:KEYS_MAX]


def _around(
    connection: Connection, site: str, shown: Sequence[StockKey], at_us: int, *, is_before: bool
) -> Sequence[Any]:
    """The nearest rows on one side of an instant, from the timelines and from what is not sorted into them yet."""
    side = ledger.c.effective_us <= at_us if is_before else ledger.c.effective_us >= at_us
    order = ledger.c.effective_us.desc() if is_before else ledger.c.effective_us
    numbers = {number for key in shown for number in _numbers(connection, site, key, at_us, is_before=is_before)}
    numbers |= _unsorted(connection, site, shown)
    wanted = select(*_WHOLE).select_from(ledger.outerjoin(events, _event))
    wanted = wanted.where(ledger.c.site == site, ledger.c.recorded.in_(sorted(numbers)), side)
    return connection.execute(wanted.order_by(order, ledger.c.recorded).limit(AROUND_MAX)).all()


def _numbers(connection: Connection, site: str, key: StockKey, at_us: int, *, is_before: bool) -> set[int]:
    key_id = connection.execute(_KEY_ID, {"site": site, **_named(key)}).scalar()
    if key_id is None:
        return set()
    at = timeline.c.effective_us
    order = (at.desc(), timeline.c.recorded.desc()) if is_before else (at, timeline.c.recorded)
    side = at <= at_us if is_before else at >= at_us
    wanted = select(timeline.c.recorded).where(timeline.c.site == site, timeline.c.key_id == key_id, side)
    return set(connection.execute(wanted.order_by(*order).limit(AROUND_MAX + KEYS_MAX)).scalars())


def _unsorted(connection: Connection, site: str, shown: Sequence[StockKey]) -> set[int]:
    """Rows of the keys that no pass has taken yet."""
    taken = connection.execute(select(timelines.c.recorded).where(timelines.c.site == site)).scalar() or 0
    newest = select(ledger.c.recorded, *(ledger.c[name] for name in KEY_NAMES))
    newest = newest.where(ledger.c.site == site, ledger.c.recorded > taken)
    rows = connection.execute(newest.order_by(ledger.c.recorded.desc()).limit(UNSORTED_MAX)).all()
    return {row[0] for row in rows if StockKey(*row[1:]) in shown}


def _named(key: StockKey) -> dict[str, str]:
    return {f"of_{name}": getattr(key, name) for name in KEY_NAMES}


_same: list[ColumnElement[bool]] = [keys.c[name] == bindparam(f"of_{name}") for name in KEY_NAMES]
_KEY_ID = select(keys.c.key_id).where(keys.c.site == bindparam("site"), *_same)


def movement_of(row: Any) -> Movement:
    """A row of the book as a case shows it."""
    return Movement(
        at_us=row.effective_us,
        place=row.place,
        item=row.item,
        quantity=row.quantity,
        operator=row.operator or "",
        kind=row.kind or "",
    )


def _own(row: Posting) -> Movement:
    return Movement(
        at_us=row.instant.time_us, place=row.key.place, item=row.key.item, quantity=row.quantity, is_subject=True
    )
