"""The serial reader on a real pseudo-terminal: byte for byte, alone on its port, and back after unplugging."""

import os
import pty
import queue
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest
import serial

from devices.readers.serial_port import PortState, SerialReader
from scanner_app.domain.capture.entry import Entry
from scanner_app.domain.clock import Stamp

PATIENCE_S = 5


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


class Bench:
    def __init__(self, path: Path) -> None:
        self.gun = Gun(path)
        self.entries: queue.Queue[Entry] = queue.Queue()
        self.states: queue.Queue[PortState] = queue.Queue()
        self.reader = SerialReader(
            str(path),
            self.entries.put,
            lambda: Stamp(1, 2, "boot"),
            self.states.put,
            baud_rate=9600,
            entry_length_max=200,
        )


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path / "scanner")
    bench.reader.start()
    assert bench.states.get(timeout=PATIENCE_S) is PortState.OPEN
    yield bench
    bench.reader.stop()
    bench.gun.unplug()


def test_every_byte_arrives(bench: Bench) -> None:
    data = bytes(sorted(set(range(256)) - set(b"\r\n\t")))[:200]
    for start in (0, 60):
        os.write(bench.gun.master, data[start:] + b"\r\n")
        assert bench.entries.get(timeout=PATIENCE_S).raw == data[start:]
    assert bench.entries.empty()


def test_nobody_else_opens_the_port(bench: Bench) -> None:
    with pytest.raises(serial.SerialException):
        serial.Serial(str(bench.gun.path), 9600, exclusive=True)


def test_unplugged_and_plugged_in_again(bench: Bench) -> None:
    os.write(bench.gun.master, b"HALF")
    bench.gun.unplug()
    assert bench.states.get(timeout=PATIENCE_S) is PortState.MISSING
    bench.gun.plug()
    assert bench.states.get(timeout=PATIENCE_S) is PortState.OPEN
    os.write(bench.gun.master, b"WHOLE\r")
    assert bench.entries.get(timeout=PATIENCE_S).raw == b"WHOLE"
