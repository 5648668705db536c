"""Workers at a device, in either face: each says one thing, and knows when the device has acknowledged it."""

import contextlib
import os
import select
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.picture import Picture
from tests.screens.terminals import Terminal

PATIENCE_S = 60.0
WIDTH, HEIGHT = 40, 12


class GoneError(Exception):
    """The program at the other end has ended."""


class LineWorker:
    """Uses ``scanner line``: a prompt on standard output acknowledges what was said before it."""

    def __init__(self, command: list[str], told: Path, environment: Mapping[str, str] | None = None) -> None:
        self._told = told
        self.prompt = ""
        with told.open("ab") as errors:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                start_new_session=True,
                env={**os.environ, **(environment or {})},
            )

    def arrive(self) -> None:
        """Wait for the first prompt."""
        self._read()

    def say(self, text: str) -> None:
        """Say it, and come back when it is acknowledged.

        Raises:
            GoneError: the program ended before that.
        """
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(text.encode() + b"\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            raise GoneError from None
        self._read()

    def _read(self) -> None:
        assert self.process.stdout is not None
        shown = b""
        deadline = time.monotonic() + PATIENCE_S
        while not shown.endswith(b" >\n"):
            assert select.select([self.process.stdout], [], [], deadline - time.monotonic())[0], (shown, self.told())
            part = os.read(self.process.stdout.fileno(), 4096)
            if not part:
                raise GoneError
            shown += part
        self.prompt = shown.decode().splitlines()[-1].removesuffix(" >")

    def told(self) -> str:
        """What the programs of this device said on their way out."""
        return self._told.read_text()

    def leave(self) -> int:
        """End the input, as a pipe does."""
        assert self.process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        return self.process.wait(PATIENCE_S)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(PATIENCE_S)
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()


class ScreenWorker:
    """Uses ``scanner run``: the counter on the screen acknowledges what was said before."""

    def __init__(self, arguments: list[str], width: int = WIDTH, height: int = HEIGHT) -> None:
        self.terminal = Terminal(*arguments, width=width, height=height)
        self.picture = Picture(width, height)
        self._fed = 0
        self._said = 0
        self._is_closed = False

    @property
    def process(self) -> "subprocess.Popen[bytes]":
        return self.terminal.child

    @property
    def prompt(self) -> str:
        return self.picture.row(1)

    def arrive(self) -> None:
        self.wait(lambda: self.picture.row(HEIGHT - 1).lstrip().startswith("#0 "))

    def say(self, text: str) -> None:
        """As the worker of the line mode does."""
        try:
            self.terminal.write(text.encode() + b"\r")
        except OSError:
            raise GoneError from None
        self._said += 1
        self.wait(lambda: self.picture.row(HEIGHT - 1).lstrip().startswith(f"#{self._said} "))

    def wait(self, is_so: Callable[[], bool]) -> None:
        """Look at the screen until it is so.

        Raises:
            GoneError: the program ended before that.
        """
        deadline = time.monotonic() + PATIENCE_S
        while not self._is_painted(is_so):
            assert time.monotonic() < deadline, self.picture
            if select.select([self.terminal.master], [], [], 0.2)[0]:
                if not self.terminal._take():
                    raise GoneError
            elif self.process.poll() is not None:
                raise GoneError

    def _is_painted(self, is_so: Callable[[], bool]) -> bool:
        """A picture counts when its update is whole."""
        self.picture.feed(bytes(self.terminal.shown[self._fed :]))
        self._fed = len(self.terminal.shown)
        return self.picture.is_whole and is_so()

    def leave(self) -> int:
        """End it as the system does."""
        self.process.terminate()
        with contextlib.suppress(GoneError):
            self.wait(lambda: False if self.process.poll() is None else self._gone())
        return self.process.wait(PATIENCE_S)

    def _gone(self) -> bool:
        raise GoneError

    def kill(self) -> None:
        if not self._is_closed:
            self._is_closed = True
            self.terminal.close()


Worker = LineWorker | ScreenWorker
