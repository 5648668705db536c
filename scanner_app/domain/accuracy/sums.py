"""Sums: what of counts adds up, over any lines and places, so that periods and parts of a site can be put together."""

from msgspec import Struct
from msgspec.structs import astuple

MOST = 2**62
"""No sum says more than this, above or below zero: it fits every database."""


class Sums(Struct, frozen=True, omit_defaults=True):
    """Quantities are not added, as goods have different units; money is micro-currency by the cost of the day.

    ``lines`` were counted; ``differing`` of them are not what the book had, ``beyond`` of those not within the limits
    beside them. ``places`` were closed, and in ``places_differing`` a line differs. ``value`` is what the book had of
    the lines, ``gross`` what their differences are worth whichever way they go, ``net`` with their signs, ``booked``
    what of it stands. ``met`` differed when the centre first had them, and ``late`` of those differ no more.
    ``took_us`` went by for ``scans`` lines as they were scanned. ``recounts`` are lines that count another again;
    ``recounted`` are those that were, ``rejected`` those that nobody believed: both are no lines. ``waiting`` is not
    decided, and ``costless`` lines differ and have no cost.
    """

    lines: int = 0
    differing: int = 0
    beyond: int = 0
    places: int = 0
    places_differing: int = 0
    value: int = 0
    gross: int = 0
    net: int = 0
    booked: int = 0
    met: int = 0
    late: int = 0
    took_us: int = 0
    scans: int = 0
    recounts: int = 0
    recounted: int = 0
    rejected: int = 0
    waiting: int = 0
    costless: int = 0

    def plus(self, other: "Sums", sign: int = 1) -> "Sums":
        """Both together, or without the other.

        >>> one = Sums(lines=3, net=-5)
        >>> one.plus(Sums(lines=1)).lines, one.plus(one, -1) == Sums()
        (4, True)
        """
        pairs = zip(astuple(self), astuple(other), strict=True)
        return Sums(*(max(-MOST, min(MOST, mine + sign * theirs)) for mine, theirs in pairs))

    @property
    def is_empty(self) -> bool:
        return self == Sums()


NAMES = Sums.__struct_fields__
"""What is summed up, in the order of the columns that keep it."""
