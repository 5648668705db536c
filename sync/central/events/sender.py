"""Sender: who pushes an event, a device as it is enrolled or the centre itself."""

from typing import NamedTuple

from msgspec import Struct


class Newest(NamedTuple):
    """Epoch, sequence and last instant (us) of an event; of nothing that was pushed yet all are 0."""

    epoch: int = 0
    sequence: int = 0
    us: int = 0


class Sender(Struct, frozen=True):
    """Who pushes: a device as enrolled, or the centre itself (``is_centre``), which may book anything anywhere.

    A device has shares of what devices share by the ``sessions`` that it was invited with. ``begun_us`` is when it was
    first enrolled, 0 where nobody knows; ``newest`` the number of its newest event that is known, and its instant.
    """

    site: str
    device: str
    epoch: int
    revoked: bool = False
    is_centre: bool = False
    sessions: int = 1
    begun_us: int = 0
    newest: Newest = Newest()
