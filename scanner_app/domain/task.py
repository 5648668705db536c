"""Task: something that is to be done at a place, such as to count it again; a row of master data."""

from msgspec import Struct

COUNT, LOOK = "count", "look"
"""Kinds that the centre makes itself: count a place or an item there; look for a plate, which is the task's item."""
MADE = "@"
"""What the name of a task begins with that words made; behind it stands what it is about."""
PLANNED = "."
"""What the name of a task begins with that a plan or a request made; there is one for each place, or item at a place.

No code begins so, and neither does that of a task that a site imports.
"""


class Task(Struct, frozen=True, array_like=True, tag="task"):
    """What is to be done (``kind``), where, and of which item, all of them where it is empty.

    ``since`` is the instant (us) from which on it waits: of another ``since`` it is another task of that name.
    ``not_by`` is a person who is not to do it. ``zone`` and ``walk`` are where the place is, in walk order. The higher
    the ``priority`` the sooner; until ``due`` (us, 0: no day was said) it is to be done. ``plan`` made it.

    The person ``holder`` has it, and works at it until ``until``. To everybody else it is theirs for as long as the row
    says so, whatever the time: the centre takes the holder out when it is certain that they are not at it any more.
    """

    task: str
    kind: str
    place: str
    item: str = ""
    since: int = 0
    not_by: str = ""
    active: bool = True
    zone: str = ""
    walk: int = 0
    priority: int = 0
    due: int = 0
    plan: str = ""
    holder: str = ""
    until: int = 0

    @property
    def recounts(self) -> str:
        """The claim, or the closing, that is to be counted again; empty of another task.

        >>> Task("@c1", COUNT, "A").recounts, Task("7", COUNT, "A").recounts, Task("@P1", LOOK, "A").recounts
        ('c1', '', '')
        """
        return self.task.removeprefix(MADE) if self.kind == COUNT and self.task.startswith(MADE) else ""


def name_of(place: str, item: str = "") -> str:
    """The name of the one task that counts a place, or an item there, whoever wants it counted.

    >>> name_of("A-01"), name_of("A-01", "TEA"), name_of("A-0", "1TEA")
    ('.A-01', '..4.A-01TEA', '..3.A-01TEA')
    """
    return f"{PLANNED}{PLANNED}{len(place)}{PLANNED}{place}{item}" if item else f"{PLANNED}{place}"
