"""A HID reader with its drain, a real process, before a device of ours: drained, told when cut, back by itself."""

import contextlib
import os
import queue
import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.finding.device import Wanted
from devices.readers.hid.hid_reader import HidReader, stamp_at
from devices.readers.reader import Outlet
from scanner_app.domain.capture.entry import Entry, Fault
from scanner_app.domain.capture.reader_state import ReaderState, ReaderTold, ReaderWhy
from scanner_app.domain.clock import Stamp
from scanner_app.reader_settings import ReaderSettings
from scanner_app.readers import hid_line
from tests.devices.hid import keyboard, plugged_drain, pos

PATIENCE_S = 10
ROOT = Path(__file__).parents[3]
NAME = "GUN-1"
STATES = {"hid_keyboard": keyboard.state(), "hid_pos": pos.DESCRIPTOR}


class Gun:
    """A device's end: it gives its state when it is asked, and sends."""

    def __init__(self, path: Path, state: bytes) -> None:
        self._path = path
        self.state = state
        self.plug()

    def plug(self) -> None:
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._listener.bind(str(self._path))
        self._listener.listen()
        self._listener.settimeout(PATIENCE_S)

    def opened(self) -> None:
        """Wait for a drain, and give it the state."""
        self._line, _address = self._listener.accept()
        self._line.settimeout(PATIENCE_S)
        self.asked()

    def asked(self) -> None:
        assert self._line.recv(1) == plugged_drain.ASK
        self._line.send(self.state)

    def send(self, *messages: bytes) -> None:
        for message in messages:
            self._line.send(message)

    def unplug(self) -> None:
        self._line.close()
        self._listener.close()
        self._path.unlink()


class Bench:
    def __init__(self, path: Path, kind: str) -> None:
        self.gun = Gun(path, STATES[kind])
        self.entries: queue.Queue[Entry] = queue.Queue()
        self.told: queue.Queue[ReaderTold] = queue.Queue()
        self._is_stopped = False
        self.commands: list[tuple[str, str]] = []
        outlet = Outlet(self.entries.put, lambda: Stamp(10**18, 10**16, "boot"), self.told.put, 200)
        line = hid_line(ReaderSettings(NAME, kind=kind), outlet)
        self.reader = HidReader(NAME, outlet, kind=kind, wanted=Wanted(str(path)), line=line, command=self.command)

    def command(self, kind: str, path: str) -> list[str]:
        self.commands.append((kind, path))
        program = "import runpy, sys; sys.path.insert(0, sys.argv[1]); del sys.argv[1]; "
        program += f"runpy.run_path({plugged_drain.__file__!r}, None, '__main__')"
        return [sys.executable, "-I", "-S", "-c", program, str(ROOT), kind, path]

    def stop(self) -> None:
        if not self._is_stopped:
            self._is_stopped = True
            self.reader.stop()

    def open(self) -> None:
        self.gun.opened()
        assert self.why() is ReaderWhy.NOTHING

    def entry(self) -> Entry:
        return self.entries.get(timeout=PATIENCE_S)

    def fault_or_code(self) -> bytes | Fault:
        entry = self.entry()
        assert entry.reader == NAME
        return entry.fault or entry.raw

    def why(self) -> ReaderWhy:
        return self.told.get(timeout=PATIENCE_S).why


@pytest.fixture(params=["hid_keyboard", "hid_pos"])
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path / "gun", request.param)
    bench.reader.start()
    bench.open()
    yield bench
    bench.stop()


def kind_of(bench: Bench) -> str:
    return bench.commands[0][0]


def scan(bench: Bench, code: str) -> list[bytes]:
    """The messages in which a scanner sends a code, with what its kind gives beside."""
    return [keyboard.scan(code)] if kind_of(bench) == "hid_keyboard" else [*pos.reports(code.encode(), b"")]


def half(bench: Bench) -> bytes:
    if kind_of(bench) == "hid_keyboard":
        return keyboard.events(keyboard.edges((30,)))
    return pos.report(b"A" * pos.CAPACITY, continued=True)


