"""The one widget: shows rows, and refreshes of them only what changed."""

from collections.abc import Mapping

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from screens.cells import width_of
from screens.row import Piece, Role, Row, changed_width


class Glass(Widget):
    """Rows in, strips out. ``show`` costs one refresh, of the left part of the rows that differ."""

    can_focus = False

    def __init__(self, palette: Mapping[Role, Style]) -> None:
        super().__init__()
        self._palette = palette
        self._rows: list[Row] = []

    def show(self, rows: list[Row]) -> bool:
        """Put rows on the glass; False if they are what is there already."""
        old, self._rows = self._rows, rows
        if _size(old) != _size(rows):
            self.refresh()
            return True
        widths = [changed_width(before, after) for before, after in zip(old, rows, strict=True)]
        regions = [Region(0, y, width, 1) for y, width in enumerate(widths) if width]
        if regions:
            self.refresh(*regions)
        return bool(regions)

    def blank_from(self, y: int) -> int:
        """From which column on the row shows nothing, on the terminal's own background."""
        if y >= len(self._rows):
            return 0
        end = shown = 0
        for piece in self._rows[y]:
            is_plain = _is_plain(self._palette[piece.role])
            text = piece.text.rstrip(" ") if is_plain else piece.text
            shown = end + width_of(text) if text else shown
            end += width_of(piece.text)
        return shown

    def render_line(self, y: int) -> Strip:
        if y >= len(self._rows):
            return Strip.blank(self.size.width, self._palette[Role.PLAIN])
        segments = [segment for piece in self._rows[y] for segment in self._segments(piece)]
        return Strip(segments, self.size.width)

    def _segments(self, piece: Piece) -> list[Segment]:
        """A piece in its style; blanks behind it that nobody can tell apart are plain, and so cheaper to paint."""
        style = self._palette[piece.role]
        text = piece.text.rstrip(" ") if _is_plain(style) else piece.text
        plain = Segment(piece.text[len(text) :], self._palette[Role.PLAIN])
        return [segment for segment in (Segment(text, style), plain) if segment.text]


def _is_plain(style: Style) -> bool:
    """Whether a blank in it looks like any blank."""
    return not (style.bgcolor or style.reverse or style.underline)


def _size(rows: list[Row]) -> tuple[int, int]:
    """Rows and the cells of one, all rows being as wide."""
    return len(rows), sum(width_of(piece.text) for piece in rows[0]) if rows else 0
