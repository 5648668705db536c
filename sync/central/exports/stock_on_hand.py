"""Stock on hand as a listing: every key that is not zero, accounts included, now or as of a moment."""

from collections.abc import Iterator

import msgspec
from sqlalchemy import Connection, select

from scanner_app.domain.quantity import show_quantity
from sync.central.book.as_of import BookMoment, balances_as_of
from sync.central.database.tables import KEY_NAMES, stock
from sync.central.exports.listing import Listing, Row


def shown_quantity(row: Row) -> Row:
    """Show the quantity of a row as a plain decimal."""
    row["quantity"] = show_quantity(row["quantity"])
    return row


def _as_of(connection: Connection, site: str, moment: BookMoment) -> Iterator[Row]:
    for key, balance in balances_as_of(connection, site, moment):
        yield {"site": site, **msgspec.structs.asdict(key), "quantity": show_quantity(balance)}


_KEY = (stock.c.site, *(stock.c[name] for name in KEY_NAMES))
STOCK_ON_HAND = Listing(
    select(*_KEY, stock.c.quantity).where(stock.c.quantity != 0).order_by(*_KEY), shown_quantity, as_of=_as_of
)
