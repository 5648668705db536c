"""The terminal of line mode: its line editing stays, its signals and other specials go, its echo is ours to switch."""

import contextlib
import select
import termios
from types import TracebackType

_INPUT, _LOCAL, _SPECIALS = 0, 3, 6
_DISABLED = b"\x00"
_KEPT = (termios.VERASE, termios.VMIN, termios.VTIME)
_CTRL_U = b"\x15"


class LineTerminal:
    """A context that gives the terminal back as it was; does nothing where the descriptor is none.

    A scan may hold the bytes of Ctrl-C, Ctrl-D or Ctrl-Backslash: only Backspace and Ctrl-U mean something.
    """

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._saved: list[object] = []
        self.is_terminal = False

    def __enter__(self) -> "LineTerminal":
        with contextlib.suppress(termios.error):
            self._saved = [*termios.tcgetattr(self._fd)]
            self.is_terminal = True
            self._calm()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self.is_terminal:
            with contextlib.suppress(termios.error):
                termios.tcsetattr(self._fd, termios.TCSANOW, self._saved)  # type: ignore[arg-type]

    def echo(self, is_on: bool) -> None:
        """Show what is typed, or hide it while a secret is asked for."""
        if not self.is_terminal:
            return
        with contextlib.suppress(termios.error):
            attributes = termios.tcgetattr(self._fd)
            on = attributes[_LOCAL] | termios.ECHO
            attributes[_LOCAL] = on if is_on else on & ~termios.ECHO
            termios.tcsetattr(self._fd, termios.TCSANOW, attributes)

    def give_up(self) -> None:
        """Empty the line that is half typed, which the terminal keeps until Enter; a whole one is left to be read."""
        if self.is_terminal and not select.select([self._fd], [], [], 0)[0]:
            with contextlib.suppress(termios.error):
                termios.tcflush(self._fd, termios.TCIFLUSH)

    def _calm(self) -> None:
        attributes = termios.tcgetattr(self._fd)
        attributes[_INPUT] = (attributes[_INPUT] | termios.ICRNL) & ~(termios.IXON | termios.IXOFF | termios.ISTRIP)
        attributes[_LOCAL] = (attributes[_LOCAL] | termios.ICANON) & ~(termios.ISIG | termios.IEXTEN)
        specials = attributes[_SPECIALS]
        attributes[_SPECIALS] = [kept if index in _KEPT else _DISABLED for index, kept in enumerate(specials)]
        attributes[_SPECIALS][termios.VKILL] = _CTRL_U
        termios.tcsetattr(self._fd, termios.TCSANOW, attributes)
