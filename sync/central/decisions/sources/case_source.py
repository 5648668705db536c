"""A source of cases: what a list shows, is sorted and filtered by, and a case when it is opened."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Connection, Text
from sqlalchemy.sql import literal_column

from scanner_app.domain.desk.case import Case, CaseKind, Opened
from sync.central.decisions.asker import Asker
from sync.central.decisions.complete_until import Completeness

NONE: ColumnElement[str] = literal_column("''", Text)
ZERO: ColumnElement[int] = literal_column("0", BigInteger)
"""Of what a source has nothing to say."""


class CaseShown(NamedTuple):
    """The columns of a case; names and units of goods, and who an operator is, are added for all sources alike."""

    id: ColumnElement[str]
    value: ColumnElement[int]
    place: ColumnElement[str]
    item: ColumnElement[str]
    quantity: ColumnElement[int]
    operator: ColumnElement[str] = NONE
    device: ColumnElement[str] = NONE
    reasons: ColumnElement[str] = NONE
    since_us: ColumnElement[int] = ZERO
    version: ColumnElement[str] = NONE
    seen: ColumnElement[int] = ZERO


Open = Callable[[Connection, Asker, Case, int], Opened]
"""A case with all that belongs to it, as somebody may see it at a moment (us)."""
Complete = Callable[[Connection, Asker, Sequence[Case], Completeness], Sequence[Case]]
"""The cases of a page with what is not in their columns; by a handful of statements."""


class CaseSource(NamedTuple):
    """``waits`` are the conditions that make a row a case; each statement gets the parameter ``site``.

    An index must give the rows in the order of their value, the largest first, and then of their ids; or they are few.
    ``joined`` is what the columns are selected from where that is more than one table. ``zone`` is a column of the
    zone, where an index gives the rows of one in order. What has no mark that columns tell passes ``unmarked``.
    ``complete`` is asked for a page, and for one case. ``is_loss``: the book loses what it is worth.
    One that ``is_asked_for`` is no part of what waits: it is listed where its kind is named.
    """

    kind: CaseKind
    shown: CaseShown
    waits: Sequence[ColumnElement[bool]]
    opened: Open
    joined: Any = None
    zone: ColumnElement[str] | None = None
    unmarked: Sequence[ColumnElement[bool]] = ()
    complete: Complete | None = None
    is_loss: bool = False
    is_asked_for: bool = False
