"""The drain: takes what a HID device sends out of the kernel's small buffers, in a process that does nothing else.

The kernel holds ten characters of a keyboard and 63 reports of a HID-POS scanner. Here everything is read at once and
handed on through a pipe, with its time; what is not taken from there waits in memory, up to a bound. It is run as a
file, with Python's own modules alone: ``python -I -S drain.py KIND PATH``. It ends when its reader does.
"""

import contextlib
import errno
import fcntl
import os
import select
import struct
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from enum import IntEnum
from typing import NamedTuple, Protocol

EVENT = struct.Struct("@LLHHi")
EVENTS_MAX = 64
EV_SYN, EV_KEY, EV_LED = 0, 1, 17
SYN_REPORT, SYN_DROPPED = 0, 3
LED_NUM, LED_CAPS = 0, 1
KEY_BYTES = 96
LED_BYTES = 2
REPORT_BYTES_MAX = 4096
REPORTS_HELD = 63
"""So many reports the kernel keeps; those that come then are gone without a sign."""
DESCRIPTOR_BYTES_MAX = 4096

QUIET_MS = 1000
"""A scanner sends a code at once: so long after the last of it, quiet is told."""
SETTLE_US = 100_000
"""What comes so soon behind the opening may be the rest of a code that began before it, and is told as lost."""
BACKLOG_BYTES_MAX = 1 << 20
PIPE_BYTES = 1 << 20
HEAD = struct.Struct("@BHq")
"""Each record: what it is, how many bytes follow, when (microseconds since boot)."""


def _ioctl_read(kind: str, number: int, size: int) -> int:
    return 0x8000_0000 | size << 16 | ord(kind) << 8 | number


EVIOCGKEY = _ioctl_read("E", 0x18, KEY_BYTES)
EVIOCGLED = _ioctl_read("E", 0x19, LED_BYTES)
EVIOCGRAB = 0x4004_4590
EVIOCSCLOCKID = 0x4004_45A0
HIDIOCGRDESCSIZE = _ioctl_read("H", 0x01, 4)
HIDIOCGRDESC = _ioctl_read("H", 0x02, 4 + DESCRIPTOR_BYTES_MAX)


class Record(IntEnum):
    """OPENED carries the state of the device, LOST too if it is still there; DATA what it sent; GONE and REFUSED the
    number of an error."""

    OPENED = 1
    DATA = 2
    LOST = 3
    QUIET = 4
    GONE = 5
    REFUSED = 6


class Piece(NamedTuple):
    """One thing to hand on."""

    record: Record
    time_us: int
    data: bytes = b""


class Device(Protocol):
    """What is drained; its errors are those of the system."""

    fd: int

    def state(self) -> bytes:
        """What is needed to begin to read, or to begin anew; of a keyboard, what waits in the kernel is dropped."""

    def read(self) -> Iterator[Piece]:
        """What has come, as far as the kernel has it, in pieces."""


def now_us() -> int:
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1000


class Keyboard:
    """An evdev device, grabbed: what it types goes nowhere else. Its events have the kernel's time since boot.

    The state is a byte, whether CapsLock shines, and a bit for each key that is held.
    """

    def __init__(self, path: str) -> None:
        self.fd = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
        fcntl.ioctl(self.fd, EVIOCSCLOCKID, struct.pack("@i", time.CLOCK_BOOTTIME))
        fcntl.ioctl(self.fd, EVIOCGRAB, 1)
        with contextlib.suppress(OSError):  # a scanner without lamps has no CapsLock, either
            os.write(self.fd, b"".join(_lamps()))

    def state(self) -> bytes:
        keys, lamps = bytearray(KEY_BYTES), bytearray(LED_BYTES)
        with contextlib.suppress(OSError):
            fcntl.ioctl(self.fd, EVIOCGLED, lamps)
        fcntl.ioctl(self.fd, EVIOCGKEY, keys)
        return bytes((lamps[0] >> LED_CAPS & 1,)) + bytes(keys)

    def read(self) -> Iterator[Piece]:
        data = os.read(self.fd, EVENT.size * EVENTS_MAX)
        yield from of_events(data, self.state)


def _lamps() -> Iterator[bytes]:
    """CapsLock off, so that a scanner that heeds it types as it is set; NumLock on."""
    for kind, code, value in ((EV_LED, LED_CAPS, 0), (EV_LED, LED_NUM, 1), (EV_SYN, SYN_REPORT, 0)):
        yield EVENT.pack(0, 0, kind, code, value)


