"""The face in a real pseudo-terminal: every byte of every scan, nothing harmful on the way out, and a clean end."""

import os
import re
import signal
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.screens.terminals import PATIENCE_S, Terminal

READY = b"Take from where?"
SCANS = [b"%030d" % number for number in range(500)]
CONTROLS = bytes(sorted(set(range(256)) - set(b"\r\n\t\x08\x15\x7f\x1b")))


WITH_AND_WITHOUT_BUFFERS = pytest.mark.parametrize(
    "bench", [{"PYTHONUNBUFFERED": ""}, {"PYTHONUNBUFFERED": "1"}], ids=["buffered", "unbuffered"], indirect=True
)


class Bench:
    """A face, and the file its session writes entries to."""

    def __init__(self, path: Path, *arguments: str, environment: dict[str, str] | None = None) -> None:
        self.path = path
        path.touch()
        self.terminal = Terminal("tests.screens.child", str(path), *arguments, environment=environment)

    def entries(self) -> list[bytes | str]:
        """Raw bytes, or the name of a key or fault."""
        lines = [line.split("|") for line in self.path.read_text().splitlines()]
        return [key or fault or bytes.fromhex(raw) for key, fault, raw in lines]

    def wait_entries(self, number: int) -> list[bytes | str]:
        self.terminal.wait(lambda: self.path.read_text().count("\n") >= number)
        return self.entries()

    def wait_end(self) -> int:
        self.terminal.wait(lambda: self.terminal.child.poll() is not None)
        assert self.terminal.child.returncode is not None
        return self.terminal.child.returncode


@pytest.fixture
def bench(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Bench]:
    bench = Bench(tmp_path / "entries", environment=getattr(request, "param", None))
    bench.terminal.wait_for(READY)
    yield bench
    bench.terminal.close()


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n", b"\t"])
def test_a_burst_of_scans(bench: Bench, end: bytes) -> None:
    bench.terminal.write(b"".join(scan + end for scan in SCANS))
    assert bench.wait_entries(500) == SCANS


def test_every_byte_a_scan_can_hold(bench: Bench) -> None:
    scans: list[bytes | str] = [CONTROLS[shift:] + CONTROLS[:shift] for shift in range(0, len(CONTROLS), 10)]
    scans = [scan[:200] for scan in scans if isinstance(scan, bytes)]
    bench.terminal.write(b"".join(scan + b"\r" for scan in scans if isinstance(scan, bytes)))
    assert bench.wait_entries(len(scans)) == scans


def test_pastes_keys_and_reports_among_scans(bench: Bench) -> None:
    bench.terminal.write(
        b"A\r\x1b[200~B\rC\r\x1b[I\x1bOR\x1b[200~D\r\x1b[<0;1;1ME\r\x11\x10\x03\r" + b"x" * 300 + b"\rF\r"
    )
    assert bench.wait_entries(9) == [b"A", b"B", b"C", "F3", b"D", b"E", b"\x11\x10\x03", "too_long", b"F"]
    assert bench.terminal.child.poll() is None


def test_scans_before_the_screen_is_up(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "entries")
    try:
        bench.terminal.wait_for(b"\x1b[?1049h")
        bench.terminal.write(b"".join(scan + b"\x03\x1c\x04\r" for scan in SCANS[:20]))
        assert bench.wait_entries(20) == [scan + b"\x03\x1c\x04" for scan in SCANS[:20]]
    finally:
        bench.terminal.close()


def test_no_control_byte_of_a_scan_reaches_the_terminal(bench: Bench) -> None:
    bench.terminal.settle()
    start = len(bench.terminal.shown)
    high = [b"\xc2\x9b31mred", b"\x9b2J\xff", "a\u202eb\u2028c".encode()]
    hostile = [b"\x07bell", b"\x1b]0;owned\x07", b"\x0e\x0f", *high]
    for number, data in enumerate(hostile, 1):
        bench.terminal.write(data)
        bench.terminal.settle(0.15)
        bench.terminal.write(b"\r")
        bench.wait_entries(number)
    bench.terminal.settle()
    shown = bytes(bench.terminal.shown[start:]).decode()
    steered = re.sub(r"\x1b\[[0-9;]*[mHK]|\x1b\[\?2026[hl]|\r\n", "", shown)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029]", steered)
    assert "owned" in steered


def test_a_scan_costs_few_bytes(bench: Bench) -> None:
    bench.terminal.settle()
    start = len(bench.terminal.shown)
    for number in range(1, 31):
        bench.terminal.write(SCANS[number] + b"\r")
        bench.wait_entries(number)
        bench.terminal.settle(0.08)
    assert (len(bench.terminal.shown) - start) / 30 <= 250


def test_the_terminal_knows_its_size_better_than_the_environment(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "entries", environment={"COLUMNS": "80", "LINES": "24"})
    try:
        bench.terminal.wait_for(READY)
        bench.terminal.settle()
        start = len(bench.terminal.shown)
        bench.terminal.write(b"A\r")
        bench.terminal.wait(lambda: b"\x1b[12;1H" in bench.terminal.shown[start:])
    finally:
        bench.terminal.close()


