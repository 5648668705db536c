"""Master rows: master data written into the book, each row with a version by which the feed carries it."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection

from scanner_app.domain.catalog import Site
from sync.central.book.counters import locked_counters, set_counters
from sync.central.database.bulk import upsert_rows
from sync.central.database.master_tables import MasterKind, cells

_PORTION_ROWS = 10_000


def write_master_rows(
    connection: Connection,
    kind: MasterKind,
    site: str,
    changes: Sequence[Sequence[Any]],
    tell: Callable[[int, int], None],
) -> None:
    """Write structs of one kind at one site; those of one change share a version.

    ``tell`` hears after each portion how many rows are written, and of how many.
    """
    before = locked_counters(connection, site)
    rows, written, total = _versioned(kind, site, changes, before.version), 0, sum(map(len, changes))
    while portion := list(islice(rows, _PORTION_ROWS)):
        upsert_rows(connection, kind.table, portion)
        written += len(portion)
        tell(written, total)
    set_counters(connection, site, before._replace(version=before.version + len(changes)))


def _versioned(
    kind: MasterKind, site: str, changes: Sequence[Sequence[Any]], version: int
) -> Iterator[tuple[Any, ...]]:
    lead = () if kind.struct is Site else (site,)
    for number, change in enumerate(changes, version + 1):
        for row in change:
            yield (*lead, *cells(row), number)