class Pos:
    """A hidraw device, for one of our readers alone. Its state is its report descriptor."""

    def __init__(self, path: str) -> None:
        self.fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            fcntl.flock(self.fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise OSError(errno.EBUSY, os.strerror(errno.EBUSY)) from error

    def state(self) -> bytes:
        size = struct.unpack("@i", fcntl.ioctl(self.fd, HIDIOCGRDESCSIZE, bytes(4)))[0]
        asked = bytearray(struct.pack("@I", size) + bytes(DESCRIPTOR_BYTES_MAX))
        fcntl.ioctl(self.fd, HIDIOCGRDESC, asked)
        return bytes(asked[4 : 4 + size])

    def read(self) -> Iterator[Piece]:
        return of_reports(lambda: os.read(self.fd, REPORT_BYTES_MAX))


def of_events(data: bytes, state: Callable[[], bytes]) -> Iterator[Piece]:
    """Events as read. Behind SYN_DROPPED none of them is believed, and the state is asked for, which drops those
    that still wait."""
    whole = data[: len(data) - len(data) % EVENT.size]
    events = list(EVENT.iter_unpack(whole))
    end = next((place for place, one in enumerate(events) if one[2:4] == (EV_SYN, SYN_DROPPED)), len(events))
    if end:
        yield Piece(Record.DATA, _time_us(events[end - 1]), whole[: end * EVENT.size])
    if end < len(events):
        yield Piece(Record.LOST, _time_us(events[end]), state())


def _time_us(event: tuple[int, ...]) -> int:
    return event[0] * 1_000_000 + event[1]


def of_reports(read: Callable[[], bytes]) -> Iterator[Piece]:
    """Reports as read, until there are no more. As many as the kernel keeps may have been all that it kept."""
    for number in range(1, REPORTS_HELD + 1):
        try:
            report = read()
        except BlockingIOError:
            return
        if not report:
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))
        yield Piece(Record.DATA, now_us(), report)
        if number == REPORTS_HELD:
            yield Piece(Record.LOST, now_us())


class Backlog:
    """What waits to be handed on: bounded, and what it could not take is told as LOST, with the state of then."""

    def __init__(self, bytes_max: int = BACKLOG_BYTES_MAX) -> None:
        self._bytes_max = bytes_max
        self._waiting: deque[bytes] = deque()
        self._size = 0
        self.is_over = False

    def put(self, piece: Piece) -> None:
        """Take a piece, or drop it where too much waits: all that comes until there is room again."""
        if self.is_over or self._size + len(piece.data) > self._bytes_max:
            self.is_over = True
            return
        self.force(piece)

    def force(self, piece: Piece) -> None:
        """Take a piece in any case."""
        packed = HEAD.pack(piece.record, len(piece.data), piece.time_us) + piece.data
        self._waiting.append(packed)
        self._size += len(packed)

    def relieved(self) -> bool:
        """Whether something was dropped and there is room again; asked once, it is forgotten."""
        if self.is_over and self._size <= self._bytes_max // 2:
            self.is_over = False
            return True
        return False

    def __len__(self) -> int:
        return self._size

    def write(self, fd: int) -> None:
        """Hand on what the pipe takes."""
        while self._waiting:
            packed = self._waiting.popleft()
            try:
                written = os.write(fd, packed)
            except BlockingIOError:
                written = 0
            self._size -= written
            if written < len(packed):
                self._waiting.appendleft(packed[written:])
                return


def drain(device: Device, out: int, backlog: Backlog) -> None:
    """Read until the device is gone, or whoever reads is."""
    poll = select.poll()
    poll.register(device.fd, select.POLLIN)
    is_quiet = False
    while True:
        poll.register(out, select.POLLOUT if len(backlog) else 0)
        ready = dict(poll.poll(None if is_quiet else QUIET_MS))
        if ready.get(out, 0) & select.POLLERR:
            return
        if device.fd in ready:
            _take(device, backlog)
            is_quiet = False
        elif not ready:
            backlog.put(Piece(Record.QUIET, now_us()))
            is_quiet = True
        backlog.write(out)
        if backlog.relieved():
            backlog.force(Piece(Record.LOST, now_us(), device.state()))


def _take(device: Device, backlog: Backlog) -> None:
    with contextlib.suppress(BlockingIOError):
        for piece in device.read():
            backlog.put(piece)


def serve(opened: Callable[[], Device], out: int, backlog: Backlog) -> None:
    """Open a device, and drain it."""
    os.set_blocking(out, False)
    with contextlib.suppress(OSError):
        fcntl.fcntl(out, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
    end = Record.REFUSED
    with contextlib.suppress(BrokenPipeError):
        try:
            device = opened()
            backlog.force(Piece(Record.OPENED, now_us(), device.state()))
            end = Record.GONE
            drain(device, out, backlog)
        except BrokenPipeError:
            return
        except OSError as error:
            if backlog.is_over:
                backlog.force(Piece(Record.LOST, now_us()))
            backlog.force(Piece(end, now_us(), struct.pack("@i", error.errno or errno.EIO)))
        _finish(out, backlog)


def _finish(out: int, backlog: Backlog) -> None:
    """Hand on what is left, as long as somebody reads."""
    poll = select.poll()
    poll.register(out, select.POLLOUT)
    while len(backlog) and not poll.poll()[0][1] & select.POLLERR:
        backlog.write(out)


KINDS: dict[str, Callable[[str], Device]] = {"hid_keyboard": Keyboard, "hid_pos": Pos}

if __name__ == "__main__":
    serve(lambda: KINDS[sys.argv[1]](sys.argv[2]), sys.stdout.fileno(), Backlog())
