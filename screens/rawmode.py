"""Raw mode as the first statement of the process: from then on no byte of a scan is a signal, an edit or an echo.

Imports nothing that takes time; what arrived before stays in the terminal's queue and is read later.
"""

import atexit
import sys
import termios

_INPUT, _OUTPUT, _CONTROL, _LOCAL = 0, 1, 2, 3
_SPECIALS = 6
_saved: list[object] = []


def enter_raw_mode() -> bool:
    """Make the terminal on stdin raw, without discarding what it holds; False where stdin is none."""
    try:
        fileno = sys.__stdin__.fileno() if sys.__stdin__ else -1
        attributes = termios.tcgetattr(fileno)
    except (termios.error, ValueError, OSError):
        return False
    if not _saved:
        _saved.append(termios.tcgetattr(fileno))
        atexit.register(leave_raw_mode)
    attributes[_INPUT] &= ~(
        termios.BRKINT | termios.ICRNL | termios.INLCR | termios.IGNCR | termios.INPCK | termios.ISTRIP
        | termios.IXON | termios.IXOFF
    )  # fmt: skip
    attributes[_CONTROL] = attributes[_CONTROL] & ~(termios.CSIZE | termios.PARENB) | termios.CS8
    attributes[_LOCAL] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
    attributes[_SPECIALS][termios.VMIN] = 1
    attributes[_SPECIALS][termios.VTIME] = 0
    termios.tcsetattr(fileno, termios.TCSANOW, attributes)
    return True


def leave_raw_mode() -> None:
    """Give the terminal back as it was found; also for those who leave by ``os._exit``, which skips atexit."""
    if not _saved:
        return
    try:
        termios.tcsetattr(sys.__stdin__.fileno(), termios.TCSANOW, _saved.pop())  # type: ignore[union-attr,arg-type]
    except (termios.error, ValueError, OSError):
        _saved.clear()
