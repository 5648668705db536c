"""Sender: who pushes an event, a device as it is enrolled or the centre itself."""

from msgspec import Struct


class Sender(Struct, frozen=True):
    """Who pushes: a device as enrolled, or the centre itself (``is_centre``), which may book anything anywhere."""

    site: str
    device: str
    epoch: int
    revoked: bool = False
    is_centre: bool = False
