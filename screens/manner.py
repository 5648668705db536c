"""How a face looks and sounds: strokes of the bell for each tone, and how strong its colours are."""

from enum import StrEnum

from msgspec import Struct

from scanner_app.session.view.view import Tone


class Contrast(StrEnum):
    """The colours of the terminal, its strongest ones, or none."""

    NORMAL = "normal"
    HIGH = "high"
    NONE = "none"


class Manner(Struct, frozen=True):
    """Strokes of the bell, 0 for silence, and the contrast."""

    good: int = 1
    attention: int = 2
    bad: int = 3
    contrast: Contrast = Contrast.NORMAL

    def strokes(self, tone: Tone) -> int:
        return {Tone.GOOD: self.good, Tone.ATTENTION: self.attention, Tone.BAD: self.bad}.get(tone, 0)


SILENT = Manner(0, 0, 0)
