"""Posting (double-entry bookkeeping): the stock and ledger rows of a batch of events, numbered and chained."""

from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from types import MappingProxyType
from typing import Any

import msgspec
from msgspec.structs import astuple, replace
from sqlalchemy import Connection, bindparam, or_, select

from scanner_app.domain.bounds import CELL_QUANTITY_MAX
from scanner_app.domain.clock import Instant
from scanner_app.domain.events.event import postings
from scanner_app.domain.ledger import ADJUSTMENT, Posting, StockKey, is_account, is_on_device
from scanner_app.errors import CentralError
from sync.central.book.booking_dates import dates_of_undone
from sync.central.book.counters import Counters
from sync.central.book.serial_suspects import suspect
from sync.central.book.undoing import Undoing
from sync.central.book.via import via_of
from sync.central.database.bulk import add_rows, insert_rows
from sync.central.database.tables import ledger, stock
from sync.central.events.decode import Arrival

Row = tuple[Any, ...]

NOTHING: Mapping[Any, Any] = MappingProxyType({})
encoded: Callable[[Any], bytes] = msgspec.json.Encoder().encode
"""The canonical form of a ledger row without its hash: a JSON array, cells in the order of the columns."""
_instant = msgspec.json.Decoder(Instant | None)

_FULL = (
    select(stock.c.version)
    .where(stock.c.site == bindparam("site"), stock.c.on_device.in_([True, False]))
    .where(stock.c.version > bindparam("version"))
    .where(or_(stock.c.quantity > CELL_QUANTITY_MAX, stock.c.quantity < -CELL_QUANTITY_MAX))
    .limit(1)
)
"""Of the rows that a batch wrote, one that holds more than is believed; asked where there may be one at all."""


def instant_of(text: str) -> Instant | None:
    """The instant of the latest standing claim of a key, as its row of stock holds it."""
    return _instant.decode(text) if text else None


class CellFullError(CentralError, OverflowError):
    """A stock key would hold more than is believed: the batch is not written, and what does it is looked for."""

    def __init__(self) -> None:
        super().__init__("A stock key would hold more than anybody has. Look for the wrong quantity.")


def linked(head: bytes, row: Row) -> bytes:
    """Return the hash of a ledger row (without its hash) that follows ``head`` in the chain of its site."""
    return sha256(head + encoded(row)).digest()


def _adjustment(key: StockKey) -> StockKey:
    return StockKey(ADJUSTMENT, key.item, key.lot, key.serial, key.owner, key.status)


class Posted:
    """Changes of stock by one batch, in the order of its events, before they are written."""

    def __init__(self, arrivals: Iterable[Arrival]) -> None:
        self.causes: list[tuple[str, str, list[Posting]]] = []
        self.totals: dict[StockKey, int] = {}
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

    def adjust(self, cause: str, claim: str, rows: list[Posting]) -> None:
        """Add what a claim books, each row against the account of adjustments."""
        both = [
            side
            for row in rows
            for side in (row, Posting(_adjustment(row.key), -row.quantity, row.instant))
        ]  # fmt: skip
        self._add(cause, via_of(claim), both)

    def _add(self, cause: str, via: str, rows: list[Posting]) -> None:
        """Net the postings of one cause: a key that ends where it began (a hand between two legs) has not changed.

        Of a serial that is written all the same, with nothing: of each all places are known at which it ever was.
        """
        nets: dict[StockKey, int] = {}
        for posting in rows:
            key = posting.key
            nets[key] = nets.get(key, 0) + posting.quantity
        totals = self.totals
        for key, net in nets.items():
            if net or (key.serial and not is_account(key.place)):
                totals[key] = totals.get(key, 0) + net
        self.causes.append((cause, via, rows))

    def write_stock(
        self, connection: Connection, site: str, before: Counters, claimed: Mapping[StockKey, Instant | None] = NOTHING
    ) -> Counters:
        """Add to the stock rows, each with a version of its own after the last one; return the counters afterwards.

        ``claimed`` are the instants of the latest standing claims, where they are others now.

        A key that only the batch as a whole leaves as it was gets a version too: devices that still count one of its
        events themselves wait for the row.

        Raises:
            CellFullError: a key would hold more than is believed.
        """
        for key in claimed:
            self.totals.setdefault(key, 0)
        texts = {key: encoded(instant).decode() for key, instant in claimed.items()}
        rows = [
            (site, *astuple(key), total, is_on_device(key.place), number, texts.get(key, ""))
            for number, (key, total) in enumerate(self.totals.items(), before.version + 1)
        ]
        largest = max(map(abs, self.totals.values()), default=0)
        if largest > CELL_QUANTITY_MAX:
            raise CellFullError
        add_rows(connection, stock, rows)
        suspect(connection, site, self.totals)
        most = before.most + largest
        wrote = {"site": site, "version": before.version}
        if most > CELL_QUANTITY_MAX and connection.execute(_FULL, wrote).first():
            raise CellFullError
        return before._replace(version=before.version + len(rows), most=min(most, CELL_QUANTITY_MAX))

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
