"""Troubles: what an answer other than 200 means for the queue. Pure; none of them drops what is waiting."""

from enum import StrEnum

from msgspec import Struct


class Trouble(StrEnum):
    """The three ways in which an exchange can fail."""

    RETRY = "retry"
    """Nothing is wrong with what was sent; the same again later, for ever."""
    REFUSED = "refused"
    """The centre does not talk to this device; somebody has to act, and everything is kept until then."""
    REJECTED = "rejected"
    """The centre cannot take this request; a smaller one finds out which event is at fault."""


_REFUSED = frozenset({401, 403, 426})
_REJECTED = frozenset({400, 409, 413, 422})


class Rejected(Struct, frozen=True):
    """The centre's word on a whole request, as a value: ``reason`` is stable, for programs."""

    reason: str


def trouble_of(status: int) -> Trouble:
    """Classify an HTTP status that is not 200; what nobody foresaw is tried again."""
    if status in _REFUSED:
        return Trouble.REFUSED
    return Trouble.REJECTED if status in _REJECTED else Trouble.RETRY
