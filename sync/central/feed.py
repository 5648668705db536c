"""The feed: the rows of a site that changed after a version, in the order of their versions.

A version is given once and under the lock of the site's counter row, so no row can appear behind a cursor. What a page
leaves out has a higher version than all it holds: a page may be cut anywhere.
"""

from collections.abc import Iterator
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, select, union_all

from scanner_app.domain.catalog import Stock
from sync.central.kinds import KINDS, Kind, row_of
from sync.central.schema import KEY_NAMES, counters, stock
from sync.protocol import PROTOCOL, ROWS_MAX, SINCE, VersionedRow


class Page(NamedTuple):
    """Rows of the feed; ``cursor`` is where the next page starts, ``more`` whether it holds anything."""

    rows: tuple[VersionedRow, ...]
    cursor: int
    more: bool


def page_after(connection: Connection, site: str, cursor: int, rows_max: int, protocol: int = PROTOCOL) -> Page:
    """Return at most ``rows_max`` rows with a version above ``cursor``; of each row, only its latest state.

    Rows that change as one share a version and are not parted, so that there may be a few more. A device of an older
    ``protocol`` is not sent what it cannot read.
    """
    page = _page_after(connection, site, cursor, rows_max)
    if protocol >= PROTOCOL:
        return page
    return page._replace(rows=tuple(row for row in page.rows if SINCE.get(type(row.row), 1) <= protocol))


def _page_after(connection: Connection, site: str, cursor: int, rows_max: int) -> Page:
    version = site_version(connection, site)
    if cursor >= version:
        return Page((), version, False)
    limit = max(1, min(rows_max, ROWS_MAX))
    versions = _versions(connection, site, cursor, limit + 1)
    if len(versions) <= limit:
        return Page(_rows(connection, site, cursor, version), version, False)
    last = versions[-2]
    return Page(_rows(connection, site, cursor, last), last, True)


def site_version(connection: Connection, site: str) -> int:
    """Return the last version given in ``site``; 0 for one that has no row yet."""
    return connection.execute(select(counters.c.version).where(counters.c.site == site)).scalar() or 0


def _versions(connection: Connection, site: str, cursor: int, limit: int) -> list[int]:
    """Return the next versions over all kinds, from the indexes alone."""
    heads = []
    for table in (stock, *(kind.table for kind in KINDS)):
        of_table = select(table.c.version).where(*_after(table, site, cursor))
        heads.append(select(of_table.order_by(table.c.version).limit(limit).subquery()))
    every = union_all(*heads).subquery()
    return list(connection.execute(select(every.c.version).order_by(every.c.version).limit(limit)).scalars())


def _after(table: Table, site: str, cursor: int) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [table.c.site == site, table.c.version > cursor]
    return [*conditions, table.c.on_device.is_(True)] if table is stock else conditions


def _rows(connection: Connection, site: str, cursor: int, last: int) -> tuple[VersionedRow, ...]:
    rows = list(_stock_rows(connection, site, cursor, last))
    for kind in KINDS:
        rows.extend(_master_rows(connection, kind, site, cursor, last))
    rows.sort(key=itemgetter(0))
    return tuple(VersionedRow(version, row) for version, row in rows)


def _stock_rows(connection: Connection, site: str, cursor: int, last: int) -> Iterator[tuple[int, Any]]:
    wanted = select(stock.c.version, *(stock.c[name] for name in KEY_NAMES), stock.c.quantity)
    for row in connection.execute(wanted.where(*_after(stock, site, cursor), stock.c.version <= last)).all():
        yield row[0], Stock(*tuple(row)[1:])


def _master_rows(connection: Connection, kind: Kind, site: str, cursor: int, last: int) -> Iterator[tuple[int, Any]]:
    table = kind.table
    wanted = select(table.c.version, *(table.c[name] for name in kind.fields))
    for row in connection.execute(wanted.where(*_after(table, site, cursor), table.c.version <= last)).all():
        yield row[0], row_of(kind, tuple(row[1:]))
