"""Short lines side by side, where rows are few: facts as many as fit in a row, a list in halves or thirds."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from scanner_app.session.view.view import Line
from screens.cells import cut, padded, width_of, wrapped
from screens.clean import clean
from screens.row import Piece, Role, Row, row_of

PARTS_FROM_WIDTH = 40
LABEL_CELLS_MIN = 4
_GAP = Piece("  ", Role.PLAIN)


def tight(line: Line, width: int) -> Row:
    """A line in at most ``width`` cells, its label before its text; the label gives way before the text does.

    A code that leaves no room for a label stands alone, and whole.
    """
    text = clean(line.text)
    if not line.label or (" " not in text and width - LABEL_CELLS_MIN < width_of(text) <= width):
        return (Piece(cut(text, width), Role.DATA),)
    label = _label(clean(line.label), text, width)
    return Piece(label, Role.LABEL), Piece(cut(text, max(1, width - width_of(label))), Role.DATA)


def filled(row: Row, width: int) -> Row:
    """The row, exactly so wide: its last piece takes what is left."""
    *before, last = row
    return (*before, Piece(padded(last.text, width - sum(width_of(piece.text) for piece in before)), last.role))


def flowed(lines: Iterable[Line], width: int) -> list[Row]:
    """As many lines in a row as fit whole, two cells apart; a sentence that is longer than a row wraps."""
    rows: list[Row] = []
    row: Row = ()
    for line in lines:
        pieces = tight(line, width)
        if line.is_sentence and width_of(_whole(line)) > width:
            rows += [filled(row, width)] if row else []
            rows += [row_of(text, Role.DATA, width) for text in wrapped(_whole(line), width, 3)]
            row = ()
            continue
        if row and _width(row) + 2 + _width(pieces) > width:
            rows.append(filled(row, width))
            row = ()
        row = (*row, _GAP, *pieces) if row else pieces
    return [*rows, filled(row, width)] if row else rows


def parted(lines: Sequence[Line], width: int) -> list[tuple[list[Line], int]]:
    """Rows of neighbours, with the parts that a row of them has: three or two where they are short, else one."""
    rows: list[tuple[list[Line], int]] = []
    for is_short, group in groupby(lines, key=lambda line: width_of(_whole(line)) < width // 2):
        neighbours = list(group)
        parts = _parts(max(width_of(_whole(line)) for line in neighbours), width) if is_short else 1
        rows += [(neighbours[place : place + parts], parts) for place in range(0, len(neighbours), parts)]
    return rows


def _parts(longest: int, width: int) -> int:
    if width < PARTS_FROM_WIDTH:
        return 1
    return 3 if longest < width // 3 else 2


def side_by_side(lines: list[Line], parts: int, width: int) -> Row:
    """Short lines, each in its part of the row."""
    cells = width // parts
    pieces = [piece for line in lines for piece in filled(tight(line, cells), cells)]
    return filled((*pieces, Piece("", Role.PLAIN)), width)


def _whole(line: Line) -> str:
    return f"{clean(line.label)}: {clean(line.text)}" if line.label else clean(line.text)


def _width(row: Row) -> int:
    return sum(width_of(piece.text) for piece in row)


def _label(label: str, text: str, width: int) -> str:
    """Down to a quarter of the row where the text is words, as far as it takes where it is a code."""
    room = min(max(width - 2 - width_of(text), width // 4 if " " in text else 1), width - 3)
    return cut(label, room) + ": "
