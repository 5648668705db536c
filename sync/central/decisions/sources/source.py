"""A source of cases: what a list is sorted and filtered by, the rows that it shows, and a case when it is opened."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection

from scanner_app.domain.desk.case import Case, CaseKind, Opened
from sync.central.decisions.asker import Asker


class Found(NamedTuple):
    """The columns of one statement that finds the cases of a source.

    ``waits`` are the conditions that make a row a case; each statement gets the parameter ``site``. An index must give
    the rows in the order of ``value``, the largest first, and then of ``id``; a list reads no more than it shows.
    """

    id: ColumnElement[str]
    value: ColumnElement[int]
    since_us: ColumnElement[int]
    place: ColumnElement[str]
    operator: ColumnElement[str]
    waits: Sequence[ColumnElement[bool]]


Cases = Callable[[Connection, Asker, Sequence[str]], dict[str, Case]]
"""The rows of cases by their ids, of those that still wait. Sources that share it are asked by one call."""
Open = Callable[[Connection, Asker, str], Opened | None]
"""A case with all that belongs to it; None where it waits no more."""


class Source(NamedTuple):
    """``found`` may need tables of its own: ``joined`` is what its columns are selected from, None for their table."""

    kind: CaseKind
    found: Found
    cases: Cases
    opened: Open
    joined: Any = None
