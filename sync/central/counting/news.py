"""News: what a batch tells of counts and of the goods that counts claim something of."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scanner_app.domain.counting.posted import Change, Posted
from scanner_app.domain.events.envelope import Envelope
from scanner_app.domain.events.event import postings
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.ledger import is_account, is_virtual
from sync.central.book.undoing import Undoing
from sync.central.counting.told import Told
from sync.central.events.decode import Arrival
from sync.central.words.kept_words import KeptWord

DOUBT_US_MAX = 24 * 3600 * 1_000_000
"""No more of a clock's uncertainty ever counts, whatever a site says."""


class CountNews(NamedTuple):
    """``counted`` are the events that a batch adds to the book, ``undone`` what some of them take out, or bring back.

    ``told`` are the facts of counts among all that arrived or became something, ``words`` the valid ones on claims.
    It is ``now_us``.
    """

    counted: Sequence[Arrival] = ()
    undone: Sequence[Undoing] = ()
    told: Sequence[Told] = ()
    words: Sequence[KeptWord] = ()
    now_us: int = 2**62

    def changes(self, after_us: int) -> Iterator[tuple[str, Change]]:
        """What it changes in the book, each by which event, but for what is certainly later than ``after_us``."""
        for arrival in self.counted:
            if arrival.fact:
                yield from _changes(arrival.envelope.id, arrival.envelope, arrival.fact, 1, after_us)
        for undoing in self.undone:
            if undoing.sign:
                yield from _changes(undoing.cause, undoing.envelope, undoing.fact, undoing.sign, after_us)


def unsure_us(uncertainty_us: int) -> int:
    """So much of a clock's uncertainty may count."""
    return min(abs(uncertainty_us), DOUBT_US_MAX)


def _changes(cause: str, envelope: Envelope, fact: Fact, sign: int, after_us: int) -> Iterator[tuple[str, Change]]:
    unsure = unsure_us(envelope.uncertainty_us)
    for row in postings(envelope, fact) if fact.legs else ():
        is_looked_at = not is_account(row.key.place) and (row.key.serial or not is_virtual(row.key.place))
        if is_looked_at and row.instant.time_us - unsure <= after_us:
            posted = Posted(row.key, row.quantity, row.instant, abs(envelope.uncertainty_us), envelope.operator)
            yield cause, Change(posted, sign)
