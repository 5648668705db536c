"""Formulas: each figure as a part of a whole, both of them sums, so that it can be checked by hand."""

from enum import StrEnum
from typing import NamedTuple

from scanner_app.domain.accuracy.sums import Sums
from scanner_app.domain.quantity import SCALE

PERCENT = 100 * SCALE


class Formula(StrEnum):
    """What a figure says."""

    LINES = "lines"
    """Lines without a difference, of the lines counted."""
    WITHIN = "within"
    """Lines without one, or with one within the limits, of the lines counted."""
    PLACES = "places"
    """Places where no line differs, of those closed."""
    VALUE = "value"
    """1 - the differences, whichever way, by what the book had of the lines counted; in money."""
    NET = "net"
    """The differences with their signs, by what the book had; in money."""
    SHRINKAGE = "shrinkage"
    """What counts took from the book as it stands, by what it had; in money."""
    LATE = "late"
    """Differences that went by events that came late, of those that there were at first."""


class Figure(NamedTuple):
    """``part`` of a ``whole``: a number of lines or places, or micro-currency."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        """In millionths of a percent, towards zero; None of nothing, which has none.

        >>> Figure(404, 412).percent, Figure(0, 0).percent, Figure(-1, 3).percent
        (98058252, None, -33333333)
        """
        if not self.whole:
            return None
        size = abs(self.part) * PERCENT // abs(self.whole)
        return size if (self.part < 0) == (self.whole < 0) else -size


def figure(formula: Formula, sums: Sums) -> Figure:
    """Work a figure out.

    >>> sums = Sums(lines=412, differing=8, beyond=2, value=1000, gross=9, booked=-2, met=39, late=31)
    >>> asked = (Formula.LINES, Formula.WITHIN, Formula.VALUE, Formula.SHRINKAGE, Formula.LATE)
    >>> [tuple(figure(one, sums)) for one in asked]
    [(404, 412), (410, 412), (991, 1000), (-2, 1000), (31, 39)]
    """
    parts = {
        Formula.LINES: (sums.lines - sums.differing, sums.lines),
        Formula.WITHIN: (sums.lines - sums.beyond, sums.lines),
        Formula.PLACES: (sums.places - sums.places_differing, sums.places),
        Formula.VALUE: (sums.value - sums.gross, sums.value),
        Formula.NET: (sums.net, sums.value),
        Formula.SHRINKAGE: (sums.booked, sums.value),
        Formula.LATE: (sums.late, sums.met),
    }
    return Figure(*parts[formula])


def seconds_a_line(sums: Sums) -> int | None:
    """How many tenths of a second a line took as it was scanned; None where nothing was."""
    return sums.took_us // 100_000 // sums.scans if sums.scans else None
