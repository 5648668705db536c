"""Sounds a terminal can make: strokes of its bell, a number for each tone, far enough apart to be counted."""

from collections.abc import Callable

from scanner_app.session.view.view import Message, View
from screens.manner import Manner
from screens.messages import said

GAP_S = 0.18
BEL = "\a"


class Bell:
    """Rings once for each new message, the loudest; a newer pattern replaces what is left of the older one."""

    def __init__(
        self, manner: Manner, write: Callable[[str], None], later: Callable[[float, Callable[[], None]], None]
    ) -> None:
        self._manner = manner
        self._write = write
        self._later = later
        self._rung: tuple[int, tuple[Message, ...]] = (-1, ())
        self._left = 0
        self._is_ringing = False

    def ring(self, view: View) -> None:
        """Ring if the view answers another entry, or answers otherwise, than the last one rung for."""
        messages = said(view)
        if (view.counter, messages) == self._rung:
            return
        self._rung = (view.counter, messages)
        if messages:
            self._left = max(self._manner.strokes(message.tone) for message in messages)
            if not self._is_ringing:
                self._stroke()

    def _stroke(self) -> None:
        self._is_ringing = self._left > 0
        if self._is_ringing:
            self._left -= 1
            self._write(BEL)
            self._later(GAP_S, self._stroke)