def test_codes_come_with_the_readers_name_and_the_kernels_time(bench: Bench) -> None:
    bench.gun.send(*scan(bench, "A-01-01"), *scan(bench, "x" * 100))
    first = bench.entry()
    assert (first.raw, first.reader) == (b"A-01-01", NAME)
    assert bench.entry().raw == b"x" * 100
    assert stamp_at(900, Stamp(5_000, 1_000, "b")) == Stamp(4_900, 900, "b")
    assert stamp_at(1_100, Stamp(5_000, 1_000, "b")) == Stamp(5_000, 1_000, "b"), "nothing is captured later than now"


def test_half_a_scan_is_told_and_what_comes_when_the_scanner_is_back_is_whole(bench: Bench) -> None:
    bench.gun.send(*scan(bench, "ONE"), half(bench))
    assert bench.fault_or_code() == b"ONE"
    bench.gun.unplug()
    assert bench.why() is ReaderWhy.GONE
    assert bench.fault_or_code() is Fault.CUT
    bench.gun.plug()
    bench.reader.wake()
    bench.open()
    bench.gun.send(*scan(bench, "WHOLE"))
    assert bench.fault_or_code() == b"WHOLE"


def test_a_drain_that_dies_is_told_and_started_anew(bench: Bench) -> None:
    bench.gun.send(half(bench))
    time.sleep(0.5)  # it has the half, also on a busy machine
    drain = _drain()
    os.kill(drain, signal.SIGKILL)
    assert bench.why() is ReaderWhy.GONE
    assert bench.fault_or_code() is Fault.CUT
    bench.reader.wake()
    bench.open()
    bench.gun.send(*scan(bench, "NEXT"))
    assert bench.fault_or_code() == b"NEXT"


def test_half_a_scan_with_nothing_behind_it_is_told_without_a_plug(bench: Bench) -> None:
    bench.gun.send(half(bench))
    assert bench.fault_or_code() in (Fault.UNENDED, Fault.LOST)


def test_a_drain_ends_with_its_reader(bench: Bench) -> None:
    drain = _drain()
    bench.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(drain, 0)


def _drain() -> int:
    """The process that drains, a child of this one."""
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            is_child = f"PPid:\t{os.getpid()}\n" in (folder / "status").read_text()
            if is_child and b"plugged_drain" in (folder / "cmdline").read_bytes():
                return int(folder.name)
    raise AssertionError("no drain is at work")


@pytest.mark.parametrize("kind", ["hid_keyboard", "hid_pos"])
def test_what_is_no_device_of_the_kind_is_refused(kind: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    bench = Bench(tmp_path / "gun", kind)
    reader = HidReader(
        NAME, bench.reader._outlet, kind=kind, wanted=Wanted(str(tmp_path / "file")), line=bench.reader._line
    )
    reader.start()
    assert bench.told.get(timeout=PATIENCE_S).state is ReaderState.REFUSED
    reader.stop()
    bench.reader.stop()


def test_a_device_without_decoded_data_is_no_hid_pos(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "gun", "hid_pos")
    bench.gun.state = b"\x05\x01\x09\x06"
    bench.reader.start()
    bench.gun.opened()
    assert bench.why() is ReaderWhy.NO_PORT
    bench.stop()


def test_events_that_the_kernel_dropped_are_told_and_the_keys_are_known_anew(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "gun", "hid_keyboard")
    bench.reader.start()
    bench.open()
    bench.gun.send(half(bench) + keyboard.dropped() + keyboard.scan("NEVER SEEN"))
    bench.gun.state = keyboard.state(42)
    bench.gun.asked()
    bench.gun.send(keyboard.scan("rest"), keyboard.events([(2, 1), (2, 0), (42, 0), (2, 1), (2, 0), (28, 1), (28, 0)]))
    assert [bench.fault_or_code(), bench.fault_or_code()] == [Fault.LOST, b"!1"]
    bench.stop()
