"""Leasing: somebody asks to have tasks for a while, says that one ends, or wants something done, as facts say it."""

from msgspec import Struct


class Leasing(Struct, frozen=True):
    """``tasks`` are asked for until an instant (us, by the wall clock of the device)."""

    tasks: tuple[str, ...]
    until_us: int


class Ending(Struct, frozen=True):
    """A ``task``, or the ``line`` of a document, ends without being done, or is given back, for a ``reason``.

    It speaks of the ``version`` that its author saw: of a task that is its ``since``.
    """

    task: str
    line: str
    version: int
    reason: str


class Wish(Struct, frozen=True):
    """A ``place`` is to be counted, or an ``item`` there; an item wherever it is, where no place is named."""

    place: str
    item: str
