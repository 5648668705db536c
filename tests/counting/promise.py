"""The promise: book = shelf where the latest standing claim was right and sure, and what happened since was recorded.

The book is that of the fold; the centre's is compared with it elsewhere.
"""

from scanner_app.domain.clock import Instant
from scanner_app.domain.counting.recount import speaks_of
from scanner_app.domain.counting.state import Kept
from scanner_app.domain.ledger import StockKey, is_account
from scanner_app.domain.quantity import SCALE
from tests.counting.histories import History


def promised(history: History) -> list[StockKey]:
    """The keys for which a history keeps the condition of the promise."""
    keys = [key for key in history.site.folded.balances if not is_account(key.place)]
    return [key for key in keys if (claim := _latest(history, key)) and _is_kept(history, claim, key)]


def broken(history: History) -> list[StockKey]:
    """The keys of which the book says something else than the shelf, though it was promised."""
    book = history.site.folded.balances
    return [key for key in promised(history) if book[key] != history.shelf(key)]


def _latest(history: History, key: StockKey) -> Kept | None:
    """The latest standing claim that speaks of a key."""
    kept = (one for one in history.site.folded.kept if one.state.stands and speaks_of(one.claim, key))
    return max(kept, key=lambda one: one.claim.instant, default=None)


def _is_kept(history: History, kept: Kept, key: StockKey) -> bool:
    claim, state = kept
    counted = claim.quantity if claim.key == key else 0
    was_right = counted == history.shelf(key, _true_us(history, claim.instant))
    return was_right and not state.is_in_doubt and _since(history, claim.instant, key)


def _since(history: History, instant: Instant, key: StockKey) -> bool:
    """Say whether all that happened to a key since then was recorded, and nothing else."""
    at_us = _true_us(history, instant)
    happened = [(one.at_us, one.pieces * SCALE) for one in history.happened if one.key == key and one.at_us > at_us]
    posted = (one for one in history.site.facts().posted if one.key == key)
    recorded = [(_true_us(history, one.instant), one.quantity) for one in posted]
    return sorted(happened) == sorted(one for one in recorded if one[0] > at_us)


def _true_us(history: History, instant: Instant) -> int:
    """When that truly was which a device says was at an instant."""
    return instant.time_us - history.off_us.get(instant.device, 0)
