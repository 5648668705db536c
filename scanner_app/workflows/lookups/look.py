"""A look-up: what a script may ask of the book and the master data; each kind stands in a file with the value it gets.

A look-up is yielded, answered by whoever runs the script, and its value kept in the log, so that a replay never looks.
"""

from typing import ClassVar

from msgspec import Struct

Examples = tuple[tuple[str, Struct], ...]


class Look(Struct, frozen=True):
    """What every look-up has. ``is_dated`` says that its value tells as of when it is so."""

    is_dated: ClassVar[bool] = False

    @property
    def unasked(self) -> Struct | None:
        """What a script is told where a log is replayed that is older than this kind of look-up, if that will do.

        It is of a type of its own, by which a replay sees that the log does not hold it.
        """
        return None

    def examples(self) -> Examples:
        """The values worth trying when a chart is drawn, each with what it is called where it decides the way."""
        raise NotImplementedError
