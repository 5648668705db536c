"""Ledger feed for an ERP, with cursor pagination: postings in the order they were written, each row once.

A row is written once and never changes, and rows become visible in the order of their numbers. So a cursor is the
number of the last row read, and the life of the store that gave the number: a store that was put back from a backup
gives some numbers a second time, and a reader begins again. ``id`` names a posting in every life.
"""

from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, select

from scanner_app.domain.quantity import show_quantity
from sync.central.book.lives import store_epoch_of
from sync.central.book.via import claim_in
from sync.central.connectors.rows_of_claims import NAMES_OF_CLAIM, OF_CLAIM, with_claims
from sync.central.database.tables import KEY_NAMES, counters, events, ledger

PAGE_ROWS_MAX = 5_000
PAGE_ROWS = 1_000
_SECOND_US = 1_000_000
_NUMBER_DIGITS_MAX = 18


class LedgerPosting(Struct, frozen=True, kw_only=True):
    """One row of the ledger. ``id`` is the same however often the row is read, also after the store was put back.

    ``cause`` is the event that made the centre write the row and ``via`` the event it took back, if it did. A row that
    the cause wrote through the ``claim`` of a count says which ``count`` that was, who counted (``counted_by``), why it
    stands today (``stands``: ``exact``, ``within`` its limits, ``agreed`` by a recount, ``accepted``), and whose word
    rules it, if one does (``decided_by``), with its ``reason``.
    ``quantity`` is a signed decimal number of the item's base unit. The rows of one cause sum to zero; a place that
    begins with @ is an account. ``effective`` is when it happened on the floor, ``received`` when the centre heard of
    it, both UTC; ``booked`` is the date for finance, if it was moved.
    """

    id: str
    number: int
    cause: str
    via: str
    kind: str
    operator: str
    device: str
    place: str
    item: str
    lot: str
    serial: str
    owner: str
    status: str
    quantity: str
    effective: str
    received: str
    booked: str
    claim: str = ""
    count: str = ""
    counted_by: str = ""
    stands: str = ""
    decided_by: str = ""
    reason: str = ""


class PostingsPage(Struct, frozen=True, kw_only=True):
    """``cursor`` is where the next page starts, also when there is none yet; ``more`` says that it has rows."""

    site: str
    postings: tuple[LedgerPosting, ...]
    cursor: str
    more: bool


def number_behind(cursor: str, store_epoch: str) -> int:
    """Return the number of the last row read; 0 for a cursor of another life of the store, or none.

    Raises:
        ValueError: this is no cursor.
    """
    if not cursor:
        return 0
    life, dot, number = cursor.rpartition(".")
    if not dot or not (number.isascii() and number.isdigit()) or len(number) > _NUMBER_DIGITS_MAX:
        raise ValueError(cursor)
    return int(number) if life == store_epoch else 0


def postings_page(connection: Connection, site: str, cursor: str, rows_max: int) -> PostingsPage:
    """Return at most ``rows_max`` postings behind a cursor, from one moment of the store.

    Raises:
        ValueError: this is no cursor.
    """
    store_epoch = store_epoch_of(connection, site)
    after = number_behind(cursor, store_epoch)
    recorded = connection.execute(select(counters.c.recorded).where(counters.c.site == site)).scalar() or 0
    limit = max(1, min(rows_max, PAGE_ROWS_MAX))
    rows = connection.execute(_wanted(site, after).limit(limit)).all()
    last = rows[-1].recorded if rows else after
    postings = tuple(_posting(row) for row in rows)
    return PostingsPage(site=site, postings=postings, cursor=f"{store_epoch}.{last}", more=last < recorded)


def _wanted(site: str, after: int) -> Any:
    of_event = (events.c.kind, events.c.operator, events.c.received_us)
    both = ledger.outerjoin(events, (events.c.site == ledger.c.site) & (events.c.id == ledger.c.cause))
    rows = (
        select(ledger, *of_event, *OF_CLAIM)
        .select_from(with_claims(both))
        .where(ledger.c.site == site, ledger.c.recorded > after)
    )
    return rows.order_by(ledger.c.recorded)


def _posting(row: Any) -> LedgerPosting:
    side, claim = "-" if row.quantity < 0 else "+", claim_in(row.via)
    return LedgerPosting(
        id=posting_id(row.cause, row.via, _leg_of_claim(row) if claim else row.leg, side),
        number=row.recorded,
        cause=row.cause,
        via="" if claim else row.via,
        claim=claim,
        **{name: getattr(row, name) or "" for name in NAMES_OF_CLAIM},
        kind=row.kind or "",
        operator=row.operator or "",
        device=row.device,
        **{name: getattr(row, name) for name in KEY_NAMES},
        quantity=show_quantity(row.quantity),
        effective=_instant(row.effective_us),
        received=_instant(row.received_us or 0),
        booked=row.booked,
    )


def _leg_of_claim(row: Any) -> str:
    """What tells the rows apart that one cause wrote through one claim: of several keys, of one at several instants."""
    key = [getattr(row, name) for name in KEY_NAMES]
    at = (row.effective_us, row.device, row.epoch, row.sequence, row.quantity)
    return blake2b(msgspec.json.encode((key, at)), digest_size=8).hexdigest()


def posting_id(cause: str, via: str, leg: int | str, side: str) -> str:
    """Name a posting by parts that are free text: no two postings have one name.

    >>> posting_id("a", "b/c", 0, "-"), posting_id("a/b", "c", 0, "-")
    ('a/b%2Fc/0-', 'a%2Fb/c/0-')
    """
    return f"{_escaped(cause)}/{_escaped(via)}/{leg}{side}"


def _escaped(part: str) -> str:
    return part.replace("%", "%25").replace("/", "%2F")


def _instant(us: int) -> str:
    """Return an instant as text; what no calendar reaches is given as the number it is."""
    try:
        return datetime.fromtimestamp(us // _SECOND_US, UTC).strftime("%Y-%m-%dT%H:%M:%S") + f".{us % _SECOND_US:06d}Z"
    except (ValueError, OverflowError, OSError):
        return f"{us} us"
