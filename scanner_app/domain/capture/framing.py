"""Bytes from a scanner or a terminal, assembled into entries; fed bytes, asked for entries, without clock or file.

A line ends at CR, LF, CRLF (one end, however late the LF comes) or Tab, never by time. What a terminal sends beside
lines (keys, replies, focus and mouse reports, paste markers) is recognised by ``keys.py``; a sequence nobody knows is
data, so that nothing is lost in silence.

A line belongs to the question that is on screen: a key that says something to the program empties it, and its entry
says that there was something. Backspace, Delete and Ctrl-U edit it. Ctrl-U (0x15) is an edit and no data, as neither
GS1 nor ISO 15434 means anything by it and a code with it is unreadable anyway; 0x03 stays data, as readers can be set
to frame their codes with STX and ETX, and a code must not vanish at its own end. Bytes alone do not tell half of a
typed number from the beginning of a scan: a scan behind half-typed text is one line with it, and is refused as one.
"""

import re
from typing import NamedTuple

from scanner_app.domain.capture.entry import Entry, Fault, Source
from scanner_app.domain.capture.keys import (
    CLEARING,
    COMMANDING,
    Bytes,
    Key,
    More,
    Recognised,
    Reply,
    Unknown,
    recognised,
)
from scanner_app.domain.clock import Stamp

CR, LF, TAB, ESC = 0x0D, 0x0A, 0x09, 0x1B
ENDS = frozenset((CR, LF, TAB))
ERASERS = frozenset((0x08, 0x7F))
CLEARER = 0x15

_LINE_SPECIALS = re.compile(rb"[\r\n\t]")
_TERMINAL_SPECIALS = re.compile(rb"[\r\n\t\x08\x7f\x15\x1b]")


class TerminalReply(NamedTuple):
    """The terminal's own answer to a question of the screen: never data."""

    raw: bytes


Result = Entry | TerminalReply


class Assembler:
    """One reader's state: the line so far, a pending escape sequence, whether a CR has just ended a line.

    ``terminal`` says that the bytes come from a terminal: escape sequences are keys and replies, and 0x08, 0x7F and
    0x15 edit the line. From a serial scanner every byte but the ends is data. Memory is bounded by
    ``entry_length_max``.
    """

    def __init__(self, source: Source, *, entry_length_max: int, terminal: bool = True) -> None:
        self._source = source
        self._length_max = entry_length_max
        self._specials = _TERMINAL_SPECIALS if terminal else _LINE_SPECIALS
        self._line = bytearray()
        self._fault = Fault.NONE
        self._sequence = bytearray()
        self._cr_ended = False

    @property
    def typed(self) -> bytes:
        """The unfinished line, for the echo; of an overlong one its first ``entry_length_max`` bytes."""
        return bytes(self._line)

    @property
    def unfinished(self) -> bytes:
        """Everything that waits for an end, a pending escape sequence included."""
        return bytes(self._line + self._sequence)

    def clear(self, *, is_under_way: bool = False) -> None:
        """Empty the line; of one whose bytes are still coming what is left is no line either, and is told as TORN."""
        self._line.clear()
        self._fault = Fault.TORN if is_under_way else Fault.NONE

    def feed(self, data: bytes, stamp: Stamp) -> list[Result]:
        """Take what was read at ``stamp``; give back what it completed, in order."""
        results: list[Result] = []
        position = 0
        while position < len(data):
            if self._sequence:
                position = self._continue_sequence(data, position, stamp, results)
            else:
                position = self._continue_line(data, position, stamp, results)
        return results

    def _continue_line(self, data: bytes, position: int, stamp: Stamp, results: list[Result]) -> int:
        special = self._specials.search(data, position)
        end = special.start() if special else len(data)
        if end > position:
            self._append(data[position:end])
        if special is None:
            return end
        self._special(data[end], stamp, results)
        return end + 1

    def _special(self, byte: int, stamp: Stamp, results: list[Result]) -> None:
        if byte == ESC:
            self._sequence.append(ESC)
        elif byte in ERASERS:
            self._erase()
        elif byte == CLEARER:
            self._cr_ended = False
            self.clear()
        elif byte == LF and self._cr_ended:
            self._cr_ended = False
        else:
            results.append(self._ended(stamp))
            self._cr_ended = byte == CR

    def _append(self, data: bytes) -> None:
        self._cr_ended = False
        room = self._length_max - len(self._line)
        if len(data) > room:
            self._fault = self._fault or Fault.TOO_LONG
        self._line += data[: max(0, room)]

    def _erase(self) -> None:
        """Take back one typed character: a whole UTF-8 sequence, or one byte of anything else."""
        self._cr_ended = False
        tail = 1
        while tail < min(4, len(self._line)) and 0x80 <= self._line[-tail] < 0xC0:
            tail += 1
        if tail > 1 and self._line[-tail] < 0xC0:
            tail = 1
        del self._line[-tail:]

    def _ended(self, stamp: Stamp) -> Entry:
        fault = self._fault
        raw = b"" if fault else bytes(self._line)
        self.clear()
        return Entry(raw, self._source, stamp, fault=fault)

    def _continue_sequence(self, data: bytes, position: int, stamp: Stamp, results: list[Result]) -> int:
        byte = data[position]
        if byte == ESC:
            self._give_up(stamp, results)
            self._sequence.append(ESC)
            return position + 1
        self._sequence.append(byte)
        sequence = bytes(self._sequence)
        key = recognised(sequence)
        if isinstance(key, Unknown):
            self._give_up(stamp, results)
        elif not isinstance(key, More):
            self._sequence.clear()
            self._act(key, sequence, stamp, results)
        return position + 1

    def _act(self, key: Recognised, sequence: bytes, stamp: Stamp, results: list[Result]) -> None:
        match key:
            case Reply():
                results.append(TerminalReply(sequence))
            case Key(name):
                self._cr_ended = False
                results.extend(self._pressed(name, stamp))
            case Bytes(raw):
                results.extend(self.feed(raw, stamp))

    def _pressed(self, name: str, stamp: Stamp) -> list[Result]:
        """What a key leaves of the line, and its entry, unless it only edits."""
        has_text = bool(self._line or self._fault)
        if name in COMMANDING or name == CLEARING:
            self.clear()
        if name == CLEARING:
            return []
        fault = Fault.DROPPED if has_text and name in COMMANDING else Fault.NONE
        return [Entry(b"", self._source, stamp, key=name, fault=fault)]

    def _give_up(self, stamp: Stamp, results: list[Result]) -> None:
        """Keep an unknown sequence as data; an end inside it still ends the line."""
        text = bytes(self._sequence[1:])
        self._append(bytes((ESC,)))
        self._sequence.clear()
        results.extend(self.feed(text, stamp))
