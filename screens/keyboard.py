"""The terminal's bytes on their way to the session: assembled, stamped, submitted; runs in the input thread."""

from collections.abc import Callable

from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.domain.capture.framing import Assembler, TerminalReply
from scanner_app.domain.capture.keys import COMMANDING
from scanner_app.domain.capture.lone import goes_on, may_be_key
from scanner_app.domain.clock import Stamp

UNDER_WAY_US = 100_000
"""Bytes of a code that is being sent come closer than this. A hint only: it chooses how a line is given up, and whether
a control character that came alone was a key; of what came with others nothing is left out."""


class Keyboard:
    """A key that says nothing to the program is no entry: the counter on screen shows that a scan has arrived.

    ``typed`` may be read from any thread: it is replaced, never changed.

    ``turn`` tells the question on screen as far as others than this keyboard changed it: another reader, the lock. What
    was half typed before such a change is not taken; if the line was just coming in, neither is its other half.
    """

    def __init__(
        self,
        submit: Callable[[Entry], None],
        stamp: Callable[[], Stamp],
        echo: Callable[[], None],
        length_max: int,
        turn: Callable[[], int],
    ) -> None:
        self.typed = b""
        self._submit = submit
        self._stamp = stamp
        self._echo = echo
        self._turn = turn
        self._begun_in: int = turn()
        self._fed_us = 0
        self._held = b""
        self._assembler = Assembler(Source.KEYBOARD, entry_length_max=length_max)

    @property
    def is_stale(self) -> bool:
        """Whether the line was begun for a question that is gone."""
        return bool(self.typed) and self._begun_in != self._turn()

    def received(self, data: bytes) -> list[bytes]:
        """Submit what ``data`` completes; return the terminal's replies; ask for an echo if a line is unfinished."""
        replies = []
        stamp = self._stamp()
        results = self._fed(self._without_keys(data, stamp.monotonic_us - self._fed_us), stamp)
        typed = self._assembler.typed
        has_changed = typed != self.typed
        self.typed = typed
        for result in results:
            if isinstance(result, TerminalReply):
                replies.append(result.raw)
            elif not result.key or result.key in COMMANDING:
                self._submit(result)
        if has_changed:
            self._echo()
        return replies

    def _without_keys(self, data: bytes, passed_us: int) -> bytes:
        """Hold back what may be a key by itself until it shows: behind a pause it was one, and is no data."""
        held, self._held = self._held, b""
        if held and (passed_us < UNDER_WAY_US or goes_on(held, data)):
            return held + data
        if passed_us >= UNDER_WAY_US and may_be_key(data):
            self._held, data = data, b""
        return data

    def _fed(self, data: bytes, stamp: Stamp) -> list[Entry | TerminalReply]:
        """What the bytes complete, after a line that is stale was given up."""
        turn = self._turn()
        if self._begun_in != turn and self._assembler.unfinished:
            self._assembler.clear(is_under_way=stamp.monotonic_us - self._fed_us < UNDER_WAY_US)
        self._begun_in, self._fed_us = turn, stamp.monotonic_us
        return self._assembler.feed(data, stamp)
