"""Framing of a reader that is no terminal: bytes become entries, each between its prefix and its suffix.

Every byte but these is data. A line never ends by time; that nothing comes behind a begun one is told, and what comes
later is no part of another. Whatever cannot be handed over is an entry with a fault, so that no loss is silent.
"""

import re

from msgspec import Struct

from scanner_app.domain.capture.entry import Entry, Fault, Source
from scanner_app.domain.clock import Stamp

ANY_END = b"\r\n\t"
_IN_DATA = frozenset(b"\x1c\x1d\x1e\x1f\x04")
"""Control characters that stand in codes: GS1 and ISO 15434 mean something by them."""


class Frame(Struct, frozen=True):
    """``suffix`` empty: CR, LF, CRLF (one end, however late the LF comes) or Tab. ``prefix`` empty: there is none."""

    prefix: bytes = b""
    suffix: bytes = b""

    @property
    def begins_anew(self) -> bool:
        """Whether the prefix stands in no code: wherever it comes, a line begins."""
        return bool(self.prefix) and all(byte < 0x20 and byte not in _IN_DATA for byte in self.prefix)


class Framer:
    """The state of one reader's line. Memory is bounded by ``entry_length_max`` and what is fed at once."""

    def __init__(self, frame: Frame, source: Source, reader: str, *, entry_length_max: int) -> None:
        self._frame = frame
        self._source = source
        self._reader = reader
        self._length_max = entry_length_max
        ends = re.escape(frame.suffix) if frame.suffix else rb"[\r\n\t]"
        begins = b"|(?P<begin>" + re.escape(frame.prefix) + b")" if frame.begins_anew else b""
        self._marks = re.compile(b"(?P<end>" + ends + b")" + begins, re.DOTALL)
        self._tail = max(len(frame.prefix), len(frame.suffix), 1) - 1
        self._line = bytearray()
        self._reset()
        self._cr_ended = False

    def _reset(self) -> None:
        self._line.clear()
        self._fault = Fault.NONE
        self._has_begun = False
        self._is_fresh = False
        self._is_spoilt_last = False

    @property
    def is_pending(self) -> bool:
        """Whether something has begun that was not told."""
        return self._is_fresh and (bool(self._fault) or self._has_begun or bool(self._line.strip(ANY_END)))

    def feed(self, data: bytes, stamp: Stamp) -> list[Entry]:
        """Take what was read at ``stamp``; give back what it completed, in order."""
        if not data:
            return []
        entries: list[Entry] = []
        self._append(data)
        while mark := self._marks.search(self._line):
            before, is_end = bytes(self._line[: mark.start()]), mark["end"] is not None
            del self._line[: mark.end()]
            entries += self._ended(before, mark[0], stamp) if is_end else self._begun(before, stamp)
        self._bound()
        return entries

    def spoil(self, *, is_break: bool = False) -> None:
        """Note that a byte came spoilt here, or was lost. A break before a line is the plug, and no byte of it."""
        if is_break and not self.is_pending:
            return
        self._cr_ended = False
        self._fault = self._fault or Fault.LOST
        self._is_fresh = self._is_spoilt_last = True

    def cut(self, stamp: Stamp) -> list[Entry]:
        """The reader went away: what it had begun is told, and what comes when it is back is a line of its own."""
        told = [self._faulty(Fault.CUT, stamp)] if self.is_pending else []
        self._reset()
        self._cr_ended = False
        return told

    def rest(self, stamp: Stamp) -> list[Entry]:
        """Nothing has come for a while. What was begun is told, once; the rest of it, if it comes, is told as LOST.

        A spoilt byte with nothing behind it was the end.
        """
        if not self.is_pending:
            return []
        told = Fault.LOST if self._fault is Fault.LOST else Fault.UNENDED
        has_ended = self._is_spoilt_last
        self._reset()
        if not has_ended:
            self._fault = Fault.UNENDED
        return [self._faulty(told, stamp)]

    def _append(self, data: bytes) -> None:
        if self._cr_ended and data[0] == ord("\n"):
            data = data[1:]
        self._cr_ended = False
        self._line += data
        self._is_fresh, self._is_spoilt_last = True, False

    def _bound(self) -> None:
        """Of a line that is too long, and of ends before one, only what may be the beginning of a mark is kept."""
        begun = self._line.lstrip(ANY_END)
        if self._is_too_long(begun):
            self._fault = self._fault or Fault.TOO_LONG
        if self._fault or not begun:
            del self._line[: max(0, len(self._line) - self._tail)]

    def _is_too_long(self, line: bytes | bytearray) -> bool:
        return len(line) > self._length_max + (0 if self._has_begun else len(self._frame.prefix))

    def _begun(self, before: bytes, stamp: Stamp) -> list[Entry]:
        """A prefix came: what stands before it has lost its end."""
        is_lost = bool(self._fault) or self._has_begun or bool(before.strip(ANY_END))
        self._fault, self._has_begun = Fault.NONE, True
        return [self._faulty(Fault.LOST, stamp)] if is_lost else []

    def _ended(self, line: bytes, end: bytes, stamp: Stamp) -> list[Entry]:
        fault, raw = self._judged(line)
        self._fault, self._has_begun = Fault.NONE, False
        if not self._frame.suffix and end == b"\r":
            self._cr_ended = not self._line
            if self._line[:1] == b"\n":
                del self._line[:1]
        if fault:
            return [self._faulty(fault, stamp)]
        return [Entry(raw, self._source, stamp, reader=self._reader)] if raw else []

    def _judged(self, line: bytes) -> tuple[Fault, bytes]:
        """What is wrong with a line, and what stands between prefix and suffix."""
        raw, frame = line.lstrip(ANY_END), self._frame
        if self._fault:
            return (Fault.LOST if self._fault is Fault.UNENDED else self._fault), b""
        if self._is_too_long(raw):
            return Fault.TOO_LONG, b""
        if frame.begins_anew:
            has_prefix = self._has_begun
        else:
            has_prefix = raw.startswith(frame.prefix)
            raw = raw.removeprefix(frame.prefix)
        return (Fault.NONE, raw) if has_prefix or not raw else (Fault.UNFRAMED, b"")

    def _faulty(self, fault: Fault, stamp: Stamp) -> Entry:
        return Entry(b"", self._source, stamp, fault=fault, reader=self._reader)
