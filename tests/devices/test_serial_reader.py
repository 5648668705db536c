"""The serial reader on a real pseudo-terminal: byte for byte, alone on its port, told when cut, back by itself."""

import os
import queue
import struct
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import serial

from devices.finding.device import Wanted
from devices.readers.reader import Outlet
from devices.readers.seeker import NotReadyError
from devices.readers.serial.overruns import TIOCGICOUNT, Overruns
from devices.readers.serial.port import LineSettings, mark_spoilt, open_port, refused
from devices.readers.serial.serial_reader import SerialReader
from scanner_app.domain.capture.entry import Entry, Fault
from scanner_app.domain.capture.framed import Frame
from scanner_app.domain.capture.reader_state import ReaderState, ReaderTold, ReaderWhy, state_of
from scanner_app.domain.clock import Stamp
from tests.devices.gun import Gun
from tests.devices.ordinary import as_ordinary_user
from tests.devices.sysfs import Sysfs

PATIENCE_S = 5
NAME = "GUN-1"
PLAIN = Frame()


def opened(node: str) -> list[Path]:
    """Where this process has a device open: the scanner's end is one."""
    return [file for file in Path("/proc/self/fd").iterdir() if os.path.realpath(file) == node]


class Ear:
    """Hears what a reader hands over, and what it says of itself."""

    def __init__(self) -> None:
        self.entries: queue.Queue[Entry] = queue.Queue()
        self.told: queue.Queue[ReaderTold] = queue.Queue()
        self.outlet = Outlet(self.entries.put, lambda: Stamp(1, 2, "boot"), self.told.put, 200)

    def entry(self) -> Entry:
        return self.entries.get(timeout=PATIENCE_S)

    def state(self) -> ReaderTold:
        return self.told.get(timeout=PATIENCE_S)

    def why(self) -> ReaderWhy:
        return self.state().why


class Bench(Ear):
    def __init__(self, path: Path, frame: Frame = PLAIN, rest_s: float = PATIENCE_S, settle_s: float = 0.05) -> None:
        super().__init__()
        self.gun = Gun(path)
        wanted, line = Wanted(str(path)), LineSettings()
        self.reader = SerialReader(
            NAME, self.outlet, wanted=wanted, line=line, frame=frame, rest_s=rest_s, settle_s=settle_s
        )


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    yield from at_work(Bench(tmp_path / "scanner"))


@pytest.fixture
def hasty(tmp_path: Path) -> Iterator[Bench]:
    """One that does not wait long for the rest of a scan."""
    yield from at_work(Bench(tmp_path / "scanner", rest_s=0.1))


def at_work(bench: Bench) -> Iterator[Bench]:
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
    other = Ear()
    second = SerialReader("GUN-2", other.outlet, wanted=Wanted(str(bench.gun.path)), line=LineSettings(), frame=PLAIN)
    second.start()
    told = other.state()
    second.stop()
    assert (told.reader, told.state, told.why) == ("GUN-2", ReaderState.REFUSED, ReaderWhy.IN_USE)


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


def test_noise_is_told_as_another_speed_until_a_whole_code_comes(hasty: Bench) -> None:
    hasty.gun.send_spoilt(b"abcdef")
    assert hasty.entry().fault is Fault.LOST
    assert hasty.why() is ReaderWhy.NOISE
    hasty.gun.send(b"CODE\r")
    assert hasty.entry().raw == b"CODE"
    assert hasty.why() is ReaderWhy.NOTHING


def test_a_scanner_without_a_suffix_is_told(hasty: Bench) -> None:
    hasty.gun.send(b"CODE")
    assert hasty.entry().fault is Fault.UNENDED
    assert hasty.why() is ReaderWhy.UNENDED


def test_a_prefix_and_a_suffix_of_its_own(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "scanner", Frame(b"\x02", b"\x03"))
    bench.reader.start()
    assert bench.why() is ReaderWhy.NOTHING
    bench.gun.send(b"\x02A\rB\x03\r\nC\x03\x02D\x03")
    assert [(bench.entry().raw, bench.entry().fault, bench.entry().raw)] == [(b"A\rB", Fault.UNFRAMED, b"D")]
    bench.reader.stop()
    bench.gun.unplug()


