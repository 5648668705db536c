"""Sender: who pushes an event, a device as it is enrolled or the centre itself."""

from msgspec import Struct


class Sender(Struct, frozen=True):
    """Who pushes: a device as enrolled, or the centre itself (``is_centre``), which may book anything anywhere.

    A device has shares of what devices share by the ``sessions`` that it was invited with.
    """

    site: str
    device: str
    epoch: int
    revoked: bool = False
    is_centre: bool = False
    sessions: int = 1
