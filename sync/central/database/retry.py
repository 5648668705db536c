"""Retry with back-off, of the centre's transactions: tried again as a whole when the database itself failed.

Everything that is tried so may be done twice: a commit whose answer was lost counts as one that failed.
"""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError, OperationalError

from scanner_app.domain.backoff import Backoff

TRIES_MAX = 6
BACKOFF = Backoff(shortest_s=0.02, longest_s=0.5, factor=3.0)
_PASSING_CLASSES = ("08", "40", "57P")
"""Connections; serialization and deadlocks; a server that goes down or comes up."""
_PASSING = ("25006", "53300", "55P03")
"""A standby that was the primary a moment ago; too many connections; a lock that did not come."""

_TOO_LARGE = "54"
"""What exceeds a bound of the server: the trouble of who sent it, though the driver calls it operational."""

_Result = TypeVar("_Result")


def is_passing(trouble: DBAPIError) -> bool:
    """Say whether another try may well succeed."""
    state = _state(trouble)
    return trouble.connection_invalidated or state.startswith(_PASSING_CLASSES) or state in _PASSING


def is_everybodys(trouble: DBAPIError) -> bool:
    """Say whether the database was the trouble, and not what it was given."""
    is_operational = isinstance(trouble, OperationalError) and not _state(trouble).startswith(_TOO_LARGE)
    return is_operational or is_passing(trouble)


def _state(trouble: DBAPIError) -> str:
    return getattr(trouble.orig, "sqlstate", None) or ""


def tried(work: Callable[[], _Result], wait: Callable[[float], None] = time.sleep) -> _Result:
    """Do ``work``, at most ``TRIES_MAX`` times, with pauses that are drawn by lot and grow.

    Raises:
        DBAPIError: the trouble is not one that passes, or did not pass in that time.
    """
    for failures in range(1, TRIES_MAX):
        try:
            return work()
        except DBAPIError as trouble:
            if not is_passing(trouble):
                raise
        wait(BACKOFF.pause_s(failures, random.random()))
    return work()
