"""The terminal's bytes on their way to the session: assembled, stamped, submitted; runs in the input thread."""

from collections.abc import Callable

from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.domain.capture.framing import Assembler, TerminalReply
from scanner_app.domain.clock import Stamp


class Keyboard:
    """``typed`` may be read from any thread: it is replaced, never changed."""

    def __init__(
        self, submit: Callable[[Entry], None], stamp: Callable[[], Stamp], echo: Callable[[], None], length_max: int
    ) -> None:
        self.typed = b""
        self._submit = submit
        self._stamp = stamp
        self._echo = echo
        self._assembler = Assembler(Source.KEYBOARD, entry_length_max=length_max)

    def received(self, data: bytes) -> list[bytes]:
        """Submit what ``data`` completes; return the terminal's replies; ask for an echo if a line is unfinished."""
        replies = []
        results = self._assembler.feed(data, self._stamp())
        typed = self._assembler.typed
        has_changed = typed != self.typed
        self.typed = typed
        for result in results:
            if isinstance(result, TerminalReply):
                replies.append(result.raw)
            else:
                self._submit(result)
        if has_changed:
            self._echo()
        return replies
