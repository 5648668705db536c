"""Inputs of the sync state machine: what can happen, as values. Times are seconds of a clock that never runs back."""

from collections.abc import Mapping

from msgspec import Struct


class Nudged(Struct, frozen=True):
    """An event has been put into the outbox."""


class Told(Struct, frozen=True):
    """The long poll answered: the site is at ``version``."""

    version: int


class NewsLost(Struct, frozen=True):
    """The long poll broke off; an exchange will find out whether the link did."""


class NewsRefused(Struct, frozen=True):
    """The long poll was refused to this device."""


class Exchanged(Struct, frozen=True, kw_only=True):
    """An exchange went through and everything it brought is stored.

    ``sent`` events went up and ``answered`` of them left the outbox, in which ``waiting`` are left. ``has_pulled`` says
    whether rows were asked for; ``cursor`` is where the device stands now, and ``more`` that the centre has more rows.
    """

    now_s: float
    sent: int = 0
    answered: int = 0
    waiting: int = 0
    pulled: int = 0
    has_pulled: bool = True
    cursor: int = 0
    more: bool = False
    outcomes: Mapping[str, int] = {}


class BatchRejected(Struct, frozen=True, kw_only=True):
    """The centre could not take a request with ``sent`` events, of which ``first`` is the journal number of the first.

    ``chance`` is a random number from 0 to 1.
    """

    now_s: float
    sent: int
    first: int
    reason: str
    chance: float


class Failed(Struct, frozen=True, kw_only=True):
    """An exchange failed on its way or in the device's store.

    ``is_refused``: the centre will not talk to this device. ``is_store``: the store failed, and that says nothing of
    the link. ``pause_s`` is how long the centre wants to be left alone.
    """

    now_s: float
    chance: float
    is_refused: bool = False
    is_store: bool = False
    pause_s: float = 0.0


class Removed(Struct, frozen=True):
    """The event that the centre cannot take has been set aside; ``waiting`` are left."""

    waiting: int


Happening = Nudged | Told | NewsLost | NewsRefused | Exchanged | BatchRejected | Failed | Removed
