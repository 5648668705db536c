"""A line on which a gun sends packets (SSI): they become entries, and one that is sent again is the same scan.

A gun that is not answered in time sends the same packet again, twice at most. Its mark for that is not to be relied on:
a packet is the same scan where it is alike, comes when a gun would send again, and either the one before it was not
answered in time or it says itself that it is sent again.
"""

from devices.ssi import (
    CHECKSUM_BYTES,
    CONTINUES,
    DECODE_DATA,
    HEADER_BYTES,
    OF_GUN,
    PACKET_BYTES_MAX,
    RESENT,
    Packet,
    unpacked,
)
from scanner_app.domain.capture.entry import Entry, Fault, Source
from scanner_app.domain.clock import Stamp

RESENDS_MAX = 2
EARLY, LATE = 0.8, 1.5
"""A gun sends again between these parts of its patience behind the packet before."""


class SsiLine:
    """The state of one gun's line; ``patience_us`` is how long it waits. Memory is bounded by ``entry_length_max``.

    ``answered`` may be called from any thread: it only notes an instant.
    """

    def __init__(self, reader: str, *, entry_length_max: int, patience_us: int) -> None:
        self._reader = reader
        self._length_max = entry_length_max
        self._patience_us = patience_us
        self._bytes = bytearray()
        self._parts = bytearray()
        self._fault = Fault.NONE
        self._last: tuple[int, bytes] | None = None
        self._came_us = self._first_us = 0
        self._resends = 0
        self._answered_us: int | None = None
        self.wants_again = False

    @property
    def is_pending(self) -> bool:
        return bool(self._bytes or self._parts or self._fault)

    def answered(self, stamp: Stamp) -> None:
        """The gun was given bytes."""
        if self._answered_us is None:
            self._answered_us = stamp.monotonic_us

    def feed(self, data: bytes, stamp: Stamp) -> list[Entry]:
        """Take what was read at ``stamp``; give back what it completed, in order."""
        self._bytes += data
        entries: list[Entry] = []
        while self._bytes:
            length = self._bytes[0] + CHECKSUM_BYTES
            if not HEADER_BYTES + CHECKSUM_BYTES <= length <= PACKET_BYTES_MAX:
                return [*entries, *self._lost(stamp)]
            if len(self._bytes) > 2 and self._bytes[2] != OF_GUN:
                return [*entries, *self._lost(stamp)]
            if len(self._bytes) < length:
                break
            whole = unpacked(bytes(self._bytes[:length]))
            if whole is None:
                return [*entries, *self._lost(stamp)]
            del self._bytes[:length]
            entries += self._taken(whole, stamp)
        return entries

    def spoil(self, *, is_break: bool = False) -> None:
        """Note that a byte came spoilt: its packet is none."""
        if not is_break or self.is_pending:
            self._fault = Fault.LOST

    def cut(self, stamp: Stamp) -> list[Entry]:
        """The gun went away: what it had begun is told; what it sends when it is back is a scan of its own."""
        told = [self._faulty(Fault.CUT, stamp)] if self.is_pending else []
        self._forget()
        self._last = None
        return told

    def rest(self, stamp: Stamp) -> list[Entry]:
        """Nothing has come for a while: what was begun stays without its end."""
        return self._lost(stamp) if self.is_pending else []

    def _lost(self, stamp: Stamp) -> list[Entry]:
        """Where a packet begins is not known any more: all that has come is told as lost."""
        self._forget()
        self._last = None
        return [self._faulty(Fault.LOST, stamp)]

    def _forget(self) -> None:
        self._bytes.clear()
        self._begin()

    def _begin(self) -> None:
        """What comes next is another code."""
        self._parts.clear()
        self._fault = Fault.NONE

    def _taken(self, packet: Packet, stamp: Stamp) -> list[Entry]:
        """What a packet says; all but codes is an answer to our bytes."""
        if packet.opcode != DECODE_DATA or self._is_same(packet, stamp):
            return []
        if packet.status & CONTINUES:
            self._append(packet.data)
            self.wants_again = True
            return []
        self._append(packet.data)
        raw, fault = bytes(self._parts), self._fault
        self._begin()
        return [self._faulty(fault, stamp)] if fault else [Entry(raw, Source.SERIAL, stamp, reader=self._reader)]

    def _append(self, data: bytes) -> None:
        """The first byte of every packet is the kind of code."""
        self._parts += data[1:]
        if len(self._parts) > self._length_max:
            self._fault = self._fault or Fault.TOO_LONG
            self._parts.clear()

    def _is_same(self, packet: Packet, stamp: Stamp) -> bool:
        """Whether it is the packet before once more; else it is the one before from now on."""
        now_us, body = stamp.monotonic_us, (packet.status & CONTINUES, packet.data)
        after_us, patience_us = now_us - self._came_us, self._patience_us
        was_late = self._answered_us is None or self._answered_us - self._first_us >= EARLY * patience_us
        is_due = EARLY * patience_us <= after_us <= LATE * patience_us and self._resends < RESENDS_MAX
        if body == self._last and is_due and (was_late or packet.status & RESENT):
            self._resends += 1
            self._came_us = now_us
            self.wants_again = self._answered_us is not None
            return True
        self._last, self._came_us, self._first_us, self._resends, self._answered_us = body, now_us, now_us, 0, None
        return False

    def _faulty(self, fault: Fault, stamp: Stamp) -> Entry:
        return Entry(b"", Source.SERIAL, stamp, fault=fault, reader=self._reader)