def test_resized_while_running(bench: Bench) -> None:
    bench.terminal.resize(20, 16)
    bench.terminal.child.send_signal(signal.SIGWINCH)
    bench.terminal.wait_for(b"mScan the place.     ")
    bench.terminal.settle()
    start = len(bench.terminal.shown)
    bench.terminal.resize(40, 8)
    bench.terminal.child.send_signal(signal.SIGWINCH)
    bench.terminal.wait(lambda: b"mTake from where? Scan the place.        " in bench.terminal.shown[start:])
    bench.terminal.write(b"A-01\r")
    assert bench.wait_entries(1) == [b"A-01"]


@pytest.mark.parametrize("report", [b"\x1b[48;1;1;1;1t", b"\x1b[48;0;0;0;0t", b"\x1b[48;99999;99999;1;1t"])
def test_a_size_that_comes_in_a_scan_does_not_blind_the_screen(bench: Bench, report: bytes) -> None:
    """The report of a new size is meant for terminals that were asked for it; anything may be in a code."""
    bench.terminal.settle()
    start = len(bench.terminal.shown)
    bench.terminal.write(b"\x1b[?2048;1$yA" + report + b"\rB\r")
    assert bench.wait_entries(2) == [b"A", b"B"]
    bench.terminal.wait(lambda: b"#2" in bench.terminal.shown[start:])
    assert b"\x1b[12;1H" in bench.terminal.shown[start:]


@WITH_AND_WITHOUT_BUFFERS
def test_the_session_ends_it(bench: Bench) -> None:
    bench.terminal.write(b"leave\r")
    assert bench.wait_end() == 0
    assert b"\x1b[?1049l" in bench.terminal.shown


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it(bench: Bench, number: signal.Signals) -> None:
    bench.terminal.child.send_signal(number)
    assert bench.wait_end() == 0
    assert b"\x1b[?1049l" in bench.terminal.shown


def unread(bench: Bench, scans: list[bytes]) -> None:
    """Scan without reading what the screen shows, until all of it is in the session."""
    for scan in scans:
        os.write(bench.terminal.master, scan + b"\r")
    deadline = time.monotonic() + PATIENCE_S
    while len(bench.entries()) < len(scans):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_terminal_that_stops_reading(bench: Bench) -> None:
    bench.terminal.settle()
    unread(bench, SCANS)
    assert bench.entries() == SCANS
    bench.terminal.wait_for(b"#500")


def test_a_terminal_that_reads_nothing_does_not_keep_the_program(bench: Bench) -> None:
    unread(bench, SCANS)
    bench.terminal.child.send_signal(signal.SIGTERM)
    assert bench.terminal.child.wait(PATIENCE_S) == 0


@WITH_AND_WITHOUT_BUFFERS
def test_a_paint_that_nobody_takes_does_not_keep_the_program(bench: Bench) -> None:
    bench.terminal.settle()
    bench.terminal.fill()
    unread(bench, SCANS[:3])
    bench.terminal.child.send_signal(signal.SIGTERM)
    assert bench.terminal.child.wait(PATIENCE_S) == 0


@WITH_AND_WITHOUT_BUFFERS
def test_a_terminal_that_goes_away_ends_it(bench: Bench) -> None:
    bench.terminal.settle()
    bench.terminal.hang_up()
    assert bench.terminal.child.wait(PATIENCE_S) == 0


@WITH_AND_WITHOUT_BUFFERS
def test_a_terminal_that_goes_away_in_the_middle_of_a_paint_ends_it(bench: Bench) -> None:
    bench.terminal.settle()
    bench.terminal.fill()
    unread(bench, SCANS[:3])
    bench.terminal.hang_up()
    assert bench.terminal.child.wait(PATIENCE_S) == 0


def test_the_terminal_is_given_back_as_it_was(bench: Bench) -> None:
    assert not termios.tcgetattr(bench.terminal.master)[3] & termios.ICANON
    bench.terminal.write(b"leave\r")
    bench.wait_end()
    local = termios.tcgetattr(bench.terminal.master)[3]
    assert local & termios.ICANON
    assert local & termios.ECHO
    assert local & termios.ISIG


def test_no_colour_where_none_is_wanted(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "entries", environment={"NO_COLOR": "1"})
    try:
        bench.terminal.wait_for(READY)
        bench.terminal.write(b"A\rB\rC\r")
        bench.wait_entries(3)
        bench.terminal.settle()
    finally:
        bench.terminal.close()
    codes = {code for found in re.findall(rb"\x1b\[([0-9;]+)m", bench.terminal.shown) for code in found.split(b";")}
    assert codes <= {b"0", b"1", b"7", b"39", b"49"}


def test_a_good_answer_rings_once(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "entries", "bell")
    try:
        bench.terminal.wait_for(READY)
        bench.terminal.settle()
        for number, scan in enumerate((b"A", b"B", b"C"), 1):
            bench.terminal.write(scan + b"\r")
            bench.wait_entries(number)
            bench.terminal.settle()
    finally:
        bench.terminal.close()
    assert bench.terminal.shown.count(b"\a") == 1


def test_what_can_wait_begins_after_the_first_picture(bench: Bench) -> None:
    bench.terminal.wait(lambda: bench.path.with_suffix(".shown").exists())
