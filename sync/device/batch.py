"""A batch on its way: what the store had to say when an exchange began, and the request that is made of it."""

from collections.abc import Callable

from msgspec import Struct

from scanner_app.domain.clock import Offset
from scanner_app.store.identity import Position
from scanner_app.store.journal import Waiting
from sync.device.flight import Landed
from sync.device.signed_on import Present


class Taken(Struct, frozen=True):
    """What the store had to say when an exchange began.

    As long as it ``is_unordered``, events stand behind later ones, and the device cannot say up to when all is told.
    """

    batch: tuple[Waiting, ...]
    waiting: int
    position: Position
    epoch: int
    offset: Offset | None
    renews: bool
    is_unordered: bool
    open_us: int | None
    people: Present


class Sending(Struct, frozen=True):
    """A batch that is ready to be sent, or under way: ``landed`` waits for its answer."""

    taken: Taken
    has_pulled: bool
    landed: Callable[[], Landed]

    @property
    def is_followed(self) -> bool:
        """Say whether more events wait behind those of this batch, and nothing unusual is going on."""
        return bool(self.taken.batch) and not self.taken.renews and self.taken.waiting > len(self.taken.batch)
