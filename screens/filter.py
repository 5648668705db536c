"""The last filter before the terminal: whatever a strip holds, no character of it steers anything."""

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from screens.clean import clean


class CleanFilter(LineFilter):
    """Cleans the text of every segment on its way out; Textual's own control codes are not segments of a line."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        return [Segment(clean(text), style, control) for text, style, control in segments]
