"""The terminal driver: Textual's, with the reading replaced and a writing that never makes the loop wait.

Bytes go to the face in the input thread; of what it gives back, the terminal's own replies, Textual's parser gets those
it understands. No key, paste, focus or mouse event reaches Textual: nothing in a scan can quit, focus or open anything.
"""

import os
import re
import select
from io import TextIOWrapper
from queue import Full
from typing import TYPE_CHECKING, Protocol, cast

from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from screens.slim import slim
from screens.streams import Canvas, of_terminal

if TYPE_CHECKING:
    from textual.app import App

READ_BYTES_MAX = 16 * 1024
STOP_CHECK_MS = 100
DRAINED_CHECK_S = 0.2
CLOSE_WAIT_S = 1.0
FALLBACK_SIZE = (80, 24)
_UNDERSTOOD = re.compile(rb"\x1b\[\?2026;\d\$y")
"""Whether updates may be bracketed. Sizes come from the terminal's line alone: one in a scan would blind the screen."""
_POINTER_SHAPE = "\x1b]22;"
"""There is no pointer here, and a terminal that does not know the sequence may print or ring it."""


class Face(Protocol):
    """What the driver needs of the application."""

    def received(self, data: bytes) -> list[bytes]:
        """Take bytes in the input thread; return the terminal's replies among them."""
        ...

    def blank_from(self, y: int) -> int:
        """From which column on a row of the picture shows nothing."""
        ...

    def hung_up(self) -> None:
        """The terminal is gone; called in the input thread."""
        ...

    def drained(self) -> None:
        """The terminal reads again after paints were dropped; called in the loop."""
        ...


class RawTerminal(LinuxDriver):
    """Reads bytes with its own poll; drops paints, and asks for a whole new one, when the terminal does not read."""

    _dropping = False
    _is_on = False

    def __init__(
        self, app: "App[None]", *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._file = cast(TextIOWrapper, Canvas(of_terminal()))

    @property
    def _face(self) -> Face:
        return cast(Face, self._app)

    def _get_terminal_size(self) -> tuple[int, int]:
        """What the terminal says, not what an inherited COLUMNS remembers of another one."""
        try:
            width, height = os.get_terminal_size(self.fileno)
        except OSError:
            return super()._get_terminal_size()
        return width or FALLBACK_SIZE[0], height or FALLBACK_SIZE[1]

    def start_application_mode(self) -> None:
        self._is_on = True
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def stop_application_mode(self) -> None:
        self._is_on = False
        super().stop_application_mode()

    def _sigcont_application(self, *_: object) -> None:
        """Woken: begin again what a stop has ended, or paint anew; while it leaves the terminal is left as it is."""
        if self._must_signal_resume:
            super()._sigcont_application()
        elif self._is_on:
            self._loop.call_soon_threadsafe(self._face.drained)

    def run_input_thread(self) -> None:
        poll = select.poll()
        poll.register(self.fileno, select.POLLIN)
        parser = XTermParser(False)
        while not self.exit_event.is_set():
            if poll.poll(STOP_CHECK_MS) and not self._read(parser):
                self._face.hung_up()
                return

    def _read(self, parser: XTermParser) -> bool:
        try:
            data = os.read(self.fileno, READ_BYTES_MAX)
        except OSError:
            return False
        for reply in self._face.received(data):
            if _UNDERSTOOD.fullmatch(reply):
                self._parse(parser, reply)
        return bool(data)

    def _parse(self, parser: XTermParser, reply: bytes) -> None:
        for message in parser.feed(reply.decode("ascii")):
            if not isinstance(message, events.InputEvent | events.Paste):
                self.process_message(message)

    def write(self, data: str) -> None:
        writer = self._writer_thread
        if writer is None or self._dropping or data.startswith(_POINTER_SHAPE):
            return
        try:
            writer._queue.put_nowait(slim(data, self._face.blank_from))
        except Full:
            self._dropping = True
            self._loop.call_later(DRAINED_CHECK_S, self._look_again)

    def _look_again(self) -> None:
        if self._writer_thread is not None and self._writer_thread._queue.empty():
            self._dropping = False
            self._face.drained()
        else:
            self._loop.call_later(DRAINED_CHECK_S, self._look_again)

    def close(self) -> None:
        """Let the writer finish, for a bounded time: a terminal that reads nothing must not keep the program."""
        if self._writer_thread is None:
            return
        try:
            self._writer_thread._queue.put(None, timeout=CLOSE_WAIT_S)
        except Full:
            return
        self._writer_thread.join(CLOSE_WAIT_S)
