"""Keys below zero: of a place on the floor, or of a hand, the book has less than nothing of something.

It is so as long as it is: nothing is kept of it. The usual cause is a scan that is still on its way, or was left out.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from msgspec.structs import astuple
from sqlalchemy import Connection, bindparam, func, select

from scanner_app.domain.ledger import StockKey
from sync.central.database.tables import KEY_NAMES, STOCK_BELOW, keys, ledger, stock, timeline, timelines

BELOW_ZERO = select(*(stock.c[name] for name in KEY_NAMES), stock.c.quantity, stock.c.version).where(
    stock.c.site == bindparam("site"), STOCK_BELOW
)
"""Every key of a ``site`` that is below zero, with its quantity (micro-units) and the version of its row."""


class Crossing(NamedTuple):
    """Where a key went below zero: at an instant (us), by the ``event`` that took the most of it then."""

    effective_us: int
    event: str


class _Row(NamedTuple):
    """A posting on a key: when it happened, its number in the ledger, and its quantity."""

    effective_us: int
    recorded: int
    quantity: int


def last_below(connection: Connection, site: str, key: StockKey) -> Crossing | None:
    """Return when, by the instants of all that is known now, a key last went below zero; None where it is not.

    Of what happened at one instant only the sum counts.
    """
    named = dict(zip(_NAMED, astuple(key), strict=True)) | {"site": site}
    balance = connection.execute(_BALANCE, named).scalar() or 0
    if balance >= 0:
        return None
    for effective_us, group in groupby(_backwards(connection, named), key=lambda row: row.effective_us):
        rows = list(group)
        balance -= sum(row.quantity for row in rows)
        if balance >= 0:
            return Crossing(effective_us, _taker(connection, site, rows))
    return None


def _backwards(connection: Connection, named: dict[str, Any]) -> Iterator[_Row]:
    """The postings on a key from the latest instant back; those that no pass has sorted yet are few."""
    fresh = [_Row(*row) for row in connection.execute(_UNSORTED, named)]
    fresh.sort()
    with connection.execution_options(yield_per=_ROWS_PER_FETCH).execute(_SORTED, named) as rows:
        for row in rows:
            older = _Row(*row)
            while fresh and fresh[-1] > older:
                yield fresh.pop()
            yield older
    yield from reversed(fresh)


def _taker(connection: Connection, site: str, rows: list[_Row]) -> str:
    """The event behind the rows of an instant that took the most; what was taken back again took nothing.

    Of very many only the latest are looked at.
    """
    rows = rows[:_ROWS_PER_FETCH]
    wanted = select(ledger.c.cause, ledger.c.via, ledger.c.quantity).where(
        ledger.c.site == site, ledger.c.recorded.in_([row.recorded for row in rows])
    )
    taken: dict[str, int] = {}
    for cause, via, quantity in connection.execute(wanted.order_by(ledger.c.recorded)):
        event = via or cause
        taken[event] = taken.get(event, 0) + quantity
    return min(taken, key=lambda event: taken[event])


_ROWS_PER_FETCH = 500
_NAMED = tuple(f"of_{name}" for name in KEY_NAMES)
_OF_KEY = {table: [table.c[name] == bindparam(f"of_{name}") for name in KEY_NAMES] for table in (stock, keys, ledger)}
_BALANCE = select(stock.c.quantity).where(stock.c.site == bindparam("site"), *_OF_KEY[stock])
_CELLS = ("effective_us", "recorded", "quantity")
_KEY_ID = select(keys.c.key_id).where(keys.c.site == bindparam("site"), *_OF_KEY[keys]).scalar_subquery()
_SORTED_UNTIL = select(timelines.c.recorded).where(timelines.c.site == bindparam("site")).scalar_subquery()
_SORTED = (
    select(*(timeline.c[name] for name in _CELLS))
    .where(timeline.c.site == bindparam("site"), timeline.c.key_id == _KEY_ID)
    .order_by(timeline.c.effective_us.desc(), timeline.c.recorded.desc(), timeline.c.quantity.desc())
)
_UNSORTED = select(*(ledger.c[name] for name in _CELLS)).where(
    ledger.c.site == bindparam("site"), ledger.c.recorded > func.coalesce(_SORTED_UNTIL, 0), *_OF_KEY[ledger]
)
