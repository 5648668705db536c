"""The feed (change data capture): the rows of a site that changed after a version, in the order of their versions.

A version is given once and under the lock of the site's counter row, so no row can appear behind a cursor. What a page
leaves out has a higher version than all it holds: a page may be cut anywhere.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

from msgspec.structs import replace
from sqlalchemy import ColumnElement, Connection, Select, Table, bindparam, literal, select, union_all

from scanner_app.domain.catalog import Stock
from sync.central.book.counters import site_version
from sync.central.book.posting import instant_of
from sync.central.database.master_tables import FED_KINDS, row_of
from sync.central.database.tables import KEY_NAMES, stock
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
    heads = connection.execute(_heads(), {"site": site, "cursor": cursor, "limit": limit + 1}).all()
    has_more = len(heads) > limit
    last = heads[-2].version if has_more else version
    is_parted = has_more and heads[-1].version == last
    tables = range(len(_TABLES)) if is_parted else sorted({head.number for head in heads if head.version <= last})
    return Page(_rows(connection, tables, {"site": site, "cursor": cursor, "last": last}), last, has_more)


@cache
def _heads() -> Select[Any]:
    """The next versions over all tables, each with the number of its table, from the indexes alone."""
    heads = []
    for number, table in enumerate(_TABLES):
        of_table = select(table.c.version, literal(number).label("number")).where(*_after(table))
        heads.append(select(of_table.order_by(table.c.version).limit(bindparam("limit")).subquery()))
    every = union_all(*heads).subquery()
    return select(every.c.version, every.c.number).order_by(every.c.version).limit(bindparam("limit"))


def _after(table: Table) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        table.c.site == bindparam("site"), table.c.version > bindparam("cursor"),
    ]  # fmt: skip
    return [*conditions, table.c.on_device.is_(True)] if table is stock else conditions


@cache
def _rows_of(number: int) -> Select[Any]:
    """The rows of one table between two versions; version first, then the cells."""
    table = _TABLES[number]
    names = (*KEY_NAMES, "quantity", "claimed") if table is stock else FED_KINDS[number - 1].fields
    wanted = select(table.c.version, *(table.c[name] for name in names))
    return wanted.where(*_after(table), table.c.version <= bindparam("last"))


def _stock(cells: Sequence[Any]) -> Stock:
    *key_and_quantity, claimed = cells
    row = Stock(*key_and_quantity)
    return replace(row, claimed=instant_of(claimed)) if claimed else row


def _rows(connection: Connection, tables: Iterable[int], within: dict[str, Any]) -> tuple[VersionedRow, ...]:
    rows: list[VersionedRow] = []
    for number in tables:
        of_table = connection.execute(_rows_of(number), within).all()
        if number == 0:
            rows += [VersionedRow(row[0], _stock(row[1:])) for row in of_table]
        else:
            rows += [VersionedRow(row[0], row_of(FED_KINDS[number - 1], tuple(row[1:]))) for row in of_table]
    rows.sort(key=attrgetter("version"))
    return tuple(rows)


_TABLES: tuple[Table, ...] = (stock, *(kind.table for kind in FED_KINDS))
