"""A line laid in rows: a code, a number with its unit and a verdict whole, a name shortened where that saves a row."""

import re
from functools import lru_cache
from typing import NamedTuple

from scanner_app.session.view.part import Kind, Part
from scanner_app.session.view.view import Line
from screens.cells import broken, cut, shortened, width_of
from screens.clean import clean
from screens.row import Piece, Role, Row, filled

NAME_CELLS_MIN = 8
"""A name that has less room takes a row of its own."""
LEFT_OUT = "~"
INDENT = 2
LINES_KEPT = 1024
"""What is typed, and each tick, paints the same lines again: so many are laid once."""
_BREAKS = re.compile(r"(?<=[ >])")


class Laid(NamedTuple):
    """Rows of a line; ``is_short`` says that some of its name is missing."""

    rows: list[Row]
    is_short: bool = False


@lru_cache(LINES_KEPT)
def laid(line: Line, width: int, *, is_whole: bool, lead: int = 0) -> Laid:
    """A line in as many rows as it takes, or with ``is_whole`` off in as few as keep all but names.

    ``lead`` cells are kept for its label, below which nothing stands; else what goes on is indented a little.
    """
    is_prose = line.is_sentence and not line.label
    sheet = _Sheet(width, 0 if is_prose else lead or min(INDENT, width // 8))
    if line.label:
        sheet.label(clean(line.label))
    parts = [part for part in line.in_parts if part.text]
    for place, part in enumerate(parts):
        if part.kind is Kind.BESIDE and not is_whole:
            continue
        if part.kind is Kind.VERDICT and place:
            sheet.colon()
        if part.kind is Kind.EXTRA and not is_whole and sheet.is_full(clean(part.text)):
            sheet.left_out()
        elif part.kind in (Kind.NAME, Kind.EXTRA) and not is_whole:
            sheet.name(clean(part.text), sum(width_of(clean(later.text)) + 1 for later in parts[place + 1 :]))
        else:
            _put(sheet, part)
    return sheet.laid()


def _put(sheet: "_Sheet", part: Part) -> None:
    text = clean(part.text)
    for word in [text] if part.kind in (Kind.CODE, Kind.QUANTITY) else text.split(" "):
        sheet.solid(word)


class _Sheet:
    """Rows as they fill."""

    def __init__(self, width: int, indent: int) -> None:
        self._width = width
        self._indent = indent if 2 * indent < width else 0
        self._rows: list[list[Piece]] = [[]]
        self._used = 0
        self._gap = 0
        self._is_short = False

    def label(self, label: str) -> None:
        self._add(cut(label + ":", self._width), Role.LABEL)
        self._gap = max(1, self._indent - self._used)

    def colon(self) -> None:
        if self._used < self._width and self._rows[-1]:
            self._add(":", Role.DATA)

    def solid(self, text: str) -> None:
        """Whole in this row or in the next; broken where it is longer than a row, at a blank if there is one."""
        if width_of(text) <= self._room:
            self._follow(text)
        elif width_of(text) <= self._width - self._indent:
            self._next_row(text)
        elif len(words := [word for word in map(str.rstrip, _BREAKS.split(text)) if word]) > 1:
            for word in words:
                self.solid(word)
        else:
            self._break(text)

    def is_full(self, text: str) -> bool:
        """Say whether a name would have hardly any room in this row."""
        return width_of(text) > self._room and self._room < NAME_CELLS_MIN

    def left_out(self) -> None:
        """Mark that something is missing here, where there is room for the mark."""
        self._is_short = True
        if self._room >= 1:
            self._follow(LEFT_OUT)

    def name(self, text: str, after: int) -> None:
        """Shortened to what ``after`` cells leave of this row, or of the next where that is hardly anything."""
        room = self._room - after
        if width_of(text) <= room:
            self._follow(text)
        elif room >= NAME_CELLS_MIN:
            self._follow(self._shortened(text, room))
        else:
            room = self._width - self._indent
            self._next_row(self._shortened(text, room - after if room - after >= NAME_CELLS_MIN else room))

    def laid(self) -> Laid:
        return Laid([filled(row or [Piece("", Role.DATA)], self._width) for row in self._rows], self._is_short)

    @property
    def _room(self) -> int:
        return self._width - self._used - self._gap

    def _shortened(self, text: str, room: int) -> str:
        self._is_short = self._is_short or width_of(text) > room
        return shortened(text, room)

    def _break(self, text: str) -> None:
        head = broken(text, self._room)[0] if self._room >= NAME_CELLS_MIN else ""
        if head:
            self._follow(head)
        for piece in broken(text[len(head) :], self._width - self._indent):
            self._next_row(piece)

    def _follow(self, text: str) -> None:
        self._add(" " * self._gap + text, Role.DATA)
        self._gap = 1

    def _next_row(self, text: str) -> None:
        if self._rows[-1]:
            self._rows.append([])
            self._used = 0
            self._add(" " * self._indent + text, Role.DATA)
        else:
            self._add(text, Role.DATA)
        self._gap = 1

    def _add(self, text: str, role: Role) -> None:
        row = self._rows[-1]
        if row and row[-1].role is role:
            row[-1] = Piece(row[-1].text + text, role)
        else:
            row.append(Piece(text, role))
        self._used += width_of(text)
