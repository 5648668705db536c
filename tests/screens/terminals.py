"""A pseudo-terminal with a program in it: written to, read from, waited for; nothing sleeps blindly."""

import contextlib
import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE_S = 20.0


class Terminal:
    """The master side of a pty whose slave is a child's stdin, stdout and stderr."""

    def __init__(
        self, *arguments: str, width: int = 40, height: int = 12, environment: dict[str, str] | None = None
    ) -> None:
        self.master, slave = pty.openpty()
        self.name = os.ttyname(slave)
        self.resize(width, height)
        self.shown = bytearray()
        self.child = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=ROOT,
            start_new_session=True,
            env={**os.environ, "TERM": "xterm", **(environment or {})},
        )
        os.close(slave)

    def resize(self, width: int, height: int) -> None:
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))

    def write(self, data: bytes) -> None:
        """Write all of it, reading meanwhile so that neither side blocks the other."""
        while data:
            readable, writable, _ = select.select([self.master], [self.master], [], PATIENCE_S)
            if readable:
                self._take()
            if writable:
                data = data[os.write(self.master, data[:512]) :]

    def fill(self) -> None:
        """Let there be no room for another byte on the way to whoever reads the terminal, as when nobody does."""
        screen = os.open(self.name, os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
        while select.select([], [screen], [], 0.2)[1]:
            with contextlib.suppress(BlockingIOError):
                while os.write(screen, b"." * 64):
                    pass
        os.close(screen)

    def hang_up(self) -> None:
        """Go away, as a connection that is lost."""
        os.close(self.master)
        self.master, other = os.pipe()
        os.close(other)

    def wait(self, is_done: Callable[[], bool]) -> None:
        """Read what the child writes until the condition holds."""
        deadline = time.monotonic() + PATIENCE_S
        while not is_done():
            assert time.monotonic() < deadline, bytes(self.shown[-2000:])
            if select.select([self.master], [], [], 0.02)[0]:
                self._take()

    def wait_for(self, text: bytes) -> None:
        self.wait(lambda: text in self.shown)

    def settle(self, quiet_s: float = 0.3) -> None:
        """Read until nothing has come for a while."""
        while select.select([self.master], [], [], quiet_s)[0]:
            if not self._take():
                return

    def _take(self) -> bool:
        try:
            data = os.read(self.master, 65536)
        except OSError:
            data = b""
        self.shown += data
        return bool(data)

    def close(self) -> None:
        if self.child.poll() is None:
            self.child.kill()
        self.child.wait(PATIENCE_S)
        os.close(self.master)
