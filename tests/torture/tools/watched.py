"""Programs on a pty of whose output every byte is looked at: a face that shows what it is told, and the real one."""

import json
import os
import select
import time

from tests.picture import Picture
from tests.screens.terminals import Terminal
from tests.torture.tools.site import PATIENCE_S, Device


class Gallery:
    """The full-screen face in a pty, shown one page of strings after the other."""

    def __init__(self, width: int = 40, height: int = 12) -> None:
        self.terminal = Terminal("tests.torture.tools.mirror", "screen", width=width, height=height)
        self.picture = Picture(width, height)
        self._height = height
        self._pages = 0
        self.terminal.wait_for(b"#0 ")

    def show(self, texts: list[str]) -> None:
        self._pages += 1
        self.terminal.write(json.dumps(texts).encode() + b"\r")
        self.terminal.wait(self._is_shown)
        assert not self.picture.strange, (texts, self.picture.strange[:5])
        assert not self.picture.bells, texts

    def _is_shown(self) -> bool:
        self.picture.feed(bytes(self.terminal.shown))
        self.terminal.shown.clear()
        assert self.terminal.child.poll() is None, self.picture
        status = self.picture.row(self._height - 1).lstrip()
        return self.picture.is_whole and status.startswith(f"#{self._pages} ")

    def close(self) -> None:
        self.terminal.close()


class Desk:
    """The real program on a pty, looked at all the time."""

    def __init__(self, device: Device) -> None:
        self.device = device
        self.terminal = Terminal(*device.command("run")[2:])
        self.picture = Picture(40, 12)
        self._marks = self._said = 0
        self.terminal.wait_for(b"#0 ")

    def send(self, data: bytes) -> None:
        """Send it with a mark behind it, and wait until the mark is in the log."""
        self._marks += 1
        mark = b"MARK-%d" % self._marks
        self.terminal.write(data + mark + b"\r")
        deadline = time.monotonic() + PATIENCE_S
        newest = "SELECT raw FROM entry WHERE raw IS NOT NULL ORDER BY entry DESC LIMIT 1"
        while self.device.look(newest) != [(mark,)]:
            assert time.monotonic() < deadline, (data[-200:], self.picture)
            self.read(0.005)
        self.read(0.0)

    def say(self, *texts: str) -> None:
        """Say one thing after the other, each when the one before is answered on screen."""
        for text in texts:
            self._said += 1
            self.terminal.write(text.encode() + b"\r")
            deadline = time.monotonic() + PATIENCE_S
            while not self.picture.row(11).lstrip().startswith(f"#{self._said} "):
                assert time.monotonic() < deadline, (text, str(self.picture))
                self.read(0.02)

    def read(self, wait_s: float) -> None:
        while select.select([self.terminal.master], [], [], wait_s)[0]:
            assert self.terminal._take(), (self.terminal.child.poll(), self.picture)
        self.picture.feed(bytes(self.terminal.shown))
        self.terminal.shown.clear()
        assert not self.picture.strange, self.picture.strange[:5]
        assert not self.picture.bells

    def leave(self) -> None:
        """It is alive, and goes when asked."""
        self.terminal.child.terminate()
        self.terminal.wait(lambda: self.terminal.child.poll() is not None)
        self.picture.feed(bytes(self.terminal.shown))
        assert not self.picture.strange
        assert self.terminal.child.returncode == 0
        os.close(self.terminal.master)


def assert_clean_lines(shown: bytes) -> None:
    picture = Picture(80, 24)
    assert b"\x1b" not in shown
    assert b"\r" not in shown
    picture.feed(shown)
    assert not picture.strange, picture.strange[:5]
    assert not picture.bells
