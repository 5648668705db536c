"""Failures by HTTP status: what an answer other than 200 means for the queue. Pure; none drops what is waiting."""

from email.utils import parsedate_to_datetime
from enum import StrEnum

from msgspec import Struct


class Failure(StrEnum):
    """The three ways in which an exchange can fail."""

    RETRY = "retry"
    """Nothing is wrong with what was sent; the same again later, for ever."""
    REFUSED = "refused"
    """The centre does not talk to this device; somebody has to act, and everything is kept until then."""
    REJECTED = "rejected"
    """The centre cannot take this request; a smaller one finds out which event is at fault."""


_REFUSED = frozenset({401, 403, 426})
_REJECTED = frozenset({400, 409, 413, 422})


PAUSE_S_MAX = 3_600.0
"""However long a centre, or a proxy before it, wants to be left alone: after an hour it is asked again."""


class Rejected(Struct, frozen=True):
    """The centre's word on a whole request, as a value: ``reason`` is stable, for programs."""

    reason: str


def failure_of(status: int) -> Failure:
    """Classify an HTTP status that is not 200; what nobody foresaw is tried again."""
    if status in _REFUSED:
        return Failure.REFUSED
    return Failure.REJECTED if status in _REJECTED else Failure.RETRY


def pause_asked_s(retry_after: str, date: str) -> float:
    """Read the header ``Retry-After`` (RFC 9110, 10.2.3): seconds, or a time, counted from the answer's own ``date``.

    The device's clock may be wrong by years, so it has no say. 0 when there is no telling.
    """
    if retry_after.isascii() and retry_after.isdigit():
        return min(PAUSE_S_MAX, float(retry_after[:9]))
    try:
        pause = parsedate_to_datetime(retry_after) - parsedate_to_datetime(date)
    except (TypeError, ValueError):
        return 0.0
    return min(PAUSE_S_MAX, max(0.0, pause.total_seconds()))
