"""Lists in columns, where the screen has room: each column as wide as its widest cell, quantities to the right."""

import re
from collections.abc import Sequence
from itertools import zip_longest

from msgspec.structs import replace

from scanner_app.session.view.view import Line
from screens.cells import padded, width_of
from screens.clean import clean

COLUMNS_FROM_WIDTH = 60
_GAP = "  "
_QUANTITY = re.compile(r"-?[\d.,]+( \S+)?")


def in_columns(lines: Sequence[Line], width: int) -> Sequence[Line]:
    """The lines with their cells set below each other; as they are on a narrow screen or without cells."""
    rows = [tuple(map(clean, line.cells)) for line in lines if line.cells]
    if width < COLUMNS_FROM_WIDTH or not rows:
        return lines
    columns = list(zip_longest(*rows, fillvalue=""))
    widths = [max(map(width_of, column)) for column in columns]
    rights = [all(not cell or _QUANTITY.fullmatch(cell) for cell in column) for column in columns]
    return [replace(line, text=_joined(line, widths, rights)) if line.cells else line for line in lines]


def _joined(line: Line, widths: list[int], rights: list[bool]) -> str:
    cells = zip(map(clean, line.cells), widths, rights, strict=False)
    return _GAP.join(_aligned(cell, width, is_right) for cell, width, is_right in cells if width).rstrip()


def _aligned(cell: str, width: int, is_right: bool) -> str:
    return " " * (width - width_of(cell)) + cell if is_right else padded(cell, width)
