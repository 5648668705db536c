"""Listings: the registry of all that can be exported, by name, and the reading of one from one moment of the store.

A new report of the centre is a file beside this one, and a line here.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct
from sqlalchemy import Connection

from sync.central.book.as_of import BookMoment
from sync.central.database.master_tables import MASTER_KINDS
from sync.central.database.store import CentralStore
from sync.central.exports.accuracy_figures import ACCURACY, COUNTS, VARIANCES
from sync.central.exports.adjusted_goods import ADJUSTED_GOODS
from sync.central.exports.claims_of_counts import CLAIMS_OF_COUNTS
from sync.central.exports.device_states import DEVICE_STATES
from sync.central.exports.ledger_rows import LEDGER_ROWS
from sync.central.exports.listing import Listing, Row
from sync.central.exports.master_data import master_listing
from sync.central.exports.open_tasks import OPEN_TASKS, imported_tasks
from sync.central.exports.stock_on_hand import STOCK_ON_HAND
from sync.central.exports.whole_events import WHOLE_EVENTS

_ROWS_PER_FETCH = 2_000
LISTINGS: dict[str, Listing] = {
    **{kind.file: master_listing(kind) for kind in MASTER_KINDS},
    "tasks": imported_tasks(),
    "stock": STOCK_ON_HAND,
    "ledger": LEDGER_ROWS,
    "events": WHOLE_EVENTS,
    "devices": DEVICE_STATES,
    "worklist": OPEN_TASKS,
    "claims": CLAIMS_OF_COUNTS,
    "adjustments": ADJUSTED_GOODS,
    "accuracy": ACCURACY,
    "counts": COUNTS,
    "variances": VARIANCES,
}


class Selection(Struct, frozen=True):
    """What to export: of one site unless ``site`` is empty. PINs (as hashes) only where they are asked for.

    ``moment`` is of stock alone, and of one site.
    """

    what: str
    site: str = ""
    with_pins: bool = False
    moment: BookMoment | None = None


class Exported(NamedTuple):
    """An export as it is read: the names of its columns, and its rows."""

    names: list[str]
    rows: Iterator[Row]


def prepare(store: CentralStore, selections: Sequence[Selection]) -> None:
    """Make what is exported as it is by now, before it is read."""
    wanted = {(prepared, one.site) for one in selections if (prepared := LISTINGS[one.what].prepared)}
    for prepared, site in wanted:
        prepared(store, site)


def exported(connection: Connection, selection: Selection) -> Exported:
    """Begin an export; its rows are read as they are taken."""
    listing = LISTINGS[selection.what]
    left_out = frozenset[str]() if selection.with_pins else listing.pins
    columns = [column for column in listing.query.selected_columns if column.name not in left_out]
    names = [*(listing.renamed.get(str(column.name), str(column.name)) for column in columns), *listing.added]
    if selection.moment is not None and listing.as_of is not None:
        return Exported(names, listing.as_of(connection, selection.site, selection.moment))
    query = listing.query.with_only_columns(*columns)
    if selection.site:
        query = query.where(query.selected_columns["site"] == selection.site)
    with_rows = listing._replace(query=query)
    rows = _rows(connection, with_rows)
    return Exported(names, listing.completed(connection, rows) if listing.completed else rows)


def _rows(connection: Connection, listing: Listing) -> Iterator[Row]:
    with connection.execution_options(yield_per=_ROWS_PER_FETCH).execute(listing.query) as rows:
        for row in rows:
            yield listing.shown(dict(row._mapping))
