"""Notices: what the memory has to tell whoever works with it, as values. The session makes sentences of them."""

from msgspec import Struct


class Saved(Struct, frozen=True):
    """What came out of a damaged cache; ``is_whole`` says that no row of ours is known to be missing."""

    events: int
    unsent: int
    entries: int
    is_enrolled: bool
    is_whole: bool


class Damaged(Struct, frozen=True):
    """Damage was met at work; the next start saves what can be read."""

    reason: str


class Cramped(Struct, frozen=True):
    """The disk is full, and the room that was kept for this has been given up."""


class TakenOver(Struct, frozen=True):
    """Another screen had the device, and was ended for this one."""


class Copied(Struct, frozen=True):
    """The file was found to be an older one put back, or a copy: its new events get numbers of another epoch."""


Notice = Saved | Damaged | Cramped | TakenOver | Copied
