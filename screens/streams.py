"""The standard streams (stdin, stdout, stderr): there from the start, flushed at the end, silent where nobody reads.

What a stream cannot get rid of stays in its buffer, and Python tries once more at the end of the process. So a terminal
that has gone away would become exit status 120.
"""

import os
import select
import sys
from typing import TextIO

from scanner_app.errors import DeviceError

NO_TERMINAL = "There is no terminal here. Use: scanner line"


def stand_in() -> None:
    """Take the places of streams that the process was started without; reading or writing there fails.

    The next file to be opened would get the number of the missing one, and what is printed with it.
    """
    for name, fileno, wrong_way in (("stdin", 0, os.O_WRONLY), ("stdout", 1, os.O_RDONLY), ("stderr", 2, os.O_RDONLY)):
        try:
            os.fstat(fileno)
        except OSError:
            os.open(os.devnull, wrong_way)  # the lowest free number, which is this one
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(fileno, "w" if fileno else "r", encoding="utf-8", closefd=False))


def finish(stream: TextIO) -> OSError | None:
    """Flush the stream; what it cannot get rid of is given up, and the reason comes back."""
    try:
        stream.flush()
    except OSError as error:
        _give_up(stream)
        stream.flush()
        return error
    return None


def _give_up(stream: TextIO) -> None:
    """Let everything that was or will be written to the stream go nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def of_terminal() -> TextIO:
    """The stream that a screen is painted on: stderr where that is a terminal, else stdout.

    Raises:
        DeviceError: neither is one.
    """
    for stream in (sys.__stderr__, sys.__stdout__):
        if stream is not None and stream.isatty():
            return stream
    raise DeviceError(NO_TERMINAL)


class Canvas:
    """The terminal as a stream without a buffer of Python's, for the thread that paints.

    What a terminal does not take is in nobody's buffer, and a thread that waits for it holds no lock: neither is in the
    way when the process ends. Once the terminal is gone, what is written goes nowhere.
    """

    def __init__(self, stream: TextIO) -> None:
        self._fd = stream.fileno()
        self._encoding = stream.encoding
        self._unwritten = b""

    def write(self, text: str) -> None:
        self._unwritten += text.encode(self._encoding, "backslashreplace")

    def flush(self) -> None:
        data, self._unwritten = self._unwritten, b""
        try:
            while data:
                data = data[self._taken(data) :]
        except OSError:
            return

    def _taken(self, data: bytes) -> int:
        """How many bytes the terminal has taken, after a wait if it would take none."""
        try:
            return os.write(self._fd, data)
        except BlockingIOError:  # somebody else who has this terminal open asked not to wait
            select.select([], [self._fd], [])
            return 0

    def fileno(self) -> int:
        return self._fd