@pytest.mark.parametrize(
    ("situation", "why"),
    [
        ("nothing is there", ReaderWhy.GONE),
        ("no serial port", ReaderWhy.NO_PORT),
        ("a folder", ReaderWhy.NO_PORT),
        ("a link to nothing", ReaderWhy.GONE),
    ],
)
def test_a_port_that_cannot_be_opened_says_why(tmp_path: Path, situation: str, why: ReaderWhy) -> None:
    path = tmp_path / "port"
    if situation == "no serial port":
        path.write_bytes(b"")
    elif situation == "a folder":
        path.mkdir()
    elif situation == "a link to nothing":
        path.symlink_to(tmp_path / "nothing")
    with pytest.raises(NotReadyError) as caught:
        open_port(str(path), LineSettings())
    assert caught.value.why is why


def test_a_port_that_goes_while_it_is_set_is_gone() -> None:
    """And is no port that cannot be set: nothing has to be mended."""
    master, slave = os.openpty()
    node = os.ttyname(slave)
    os.close(slave)
    opened = os.open(node, os.O_RDWR | os.O_NOCTTY)
    os.close(master)
    with pytest.raises(termios.error) as caught:
        mark_spoilt(opened)
    os.close(opened)
    assert refused(caught.value).why is ReaderWhy.GONE
    hidden = serial.SerialException("Could not configure port")
    hidden.__context__ = caught.value
    assert refused(hidden).why is ReaderWhy.GONE


def test_a_port_of_somebody_else_is_not_allowed() -> None:
    _master, slave = os.openpty()
    os.fchmod(slave, 0)

    def tried() -> str:
        try:
            open_port(os.ttyname(slave), LineSettings()).close()
        except NotReadyError as error:
            return error.why.value
        return ""

    assert as_ordinary_user(tried) == ReaderWhy.NOT_ALLOWED


@pytest.mark.parametrize("speed", [300, 9_600, 115_200, 921_600, 12_345])
@pytest.mark.parametrize(
    ("bits", "parity", "flow"), [(8, "none", "none"), (7, "even", "rts_cts"), (7, "odd", "xon_xoff")]
)
def test_the_line_is_set_as_configured_and_marks_what_is_spoilt(speed: int, bits: int, parity: str, flow: str) -> None:
    _master, slave = os.openpty()
    with open_port(os.ttyname(slave), LineSettings(speed, bits, 2, parity, flow)) as port:
        inward, _out, control, *_rest = termios.tcgetattr(port.fileno())
        assert (port.baudrate, port.bytesize, port.stopbits) == (speed, bits, 2)
        assert bool(control & termios.CRTSCTS) is (flow == "rts_cts")
        assert bool(inward & termios.IXON) is (flow == "xon_xoff")
        assert inward & termios.PARMRK
        assert inward & termios.INPCK
        assert not inward & (termios.IGNPAR | termios.ISTRIP | termios.BRKINT | termios.IGNBRK)


