"""Task: something that is to be done at a place, such as to count it again; a row of master data."""

from msgspec import Struct

COUNT, LOOK = "count", "look"
"""Kinds that the centre makes itself: count a place or an item there; look for a plate, which is the task's item."""
MADE = "@"
"""What the name of a task begins with that the centre made; behind it stands what it is about."""


class Task(Struct, frozen=True, array_like=True, tag="task"):
    """What is to be done (``kind``), where, and of which item, all of them where it is empty.

    ``since`` is the instant (us) from which on it waits; ``not_by`` a person who is not to do it.
    """

    task: str
    kind: str
    place: str
    item: str = ""
    since: int = 0
    not_by: str = ""
    active: bool = True

    @property
    def recounts(self) -> str:
        """The claim, or the closing, that is to be counted again; empty of another task.

        >>> Task("@c1", COUNT, "A").recounts, Task("7", COUNT, "A").recounts, Task("@P1", LOOK, "A").recounts
        ('c1', '', '')
        """
        return self.task.removeprefix(MADE) if self.kind == COUNT and self.task.startswith(MADE) else ""
