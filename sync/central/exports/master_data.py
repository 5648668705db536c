"""Master data as listings, a table each, in the columns in which an import takes them again."""

from sqlalchemy import select

from scanner_app.domain.catalog import NO_LIMIT
from scanner_app.domain.quantity import show_quantity
from sync.central.database.master_tables import DECIMALS, MasterKind
from sync.central.exports.listing import Listing, Row

_PINS = frozenset({"verifier"})


def _shown(row: Row) -> Row:
    for name in DECIMALS & row.keys():
        row[name] = "" if row[name] == NO_LIMIT else show_quantity(row[name])
    return row


def master_listing(kind: MasterKind) -> Listing:
    """List the rows of one kind of master data."""
    return Listing(select(*kind.table.c).order_by(*kind.table.primary_key), _shown, pins=_PINS)
