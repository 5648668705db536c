"""Lines in columns, where a screen is wide: labels, numbers and units each below each other, numbers to the right."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple

from scanner_app.session.view.part import Kind
from scanner_app.session.view.view import Line
from screens.body.laid import Laid
from screens.cells import padded, shortened, width_of, wrapped
from screens.clean import clean
from screens.row import Piece, Role, Row, filled

NAME_CELLS_MIN = 12
LEAD_CELLS_MAX = 14

_EXTRA, _BESIDE = 1, 2
_GIVE_WAY = {Kind.EXTRA: _EXTRA, Kind.BESIDE: _BESIDE}


class Cell(NamedTuple):
    """What a line has in a column; ``gap`` cells part it from the column before.

    What ``gives_way`` has no column where there is no room: what is told beside, then what is extra, the latter first.
    """

    text: str = ""
    is_name: bool = False
    gives_way: int = 0
    is_number: bool = False
    gap: int = 2


class Columns(NamedTuple):
    """The columns of some lines, behind ``lead`` cells for labels: what is in them, and how wide they are."""

    columns: tuple[Cell, ...]
    widths: tuple[int, ...]
    lead: int


def lead_of(lines: Sequence[Line]) -> int:
    """Cells for labels, and for what parts them from what they are called for."""
    labels = [width_of(clean(line.label)) for line in lines if line.label]
    return max(labels) + 2 if labels and max(labels) <= LEAD_CELLS_MAX else 0


def columns_of(lines: Sequence[Line], width: int, lead: int) -> Columns | None:
    """Columns that ``width`` cells have room for, names shortened or not; None where it has not."""
    rows = [_cells(line) for line in lines if len(line.parts) > 1]
    table = list(zip_longest(*rows, fillvalue=Cell()))
    columns = tuple(max(column, key=lambda cell: (bool(cell.text), cell.gap == 1)) for column in table)
    widths = _fitted(columns, [max(width_of(cell.text) for cell in column) for column in table], width - lead)
    return Columns(columns, widths, lead) if rows and _total(columns, widths) <= width - lead else None


def in_columns(line: Line, columns: Columns, width: int) -> Laid:
    """A line in its columns, in one row."""
    cells = list(zip(_cells(line), columns.widths, strict=False))
    texts = [shortened(cell.text, room) if room else "" for cell, room in cells]
    is_short = any(width_of(cell.text) > room for cell, room in cells if cell.gives_way != _BESIDE)
    return Laid([_row(label_of(line, columns.lead), texts, columns, width)], is_short)


def whole_in_columns(line: Line, columns: Columns, width: int) -> Laid:
    """A line in its columns with nothing left out: what a column has no room for goes on below, within the column.

    What has no column stands below them.
    """
    texts = [
        wrapped(cell.text, room, len(cell.text) + 1) if room else [""]
        for cell, room in zip(_cells(line), columns.widths, strict=False)
    ]
    below = [Piece(" " * columns.lead, Role.LABEL)] if columns.lead else []
    rows = enumerate(zip_longest(*texts, fillvalue=""))
    whole = [_row(below if number else label_of(line, columns.lead), row, columns, width) for number, row in rows]
    return Laid([*whole, *_without_column(line, columns, width, below)])


def _without_column(line: Line, columns: Columns, width: int, below: Sequence[Piece]) -> list[Row]:
    """What gave way, in rows below the columns."""
    texts = [cell.text for cell, room in zip(_cells(line), columns.widths, strict=False) if not room]
    text = " ".join(filter(None, texts))
    rows = wrapped(text, width - columns.lead, len(text) + 1) if text else []
    return [filled([*below, Piece(row, Role.DATA)], width) for row in rows]


def _row(label: Sequence[Piece], texts: Sequence[str], columns: Columns, width: int) -> Row:
    """A row of what each column has in it, behind a label."""
    row = ""
    for text, column, cells in zip(texts, columns.columns, columns.widths, strict=False):
        if cells:
            blank = " " * (cells - width_of(text))
            row += " " * (column.gap if row else 0) + (blank + text if column.is_number else text + blank)
    return filled([*label, Piece(row.rstrip(), Role.DATA)], width)


def label_of(line: Line, lead: int) -> list[Piece]:
    """The label of a line in its column, a number to the right."""
    label = f"{clean(line.label)}:" if line.label else ""
    right = " " * (lead - 1 - width_of(label)) if line.label.isdigit() else ""
    return [Piece(padded(right + label, lead), Role.LABEL)] if lead else []


def _cells(line: Line) -> list[Cell]:
    cells: list[Cell] = []
    for part in line.parts:
        text = clean(part.text)
        if part.kind is Kind.QUANTITY:
            number, _, unit = text.partition(" ")
            cells += [Cell(number, is_number=True), Cell(unit, gap=1)]
        else:
            gives_way = _GIVE_WAY.get(part.kind, 0)
            cells.append(Cell(text, is_name=part.kind in (Kind.NAME, Kind.EXTRA), gives_way=gives_way))
    return cells


def _fitted(columns: Sequence[Cell], widths: Sequence[int], room: int) -> tuple[int, ...]:
    """Names give way, the widest first; where something is told beside, then all of what is extra, then that."""
    fitted = list(widths)
    names = [place for place, column in enumerate(columns) if column.is_name]
    for place in sorted(names, key=lambda name: -fitted[name]):
        over = max(0, _total(columns, fitted) - room)
        fitted[place] = min(fitted[place], max(NAME_CELLS_MIN, fitted[place] - over))
    for kind in (_EXTRA, _BESIDE) if any(column.gives_way == _BESIDE for column in columns) else ():
        for place in (one for one in reversed(range(len(columns))) if columns[one].gives_way == kind):
            fitted[place] = fitted[place] if _total(columns, fitted) <= room else 0
    return tuple(fitted)


def _total(columns: Sequence[Cell], widths: Sequence[int]) -> int:
    gaps = [column.gap for column, width in zip(columns, widths, strict=True) if width]
    return sum(widths) + sum(gaps[1:])
