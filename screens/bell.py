"""Sounds a terminal can make: strokes of its bell, a number for each tone, far enough apart to be counted."""

from collections.abc import Callable

from scanner_app.session.view.view import View
from screens.manner import Manner

GAP_S = 0.18
BEL = "\a"


class Bell:
    """Rings once for each new message; a newer pattern replaces what is left of the older one."""

    def __init__(
        self, manner: Manner, write: Callable[[str], None], later: Callable[[float, Callable[[], None]], None]
    ) -> None:
        self._manner = manner
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
            self._left = self._manner.strokes(view.tone)
            if not self._is_ringing:
                self._stroke()

    def _stroke(self) -> None:
        self._is_ringing = self._left > 0
        if self._is_ringing:
            self._left -= 1
            self._write(BEL)
            self._later(GAP_S, self._stroke)
