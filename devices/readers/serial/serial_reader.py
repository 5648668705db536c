"""A scanner on a serial port or USB-CDC: read in a thread of its own, and found again after it was unplugged."""

import os
import select
import threading
from typing import NamedTuple

import serial
from msgspec.structs import replace

from devices.finding.device import KERNEL, DeviceClass, Found, Roots, Wanted
from devices.readers.reader import Outlet
from devices.readers.reader_thread import ReaderThread
from devices.readers.seeker import NotReadyError, Seeker
from devices.readers.serial.framed_line import FramedLine
from devices.readers.serial.marks import Marks, Spoilt
from devices.readers.serial.overruns import Overruns
from devices.readers.serial.port import LineSettings, open_port, read_port
from devices.readers.serial.ssi_line import SsiLine
from scanner_app.domain.capture.entry import Entry, Fault, Source
from scanner_app.domain.capture.framed import Frame, Framer
from scanner_app.domain.capture.reader_state import ReaderWhy

REST_S = 1.0
"""A scanner sends a code at once: when nothing has come for so long, what has begun is told."""
SETTLE_S = 0.05
"""So long a line is silent between two codes, and never within one."""
NOISE_BYTES = 3
"""So many spoilt bytes without a whole code between them are no accident: the speed is another."""


class Packets(NamedTuple):
    """A gun that sends packets: how long it waits for an answer, and what it is told of one that it sends again."""

    patience_us: int
    again: bytes


class SerialReader(ReaderThread):
    """Owns the port while it runs. Half a scan at unplugging is an entry with a fault: half a code is no code."""

    def __init__(
        self,
        name: str,
        outlet: Outlet,
        *,
        wanted: Wanted,
        line: LineSettings,
        frame: Frame,
        packets: Packets | None = None,
        roots: Roots = KERNEL,
        rest_s: float = REST_S,
        settle_s: float = SETTLE_S,
    ) -> None:
        super().__init__(name, outlet, kind="serial")
        self._line = line
        self._frame = frame
        self._packets = packets
        self._ssi: SsiLine | None = None
        self._rest_s = rest_s
        self._settle_s = settle_s
        self._seeker = Seeker(DeviceClass.TTY, wanted, roots)
        self._spoilt = 0
        self._lock = threading.Lock()
        self._port: serial.Serial | None = None

    def send(self, data: bytes, entry: Entry | None = None) -> bool:  # noqa: ARG002  one gun: whatever it answers
        """Write to the scanner what fits at once; False where it is away or does not take all of it."""
        with self._lock:
            if self._port is None:
                return False
            try:
                is_sent = os.write(self._port.fileno(), data) == len(data)
            except OSError:
                return False
            if is_sent and self._ssi is not None:
                self._ssi.answered(self._outlet.stamp())
            return is_sent

    def _work(self) -> None:
        device = self._seeker.find()
        self._read(device, open_port(device.path, self._line))

    def _read(self, device: Found, port: serial.Serial) -> None:
        """Read until the port is gone or the program ends; then what had begun is told.

        Raises:
            NotReadyError: the port is gone.
        """
        framer = self._framer()
        self._spoilt = 0
        try:
            self._use(port)
            if _is_under_way(port, self._settle_s):
                framer.spoil()
            self.tell(ReaderWhy.NOTHING, device.told)
            self._read_all(port, framer, Marks(), Overruns(port.fileno()))
        except OSError as error:
            raise NotReadyError(ReaderWhy.GONE, device.path) from error
        finally:
            self._use(None)
            self._submit(framer.cut(self._outlet.stamp()))
            port.close()

    def _framer(self) -> FramedLine:
        length_max = self._outlet.entry_length_max
        if self._packets is None:
            return Framer(self._frame, Source.SERIAL, self.name, entry_length_max=length_max)
        self._ssi = SsiLine(self.name, entry_length_max=length_max, patience_us=self._packets.patience_us)
        return self._ssi

    def _use(self, port: serial.Serial | None) -> None:
        with self._lock:
            self._port = port

    def _read_all(self, port: serial.Serial, framer: FramedLine, marks: Marks, overruns: Overruns) -> None:
        """Read on, and look again where something was plugged in or out.

        Raises:
            NotReadyError: there are two devices now that are meant.
            OSError: the port is gone.
        """
        poll = select.poll()
        poll.register(port.fileno(), select.POLLIN)
        poll.register(self._waker.fd, select.POLLIN)
        while not self._stopping.is_set():
            ready = [fd for fd, _event in poll.poll(self._rest_s * 1000 if framer.is_pending else None)]
            if port.fileno() in ready:
                pieces = marks.feed(read_port(port))
                self._feed(framer, pieces, has_lost=overruns.have_grown())
            elif not ready:
                self._submit(framer.rest(self._outlet.stamp()))
            if self._waker.fd in ready:
                self._waker.forget()
                self._seeker.check_alone()

    def _feed(self, framer: FramedLine, pieces: list[bytes | Spoilt], *, has_lost: bool) -> None:
        """Where bytes were lost among some, nothing of these is believed, to the end of the line that follows."""
        stamp = self._outlet.stamp()
        for piece in pieces:
            if has_lost:
                framer.spoil()
            if isinstance(piece, Spoilt):
                framer.spoil(is_break=piece is Spoilt.BREAK)
                self._spoilt += 1
            else:
                entries = framer.feed(piece, stamp)
                self._submit([replace(entry, raw=b"", fault=Fault.LOST) for entry in entries] if has_lost else entries)
        if has_lost:
            framer.spoil()
        if self._packets is not None and self._ssi is not None and self._ssi.wants_again:
            self._ssi.wants_again = False
            self.send(self._packets.again)

    def _submit(self, entries: list[Entry]) -> None:
        for entry in entries:
            self._outlet.submit(entry)
            if entry.fault is Fault.UNENDED:
                self.tell(ReaderWhy.UNENDED)
            elif entry.fault is Fault.LOST and self._spoilt >= NOISE_BYTES:
                self.tell(ReaderWhy.NOISE)
            elif not entry.fault:
                self._spoilt = 0
                self.tell(ReaderWhy.NOTHING)


def _is_under_way(port: serial.Serial, settle_s: float) -> bool:
    """Whether something comes as soon as the port is open: its beginning may have come before.

    Raises:
        OSError: the port is gone again.
    """
    poll = select.poll()
    poll.register(port.fileno(), select.POLLIN)
    return bool(poll.poll(settle_s * 1000)) and port.in_waiting > 0
