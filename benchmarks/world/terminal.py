"""A pseudo-terminal with a program in it, and a clock at hand: bytes in, bytes out, and when they came."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from benchmarks.result import BenchmarkError

_LOOK_S = 0.02
"""Between two looks at the memory of a process."""

WIDTH, HEIGHT = 40, 12
PATIENCE_S = 60.0
STOP_S_MAX = 5.0
READ_BYTES_MAX = 65_536
WRITE_BYTES_MAX = 512
_SHOWN_BYTES_MAX = 2_000


class Terminal:
    """The master side of a pty of 40x12. ``seen`` is what came since ``forget``, ``received`` counts all bytes."""

    def __init__(self, command: Sequence[str]) -> None:
        self.received = 0
        self.seen = bytearray()
        self._master, slave = pty.openpty()
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))
        self.started_s = time.perf_counter()
        self.child = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            env={**os.environ, "TERM": "xterm-256color"},
        )
        os.close(slave)

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def forget(self) -> None:
        self.seen.clear()

    def write(self, data: bytes) -> None:
        """Write all of it, reading meanwhile so that neither side blocks the other."""
        while data:
            readable, writable, _ = select.select([self._master], [self._master], [], PATIENCE_S)
            if readable:
                self._read()
            if writable:
                data = data[os.write(self._master, data[:WRITE_BYTES_MAX]) :]

    def wait_for(self, marker: bytes) -> float:
        """Read until ``marker`` has come since ``forget``; return when that was (s, ``perf_counter``)."""
        deadline = time.perf_counter() + PATIENCE_S
        while marker not in self.seen:
            left = deadline - time.perf_counter()
            if left <= 0 or not select.select([self._master], [], [], left)[0]:
                raise BenchmarkError(f"{marker!r} did not come: {bytes(self.seen[-_SHOWN_BYTES_MAX:])!r}")
            self._read()
        return time.perf_counter()

    def answer(self, line: str, marker: bytes) -> float:
        """Enter a line and wait for what it brings on screen; return how long that took (s)."""
        self.forget()
        begun = time.perf_counter()
        os.write(self._master, line.encode() + b"\r")
        return self.wait_for(marker) - begun

    def read_for(self, seconds: float) -> None:
        """Read whatever comes during so many seconds."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            if select.select([self._master], [], [], left)[0]:
                self._read()

    def _read(self) -> None:
        try:
            data = os.read(self._master, READ_BYTES_MAX)
        except OSError as error:
            said = bytes(self.seen[-_SHOWN_BYTES_MAX:])
            raise BenchmarkError(f"The program has ended: {said!r}") from error
        self.received += len(data)
        self.seen += data

    def close(self) -> None:
        """Ask the program to end as a lost line would, and wait for it."""
        if self.child.poll() is None:
            self.child.send_signal(signal.SIGTERM)
        try:
            self._drain_until_ended()
        finally:
            os.close(self._master)

    def _drain_until_ended(self) -> None:
        deadline = time.perf_counter() + STOP_S_MAX
        while self.child.poll() is None and time.perf_counter() < deadline:
            if select.select([self._master], [], [], 0.01)[0]:
                try:
                    os.read(self._master, READ_BYTES_MAX)
                except OSError:
                    break
        try:
            self.child.wait(max(0.1, deadline - time.perf_counter()))
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()


def resident_kb(process: int) -> int:
    """Resident memory of a process (VmRSS, in kB of 1,024 bytes)."""
    return _status_kb(process, "VmRSS:")


def peak_kb(process: int) -> int:
    """The most that a process and its children have had resident, each at its own time (VmHWM, in kB)."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return _status_kb(process, "VmHWM:") + sum(peak_kb(int(child)) for child in children)


def peak_of(running: "subprocess.Popen[bytes]") -> int:
    """The peak memory of a process and its children (kB), looked at until it ends."""
    found = 0
    while running.poll() is None:
        with suppress(BenchmarkError, OSError):  # it may end between two looks
            found = max(found, peak_kb(running.pid))
        time.sleep(_LOOK_S)
    return found


def _status_kb(process: int, name: str) -> int:
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1])
    raise BenchmarkError(f"Process {process} tells nothing of its memory.")
