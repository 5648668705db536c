"""Task: something that is to be done at a place, such as to count it again; a row of master data."""

from msgspec import Struct


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
