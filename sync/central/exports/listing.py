"""Listing: a report of the store that only reads, as a query and the way in which its rows are shown.

A row is a dictionary of cells by the names of their columns. Quantities are shown as plain decimals of the base unit,
as the import reads them.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select

from scanner_app.domain.accuracy.figure import Formula
from sync.central.book.as_of import BookMoment
from sync.central.database.master_tables import DECIMALS
from sync.central.database.store import CentralStore

Row = dict[str, Any]
NUMBERS = DECIMALS | {
    "variance", "adjustment", "least", "most", "counted", "difference", "gross", "net", "booked", "seconds_a_line",
    *(f"{formula}_percent" for formula in Formula),
}  # fmt: skip
"""Columns of decimals, which a spreadsheet takes for numbers and never for a formula, also below zero."""


def _as_it_is(row: Row) -> Row:
    return row


class Listing(NamedTuple):
    """What can be listed: ``query`` has a column ``site``, and ``shown`` makes of its row what is told.

    ``pins`` are columns that are left out unless they are asked for. ``renamed`` maps a column to its name in the
    listing. ``completed`` adds cells, by the names ``added``, that need more than the row. ``as_of`` lists a site at
    another moment than now, in the same columns. A row that does not ``fits_sheet`` has cells too long for a workbook.
    What is not kept up to date by every event is ``prepared`` first, of one site or, without its name, of all.
    """

    query: Select[Any]
    shown: Callable[[Row], Row] = _as_it_is
    pins: frozenset[str] = frozenset()
    renamed: dict[str, str] = {}  # noqa: RUF012  read only
    completed: Callable[[Connection, Iterator[Row]], Iterator[Row]] | None = None
    added: tuple[str, ...] = ()
    as_of: Callable[[Connection, str, BookMoment], Iterator[Row]] | None = None
    fits_sheet: bool = True
    prepared: Callable[[CentralStore, str], None] | None = None
