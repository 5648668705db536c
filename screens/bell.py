"""Sounds a terminal can make: one BEL for good, two for attention, three for bad, far enough apart to be counted."""

from collections.abc import Callable

from scanner_app.session.view import Tone, View

STROKES = {Tone.PLAIN: 0, Tone.GOOD: 1, Tone.ATTENTION: 2, Tone.BAD: 3}
GAP_S = 0.18
BEL = "\a"


class Bell:
    """Rings once for each new message; a newer pattern replaces what is left of the older one."""

    def __init__(self, write: Callable[[str], None], later: Callable[[float, Callable[[], None]], None]) -> None:
        self._write = write
        self._later = later
        self._rung: tuple[int, str] = (-1, "")
        self._left = 0
        self._is_ringing = False

    def ring(self, view: View) -> None:
        """Ring if the view answers another entry, or answers otherwise, than the last one rung for."""
        news = (view.counter, view.message)
        if news == self._rung:
            return
        self._rung = news
        if view.message:
            self._left = STROKES[view.tone]
            if not self._is_ringing:
                self._stroke()

    def _stroke(self) -> None:
        self._is_ringing = self._left > 0
        if self._is_ringing:
            self._left -= 1
            self._write(BEL)
            self._later(GAP_S, self._stroke)
