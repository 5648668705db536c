"""The pipe from a drain: the process is started and ended here, and its records are read."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from devices.readers.hid.drain import HEAD, Piece, Record

READ_BYTES_MAX = 1 << 16
DRAIN = Path(__file__).with_name("drain.py")


def drain_of(kind: str, path: str) -> list[str]:
    """The command that drains a device: Python alone, without anything that is installed."""
    return [sys.executable, "-I", "-S", str(DRAIN), kind, path]


class Drained:
    """A drain at work. It ends when the pipe is closed; its memory is its own, and bounded."""

    def __init__(self, command: Sequence[str]) -> None:
        """Start it.

        Raises:
            OSError: there can be no process.
        """
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
        )
        assert self.process.stdout is not None
        self._out = self.process.stdout
        self._rest = b""

    def fileno(self) -> int:
        return self._out.fileno()

    def read(self) -> Iterator[Piece]:
        """What has come, where something has; a drain that is gone without a word is told as GONE."""
        data = os.read(self.fileno(), READ_BYTES_MAX)
        if not data:
            yield Piece(Record.GONE, 0)
            return
        self._rest += data
        while (piece := self._next()) is not None:
            yield piece

    def _next(self) -> Piece | None:
        if len(self._rest) < HEAD.size:
            return None
        record, length, time_us = HEAD.unpack_from(self._rest)
        if len(self._rest) < HEAD.size + length:
            return None
        data = self._rest[HEAD.size : HEAD.size + length]
        self._rest = self._rest[HEAD.size + length :]
        return Piece(Record(record), time_us, data)

    def close(self) -> None:
        """End it, and wait until the device is free again."""
        self._out.close()
        self.process.kill()
        self.process.wait()
