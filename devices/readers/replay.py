"""A reader that needs no hand: feeds the entries of a file at a given rate, for demos, training and benchmarks.

One line is one entry; ``key:F3`` is a key, ``\\x1d`` and ``\\r \\n \\t`` stand for bytes, and a line
that begins with ``#`` is a comment.
"""

import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.domain.clock import Stamp
from scanner_app.errors import DeviceError

_ESCAPE = re.compile(rb"\\(x[0-9a-fA-F]{2}|[\\rnt])")
_SHORT = {b"\\": b"\\", b"r": b"\r", b"n": b"\n", b"t": b"\t"}


def entry_of(line: bytes, stamp: Stamp) -> Entry:
    """One line of the file, without its end."""
    if line.startswith(b"key:"):
        return Entry(b"", Source.REPLAY, stamp, key=line[4:].strip().decode("ascii", "replace"))
    return Entry(_ESCAPE.sub(_byte, line), Source.REPLAY, stamp)


def _byte(escape: re.Match[bytes]) -> bytes:
    name = escape[1]
    return _SHORT[name] if name in _SHORT else bytes((int(name[1:], 16),))


class ReplayReader:
    """``rate_per_s`` 0 means as fast as possible. Nothing runs before ``start``."""

    def __init__(
        self, path: Path, submit: Callable[[Entry], None], stamp: Callable[[], Stamp], *, rate_per_s: float
    ) -> None:
        self._path = path
        self._submit = submit
        self._stamp = stamp
        self._pause_s = 1 / rate_per_s if rate_per_s > 0 else 0.0
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="replay", daemon=True)
        self._lines: list[bytes] = []

    def start(self) -> None:
        """Read the file and begin; raises DeviceError where it cannot be read."""
        try:
            self._lines = self._path.read_bytes().replace(b"\r\n", b"\n").split(b"\n")
        except OSError as error:
            raise DeviceError(f"The replay file {self._path} cannot be read: {error.strerror}.") from error
        self._thread.start()

    def stop(self) -> None:
        """End between two entries."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait for the end of the file; False if it was not reached in time."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        for line in self._spoken():
            if self._stopping.is_set():
                return
            self._submit(entry_of(line, self._stamp()))
            if self._pause_s and self._stopping.wait(self._pause_s):
                return

    def _spoken(self) -> Iterator[bytes]:
        return (line for line in self._lines if line and not line.startswith(b"#"))
