"""A scanner on HID: drained by a process of its own, decoded in a thread here, found again after it was unplugged."""

import errno
import select
import struct
from collections.abc import Callable, Sequence
from typing import Protocol

from devices.finding.device import KERNEL, DeviceClass, Found, Roots, Wanted
from devices.readers.hid.drain import Piece, Record
from devices.readers.hid.drained import Drained, drain_of
from devices.readers.reader import Outlet
from devices.readers.reader_thread import ReaderThread
from devices.readers.seeker import NotReadyError, Seeker, not_ready
from scanner_app.domain.capture.entry import Entry, Fault
from scanner_app.domain.capture.reader_state import ReaderWhy
from scanner_app.domain.clock import Stamp

CLASSES = {"hid_keyboard": DeviceClass.INPUT, "hid_pos": DeviceClass.HIDRAW}
LATE_US_MAX = 60_000_000
"""What a drain took longer ago than that is stamped as of now: a clock of another kind."""


class Line(Protocol):
    """What makes entries of one opening of a device."""

    @property
    def is_readable(self) -> bool:
        """Whether the device is one of this kind, once it is opened."""

    def opened(self, state: bytes, time_us: int) -> None: ...

    def lost(self, state: bytes) -> None: ...

    def feed(self, data: bytes, stamp: Stamp) -> list[Entry]: ...

    def cut(self, stamp: Stamp) -> list[Entry]: ...

    def rest(self, stamp: Stamp) -> list[Entry]: ...


class HidReader(ReaderThread):
    """Owns the device while it runs. What is not whole is an entry with a fault, never the beginning of another."""

    def __init__(
        self,
        name: str,
        outlet: Outlet,
        *,
        kind: str,
        wanted: Wanted,
        line: Callable[[], Line],
        roots: Roots = KERNEL,
        command: Callable[[str, str], Sequence[str]] = drain_of,
    ) -> None:
        super().__init__(name, outlet, kind="hid")
        self._kind = kind
        self._line = line
        self._command = command
        self._seeker = Seeker(CLASSES[kind], wanted, roots)

    def _work(self) -> None:
        self._read(self._seeker.find())

    def _read(self, device: Found) -> None:
        """Read until the device is gone or the program ends; then what had begun is told.

        Raises:
            NotReadyError: it cannot be opened, or is gone.
        """
        line = self._line()
        try:
            drained = Drained(self._command(self._kind, device.path))
        except OSError as error:
            raise not_ready(error.errno, str(error)) from error
        try:
            self._read_all(drained, line, device)
        finally:
            drained.close()
            self._submit(line.cut(self._outlet.stamp()))

    def _read_all(self, drained: Drained, line: Line, device: Found) -> None:
        poll = select.poll()
        poll.register(drained.fileno(), select.POLLIN)
        poll.register(self._waker.fd, select.POLLIN)
        while not self._stopping.is_set():
            ready = [fd for fd, _event in poll.poll()]
            if drained.fileno() in ready:
                for piece in drained.read():
                    self._take(piece, line, device)
            if self._waker.fd in ready:
                self._waker.forget()
                self._seeker.check_alone()

    def _take(self, piece: Piece, line: Line, device: Found) -> None:
        """One record.

        Raises:
            NotReadyError: the device cannot be opened, is none of this kind, or is gone.
        """
        stamp = stamp_at(piece.time_us, self._outlet.stamp())
        if piece.record is Record.DATA:
            self._submit(line.feed(piece.data, stamp))
        elif piece.record is Record.LOST:
            line.lost(piece.data)
        elif piece.record is Record.QUIET:
            self._submit(line.rest(stamp))
        elif piece.record is Record.OPENED:
            self._opened(piece, line, device)
        else:
            raise not_ready(struct.unpack("@i", piece.data)[0] if piece.data else errno.ENODEV)

    def _opened(self, piece: Piece, line: Line, device: Found) -> None:
        line.opened(piece.data, piece.time_us)
        if not line.is_readable:
            raise NotReadyError(ReaderWhy.NO_PORT, f"{device.told} is no {self._kind}")
        self.tell(ReaderWhy.NOTHING, device.told)

    def _submit(self, entries: list[Entry]) -> None:
        for entry in entries:
            self._outlet.submit(entry)
            if entry.fault is Fault.UNENDED:
                self.tell(ReaderWhy.UNENDED)
            elif not entry.fault:
                self.tell(ReaderWhy.NOTHING)


def stamp_at(time_us: int, now: Stamp) -> Stamp:
    """When the kernel had it: so long before now, whatever has kept us since."""
    late_us = now.monotonic_us - time_us
    if not 0 < late_us <= LATE_US_MAX:
        return now
    return Stamp(now.wall_us - late_us, time_us, now.boot)
