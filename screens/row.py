"""One row of the screen: pieces of text, each in a role that a palette gives its colours."""

from collections.abc import Iterable
from enum import Enum, auto
from typing import NamedTuple

from screens.cells import padded, width_of


class Role(Enum):
    """What a piece of text is for; colours are the palette's business."""

    PLAIN = auto()
    TITLE = auto()
    LINKED = auto()
    UNLINKED = auto()
    PROMPT = auto()
    ENTRY = auto()
    GOOD = auto()
    ATTENTION = auto()
    BAD = auto()
    LABEL = auto()
    DATA = auto()
    RULE = auto()
    HINT = auto()
    STATUS = auto()
    HALTED = auto()


class Piece(NamedTuple):
    """Clean text without line ends, and its role."""

    text: str
    role: Role


Row = tuple[Piece, ...]


def row_of(text: str, role: Role, width: int) -> Row:
    """A row of one role, exactly ``width`` cells."""
    return (Piece(padded(text, width), role),)


def filled(pieces: Iterable[Piece], width: int) -> Row:
    """The pieces as a row of exactly ``width`` cells: the last of them takes what is left."""
    *before, last = pieces
    return (*before, Piece(padded(last.text, width - sum(width_of(piece.text) for piece in before)), last.role))


def changed_width(old: Row, new: Row) -> int:
    """Cells from the left that must be painted again to turn ``old`` into ``new``, rows of equal width."""
    if old == new:
        return 0
    before, after = _characters(old), _characters(new)
    while before and after and before[-1] == after[-1]:
        before.pop()
        after.pop()
    return max(width_of("".join(character for character, _role in cells)) for cells in (before, after))


def _characters(row: Row) -> list[tuple[str, Role]]:
    return [(character, piece.role) for piece in row for character in piece.text]
