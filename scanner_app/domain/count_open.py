"""Count open: somebody counts a place, or has just counted it; a row that the centre makes from what it hears of it."""

from msgspec import Struct

ENDS_AFTER_US = 2 * 3600 * 1_000_000
"""A count without an entry for so long has ended."""
MINUTE_US = 60_000_000


class CountOpen(Struct, frozen=True, array_like=True, tag="count_open"):
    """The count ``count`` of ``place`` by ``operator``, from ``since`` on, whose last entry was at ``last``.

    It is called as the centre calls it (``counting/identity.py``). Both are instants (us). ``is_ended`` says that it
    was closed or left, ``is_decided`` that a person has decided something of it. How long the row means anything is
    :meth:`is_open` and :meth:`is_blind`.
    """

    count: str
    place: str
    operator: str
    since: int
    last: int
    is_ended: bool = False
    is_decided: bool = False
    active: bool = True

    def is_open(self, now_us: int) -> bool:
        """Whether somebody counts there now, as far as anybody knows."""
        return self.active and not self.is_ended and now_us < self.last + ENDS_AFTER_US

    def is_blind(self, now_us: int, blind_minutes: int) -> bool:
        """Whether its counter is not to be told what the book has there.

        >>> row = CountOpen("c", "A", "1001", 0, 0, is_ended=True)
        >>> row.is_blind(60 * MINUTE_US - 1, 60), row.is_blind(60 * MINUTE_US, 60)
        (True, False)
        """
        is_recent = not self.is_decided and now_us < self.last + blind_minutes * MINUTE_US
        return self.active and (is_recent or self.is_open(now_us))