class Plugged(Ear):
    """Scanners in a made sysfs, and a reader that finds its own by what it is."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.sysfs = Sysfs(folder)
        self.folder = folder
        wanted = Wanted(vendor="0c2e", product="090a")
        self.reader = SerialReader(
            NAME, self.outlet, wanted=wanted, line=LineSettings(), frame=PLAIN, roots=self.sysfs.roots
        )

    def plug(self, port: str, number: int, driver: str = "cdc_acm") -> tuple[Gun, Path]:
        gun = Gun(self.folder / f"gun{number}")
        usb = self.sysfs.usb(port, "0c2e", "090a")
        self.sysfs.tty(usb, f"ttyACM{number}", driver, node=gun.node)
        self.reader.wake()
        return gun, usb

    def unplug(self, gun: Gun, usb: Path) -> None:
        self.sysfs.unplug(usb)
        gun.unplug()
        self.reader.wake()


@pytest.fixture
def plugged(tmp_path: Path) -> Iterator[Plugged]:
    plugged = Plugged(tmp_path)
    plugged.reader.start()
    assert plugged.why() is ReaderWhy.GONE
    yield plugged
    plugged.reader.stop()


def test_it_is_found_again_under_another_number(plugged: Plugged) -> None:
    for number in (0, 7):
        gun, usb = plugged.plug("1-1", number)
        told = plugged.state()
        assert (told.state, told.detail.endswith(f"ttyACM{number} 0c2e:090a")) == (ReaderState.READY, True)
        gun.send(b"CODE\r")
        assert plugged.entry().raw == b"CODE"
        plugged.unplug(gun, usb)
        assert plugged.why() is ReaderWhy.GONE


def test_neither_of_two_alike_is_read_until_one_is_gone(plugged: Plugged) -> None:
    first, first_usb = plugged.plug("1-1", 0)
    assert plugged.why() is ReaderWhy.NOTHING
    first.send(b"ONE\rHALF")
    assert plugged.entry().raw == b"ONE"
    second, second_usb = plugged.plug("1-2", 1)
    told = plugged.state()
    assert (told.state, told.why) == (ReaderState.REFUSED, ReaderWhy.ALIKE)
    assert plugged.entry().fault is Fault.CUT
    plugged.unplug(first, first_usb)
    assert plugged.why() is ReaderWhy.NOTHING
    second.send(b"WHOLE\r")
    assert plugged.entry().raw == b"WHOLE"
    plugged.unplug(second, second_usb)


def test_one_without_a_driver_and_a_modem_are_refused(plugged: Plugged) -> None:
    usb = plugged.sysfs.usb("1-1", "0c2e", "090a")
    plugged.reader.wake()
    assert plugged.why() is ReaderWhy.NO_DRIVER
    plugged.sysfs.unplug(usb)
    gun, _usb = plugged.plug("1-3", 3, driver="option")
    while (why := plugged.why()) is ReaderWhy.GONE:
        pass
    assert why is ReaderWhy.MODEM
    gun.unplug()


def test_several_at_once_each_in_its_own_order(tmp_path: Path) -> None:
    ear = Ear()
    guns = {f"GUN-{n}": Gun(tmp_path / f"gun{n}") for n in range(3)}
    readers = [
        SerialReader(name, ear.outlet, wanted=Wanted(str(gun.path)), line=LineSettings(), frame=PLAIN)
        for name, gun in guns.items()
    ]
    for reader in readers:
        reader.start()
    assert {ear.state().reader for _ in readers} == set(guns)
    for number in range(40):
        for gun in guns.values():
            gun.send(b"%d\r" % number)
    came = [ear.entry() for _ in range(120)]
    for name in guns:
        assert [entry.raw for entry in came if entry.reader == name] == [b"%d" % number for number in range(40)]
    for reader in readers:
        reader.stop()
    for gun in guns.values():
        gun.unplug()


def test_only_what_is_said_of_a_reader_that_reads_leaves_it_ready() -> None:
    assert {why for why in ReaderWhy if state_of(why) is ReaderState.READY} == {
        ReaderWhy.NOTHING, ReaderWhy.NOISE, ReaderWhy.UNENDED, ReaderWhy.DEAF,
    }  # fmt: skip


def test_what_is_under_way_when_the_port_is_opened_is_told_and_the_next_scan_is_whole(tmp_path: Path) -> None:
    """Its beginning was sent before anybody listened: what is left of it may look like a code."""
    bench = Bench(tmp_path / "scanner", settle_s=PATIENCE_S)
    bench.reader.start()
    while bench.told.empty():
        bench.gun.send(b"x")
        time.sleep(0.002)
    bench.gun.send(b"99\rWHOLE\r")
    assert [bench.entry().fault, bench.entry().raw] == [Fault.LOST, b"WHOLE"]
    bench.reader.stop()
    bench.gun.unplug()


def test_a_plug_that_slips_out_again_at_once_is_no_half_scan(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "scanner", settle_s=PATIENCE_S)
    bench.reader.start()
    while len(opened(bench.gun.node)) < 2:
        time.sleep(0.002)
    bench.gun.unplug()
    assert bench.why() is ReaderWhy.GONE
    bench.reader.stop()
    assert bench.entries.empty()


def test_bytes_that_the_port_lost_are_told(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernel only counts them: whichever code of those just read they belong to, none of these is believed."""
    lost = iter([True])
    monkeypatch.setattr(Overruns, "have_grown", lambda _self: next(lost, False))
    bench.gun.send(b"A\rB\rC")
    assert [bench.entry().fault, bench.entry().fault] == [Fault.LOST, Fault.LOST]
    bench.gun.send(b"D\rE\r")
    assert [bench.entry().fault, bench.entry().raw] == [Fault.LOST, b"E"]


def test_overruns_are_what_the_kernel_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = [0, 0, 2, 2]

    def answered(_fd: int, request: int, counters: bytearray) -> None:
        assert request == TIOCGICOUNT
        struct.pack_into("@11i", counters, 0, *(9,) * 7, counted[0], 9, 9, counted.pop(0))

    monkeypatch.setattr("devices.readers.serial.overruns.fcntl.ioctl", answered)
    overruns = Overruns(0)
    assert [overruns.have_grown() for _ in range(3)] == [False, True, False]


def test_a_port_that_does_not_count_has_lost_nothing() -> None:
    _master, slave = os.openpty()
    assert not Overruns(slave).have_grown()
