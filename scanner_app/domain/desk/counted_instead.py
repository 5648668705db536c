"""What of a case is counted where a count tells what is true: its place, or what is not right there."""

from typing import NamedTuple

from scanner_app.domain.desk.case import Case, CaseKind
from scanner_app.domain.ledger import is_virtual

_COUNTED = frozenset({CaseKind.EXCEPTION, CaseKind.NEGATIVE, CaseKind.SERIAL_TWICE})
"""Of other kinds a word decides."""


class CountedInstead(NamedTuple):
    """A place, and the ``item`` there where it is not all of it."""

    place: str
    item: str = ""


def counted_instead(case: Case) -> CountedInstead | None:
    """What to count: all of the place where an event there is not right, else what is not right there.

    >>> counted_instead(Case(kind="exception", id="e", place="A-01", item="TEA"))
    CountedInstead(place='A-01', item='')
    >>> counted_instead(Case(kind="negative", id="k", place="A-01", item="TEA"))
    CountedInstead(place='A-01', item='TEA')
    >>> counted_instead(Case(kind="held", id="e", place="A-01")), counted_instead(Case(kind="exception", id="e"))
    (None, None)
    >>> counted_instead(Case(kind="negative", id="k", place="@hand:1001", item="TEA"))
    """
    if case.kind not in _COUNTED or not case.place or is_virtual(case.place):
        return None
    return CountedInstead(case.place, "" if case.kind == CaseKind.EXCEPTION else case.item)
