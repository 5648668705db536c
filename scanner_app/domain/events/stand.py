"""A stand: one entry in the register of where a license plate stands, as a fact makes it."""

from msgspec import Struct


class Stand(Struct, frozen=True):
    """From ``wall_us`` (the device's wall clock) on ``plate`` stands at ``location``, or on the plate ``parent``.

    The other one is empty. ``was_at`` and ``was_on`` say where the device took it to stand before, both empty when it
    did not know. Who only saw it there (``is_seen``) says nothing of before.
    """

    wall_us: int
    plate: str
    location: str
    parent: str
    was_at: str = ""
    was_on: str = ""
    is_seen: bool = False

    @property
    def place(self) -> str:
        return self.location or self.parent

    @property
    def place_before(self) -> str:
        return self.was_at or self.was_on
