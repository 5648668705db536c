"""Posting (double-entry bookkeeping): the stock and ledger rows of a batch of events, numbered and chained."""

from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from typing import Any

import msgspec
from msgspec.structs import astuple, replace
from sqlalchemy import Connection, bindparam, select

from scanner_app.domain.events.event import postings
from scanner_app.domain.ledger import Posting, StockKey, is_on_device, is_virtual
from sync.central.book.booking_dates import dates_of_undone
from sync.central.book.counters import Counters
from sync.central.book.undoing import Undoing
from sync.central.database.bulk import add_rows, insert_rows
from sync.central.database.tables import KEY_NAMES, ledger, stock
from sync.central.events.decode import Arrival

Row = tuple[Any, ...]

encoded: Callable[[Row], bytes] = msgspec.json.Encoder().encode
"""The canonical form of a ledger row without its hash: a JSON array, cells in the order of the columns."""

_BELOW = select(*(stock.c[name] for name in KEY_NAMES), stock.c.quantity).where(
    stock.c.site == bindparam("site"),
    stock.c.on_device.is_(True),
    stock.c.version > bindparam("version"),
    stock.c.quantity < bindparam("bound"),
)
"""Rows that the batch wrote and that hold less than some bound."""


def linked(head: bytes, row: Row) -> bytes:
    """Return the hash of a ledger row (without its hash) that follows ``head`` in the chain of its site."""
    return sha256(head + encoded(row)).digest()


def below_zero(
    outgoing: Iterable[tuple[StockKey, int, str]], totals: Mapping[StockKey, int], balances: Mapping[StockKey, int]
) -> set[str]:
    """Name the causes whose outgoing posting left less than nothing, from the ``balances`` after the whole batch.

    An outgoing posting is its key, what the batch had changed of the key so far, and its cause; ``totals`` are what the
    batch changes in all. Of 10 nuts ``e1`` takes 12, then ``e2`` brings 5 and ``e3`` takes 1: the batch changes the
    shelf by -8, and it ends at 2. What each left shows by going back from there: 2 + 8 - 12 after ``e1``, and
    2 + 8 - 8 after ``e3``.

    >>> shelf = StockKey("A", "NUT")
    >>> below_zero([(shelf, -12, "e1"), (shelf, -8, "e3")], {shelf: -8}, {shelf: 2})
    {'e1'}
    """
    return {cause for key, so_far, cause in outgoing if key in balances and balances[key] - totals[key] + so_far < 0}


class Posted:
    """Changes of stock by one batch, in the order of its events, before they are written."""

    def __init__(self, arrivals: Iterable[Arrival]) -> None:
        self.causes: list[tuple[str, str, list[Posting]]] = []
        self.totals: dict[StockKey, int] = {}
        self._outgoing: list[tuple[StockKey, int, str]] = []
        for arrival in arrivals:
            assert arrival.fact is not None
            self._add(arrival.envelope.id, "", postings(arrival.envelope, arrival.fact))

    def undo(self, undoing: Undoing) -> None:
        """Take the rows of an event back, or add them once more, at their own instants, for another cause.

        One that leaves it as it was gives its keys new versions all the same: a device that annulled it waits for them.
        """
        rows = postings(undoing.envelope, undoing.fact)
        for row in rows:
            self.totals.setdefault(row.key, 0)
        if undoing.sign:
            signed = [replace(row, quantity=undoing.sign * row.quantity) for row in rows]
            self._add(undoing.cause, undoing.envelope.id, signed)

    def _add(self, cause: str, via: str, rows: list[Posting]) -> None:
        """Net the postings of one cause: a key that ends where it began (a hand between two legs) has not changed."""
        nets: dict[StockKey, int] = {}
        for posting in rows:
            key = posting.key
            nets[key] = nets.get(key, 0) + posting.quantity
        totals = self.totals
        for key, net in nets.items():
            if net:
                total = totals[key] = totals.get(key, 0) + net
                if net < 0 and not is_virtual(key.place):
                    self._outgoing.append((key, total, cause))
        self.causes.append((cause, via, rows))

    def write_stock(self, connection: Connection, site: str, version: int) -> tuple[int, set[str]]:
        """Add to the stock rows, each with a version of its own after ``version``.

        A key that only the batch as a whole leaves as it was gets a version too: devices that still count one of its
        events themselves wait for the row.

        Returns:
            The last version given, and the ids of the events that left less than nothing at a real place.
        """
        rows = [
            (site, *astuple(key), total, is_on_device(key.place), number)
            for number, (key, total) in enumerate(self.totals.items(), version + 1)
        ]
        add_rows(connection, stock, rows)
        return version + len(rows), self._negative(connection, site, version)

    def _negative(self, connection: Connection, site: str, version: int) -> set[str]:
        """Read the balances that are low enough for :func:`below_zero`: a batch at full shelves reads none."""
        bound = max((self.totals[key] - so_far for key, so_far, _ in self._outgoing), default=None)
        if bound is None:
            return set()
        low = connection.execute(_BELOW, {"site": site, "version": version, "bound": bound}).all()
        return below_zero(self._outgoing, self.totals, {StockKey(*row[:-1]): row[-1] for row in low})

    def write_ledger(self, connection: Connection, site: str, before: Counters) -> tuple[int, bytes]:
        """Append the postings to the ledger; return the last recorded number and the new head of the chain."""
        rows = []
        recorded, head, closed_until_us, open_day = before[1:5]
        dates = dates_of_undone(connection, site, self.causes, open_day)
        for cause, via, of_cause in self.causes:
            for posting in of_cause:
                recorded += 1
                effective_us, device, epoch, sequence, leg = posting.instant
                numbers = (posting.quantity, effective_us, device, epoch, sequence, via)
                booked = dates.get((via, leg)) or (open_day if effective_us < closed_until_us else "")
                row = (site, recorded, cause, leg, *astuple(posting.key), *numbers, booked)
                head = sha256(head + encoded(row)).digest()
                rows.append((*row, head))
        insert_rows(connection, ledger, rows)
        return recorded, head
