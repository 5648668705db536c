"""The serial reader on a real pseudo-terminal: byte for byte, alone on its port, told when cut, back by itself."""

import os
import pty
import queue
import termios
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.finding.finding import Wanted
from devices.readers.reader import Outlet
from devices.readers.serial.port import LineSettings
from devices.readers.serial.serial_reader import SerialReader
from scanner_app.domain.capture.entry import Entry, Fault
from scanner_app.domain.capture.framed import Frame
from scanner_app.domain.capture.reader_state import ReaderState, ReaderTold, ReaderWhy
from scanner_app.domain.clock import Stamp

PATIENCE_S = 5
NAME = "GUN-1"
PLAIN = Frame()


class Gun:
    """A scanner's end of the line, plugged in under a name that stays the same."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.plug()

    def plug(self) -> None:
        self.master, slave = pty.openpty()
        tty.setraw(self.master)
        self.path.unlink(missing_ok=True)
        self.path.symlink_to(os.ttyname(slave))
        self.slave = slave

    def unplug(self) -> None:
        os.close(self.slave)
        os.close(self.master)
        self.path.unlink()

    def send(self, data: bytes) -> None:
        os.write(self.master, data)

    def send_spoilt(self, data: bytes) -> None:
        """Bytes with parity errors, as the kernel marks them: a pseudo-terminal has none of its own."""
        attributes = termios.tcgetattr(self.slave)
        attributes[0] &= ~termios.PARMRK
        termios.tcsetattr(self.slave, termios.TCSANOW, attributes)
        os.write(self.master, b"".join(b"\xff\x00" + bytes((byte,)) for byte in data))


class Bench:
    def __init__(self, path: Path, frame: Frame = PLAIN) -> None:
        self.gun = Gun(path)
        self.entries: queue.Queue[Entry] = queue.Queue()
        self.told: queue.Queue[ReaderTold] = queue.Queue()
        outlet = Outlet(self.entries.put, lambda: Stamp(1, 2, "boot"), self.told.put, 200)
        self.reader = SerialReader(NAME, outlet, wanted=Wanted(str(path)), line=LineSettings(), frame=frame)

    def entry(self) -> Entry:
        return self.entries.get(timeout=PATIENCE_S)

    def why(self) -> ReaderWhy:
        return self.told.get(timeout=PATIENCE_S).why


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path / "scanner")
    bench.reader.start()
    assert bench.told.get(timeout=PATIENCE_S).state is ReaderState.READY
    yield bench
    bench.reader.stop()
    bench.gun.unplug()


def test_every_byte_arrives_and_says_by_which_reader(bench: Bench) -> None:
    data = bytes(sorted(set(range(256)) - set(b"\r\n\t")))[:200]
    for start in (0, 60):
        bench.gun.send(data[start:] + b"\r\n")
        entry = bench.entry()
        assert (entry.raw, entry.reader) == (data[start:], NAME)
    bench.gun.send(bytes(range(200, 256)) + b"\r")
    assert bench.entry().raw == bytes(range(200, 256)), "a 0xFF is data, although it marks what is spoilt"
    assert bench.entries.empty()


def test_nobody_else_opens_the_port(bench: Bench) -> None:
    other = Bench.__new__(Bench)
    other.told = queue.Queue()
    outlet = Outlet(bench.entries.put, lambda: Stamp(1, 2, "boot"), other.told.put, 200)
    second = SerialReader("GUN-2", outlet, wanted=Wanted(str(bench.gun.path)), line=LineSettings(), frame=PLAIN)
    second.start()
    assert other.why() is ReaderWhy.IN_USE
    second.stop()


def test_half_a_scan_is_told_and_what_comes_after_it_is_whole(bench: Bench) -> None:
    bench.gun.send(b"ONE\rHALF")
    assert bench.entry().raw == b"ONE", "and the half is read with it: what waits in the kernel goes with the plug"
    bench.gun.unplug()
    assert bench.why() is ReaderWhy.GONE
    cut = bench.entry()
    assert (cut.fault, cut.raw, cut.reader) == (Fault.CUT, b"", NAME)
    bench.gun.plug()
    bench.reader.wake()
    assert bench.why() is ReaderWhy.NOTHING
    bench.gun.send(b"WHOLE\r")
    assert bench.entry().raw == b"WHOLE"


def test_a_spoilt_byte_is_told_and_the_next_scan_is_whole(bench: Bench) -> None:
    bench.gun.send(b"A-0")
    bench.gun.send_spoilt(b"1")
    bench.gun.send(b"-01\rA-01-02\r")
    assert [bench.entry().fault, bench.entry().raw] == [Fault.LOST, b"A-01-02"]


def test_a_scanner_can_be_answered_while_it_is_there(bench: Bench) -> None:
    assert bench.reader.send(b"\x06")
    assert os.read(bench.gun.master, 10) == b"\x06"


def test_noise_is_told_as_another_speed_until_a_whole_code_comes(bench: Bench) -> None:
    bench.gun.send_spoilt(b"abcdef")
    assert bench.entry().fault is Fault.LOST
    assert bench.why() is ReaderWhy.NOISE
    bench.gun.send(b"CODE\r")
    assert bench.entry().raw == b"CODE"
    assert bench.why() is ReaderWhy.NOTHING


def test_a_scanner_without_a_suffix_is_told(bench: Bench) -> None:
    bench.gun.send(b"CODE")
    assert bench.entry().fault is Fault.UNENDED
    assert bench.why() is ReaderWhy.UNENDED
