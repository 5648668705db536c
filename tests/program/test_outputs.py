"""Where the program prints to may go away, be full or never have been there: a status and at most a sentence."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.program.device import Device
from tests.screens.terminals import PATIENCE_S, Terminal

BUFFERED = pytest.mark.parametrize("unbuffered", ["", "1"], ids=["buffered", "unbuffered"])
FULL = Path("/dev/full")
COMMANDS = [["--version"], ["--help"], ["doctor"], ["central", "init"]]
STEPS = ["B-1001", "135790"]


@pytest.fixture
def device(tmp_path: Path) -> Device:
    return Device(tmp_path)


@contextmanager
def broken_pipe() -> Iterator[int]:
    """A pipe that nobody reads."""
    reading, writing = os.pipe()
    os.close(reading)
    yield writing
    os.close(writing)


@contextmanager
def full_disk() -> Iterator[int]:
    with FULL.open("wb") as file:
        yield file.fileno()


@BUFFERED
@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_command_says_that_the_disk_is_full(device: Device, arguments: list[str], unbuffered: str) -> None:
    with full_disk() as stdout:
        status, told = device.scanner(*arguments, stdout=stdout, unbuffered=unbuffered)
    assert status == 1
    assert told.startswith("scanner: ")
    assert told.endswith("\n")
    assert "No space left on device" in told
    assert told.count("\n") == 1


@BUFFERED
@pytest.mark.parametrize("arguments", [["--help"], ["doctor"]], ids=" ".join)
def test_a_command_whose_reader_has_gone_ends_in_silence(device: Device, arguments: list[str], unbuffered: str) -> None:
    with broken_pipe() as stdout:
        assert device.scanner(*arguments, stdout=stdout, unbuffered=unbuffered) == (1, "")


def test_an_export_into_a_full_file_system_is_one_sentence(device: Device) -> None:
    assert device.scanner("central", "init", stdout=subprocess.DEVNULL)[0] == 0
    status, told = device.scanner("central", "export", "stock", "--output", str(FULL), stdout=subprocess.DEVNULL)
    assert (status, told) == (1, "scanner: This could not be done to its end: No space left on device.\n")


@pytest.mark.parametrize(
    ("arguments", "closed", "status", "told"),
    [
        (["--version"], ">&-", 1, "scanner: The output cannot be written: Bad file descriptor."),
        (["--version"], "2>&-", 0, ""),
        (["--nonsense"], "2>&-", 2, ""),
        (["doctor"], "<&- >&- 2>&-", 1, ""),
        (["run"], "<&-", 1, "scanner: There is no terminal here. Use: scanner line"),
        (["run"], "<&- >&- 2>&-", 1, ""),
        (["line"], "<&-", 0, ""),
        (["line"], "<&- >&- 2>&-", 0, ""),
    ],
    ids=str,
)
def test_streams_that_were_never_there(
    device: Device, arguments: list[str], closed: str, status: int, told: str
) -> None:
    """And no file that is opened takes their place: the cache is well afterwards."""
    command = [sys.executable, "-m", "scanner_app", "--config", str(device.config), *arguments]
    shell = ["sh", "-c", f'"$@" {closed}', "sh", *command]
    done = subprocess.run(shell, capture_output=True, text=True, timeout=PATIENCE_S * 3, check=False)
    assert (done.returncode, done.stderr[: len(told)]) == (status, told)
    assert "Traceback" not in done.stderr
    assert device.entered() == 0


@BUFFERED
def test_line_mode_takes_everything_though_nobody_reads(device: Device, unbuffered: str) -> None:
    with broken_pipe() as stdout:
        given = "\n".join(STEPS) + "\n"
        assert device.scanner("line", stdout=stdout, given=given, unbuffered=unbuffered) == (0, "")
    assert device.entered() == 2


@BUFFERED
def test_line_mode_takes_everything_and_says_that_its_answers_are_lost(device: Device, unbuffered: str) -> None:
    with full_disk() as stdout:
        given = "\n".join(STEPS) + "\n"
        status, told = device.scanner("line", stdout=stdout, given=given, unbuffered=unbuffered)
    assert status == 1
    assert told == (
        "scanner: Not every answer could be written: No space left on device. All that came in was taken.\n"
    )
    assert device.entered() == 2


@BUFFERED
@pytest.mark.parametrize(("face", "shown"), [("run", b"#0 "), ("line", b" > ")])
@pytest.mark.parametrize("module", ["scanner_app", "tests.torture.tools.foreground"], ids=["foreign", "controlling"])
def test_a_terminal_that_goes_away_ends_either_face(
    device: Device, face: str, shown: bytes, module: str, unbuffered: str
) -> None:
    """With a terminal that controls it, the system sends SIGHUP as well."""
    program = ["scanner_app"] if module != "scanner_app" else []
    arguments = [*program, "--config", str(device.config), face]
    terminal = device.terminal(*arguments, module=module, unbuffered=unbuffered)
    terminal.wait_for(shown)
    terminal.hang_up()
    assert terminal.child.wait(PATIENCE_S) == 0
    terminal.close()


def test_a_line_without_an_end_is_not_taken_when_the_terminal_goes(device: Device) -> None:
    terminal = device.terminal("--config", str(device.config), "line")
    terminal.wait_for(b" > ")
    terminal.write(b"B-1001\r")
    terminal.wait_for(b"PIN")
    terminal.write(b"1357")
    terminal.child.send_signal(signal.SIGHUP)
    assert terminal.child.wait(PATIENCE_S) == 0
    terminal.close()
    assert device.entered() == 1


@pytest.mark.parametrize("elsewhere", ["2>{}", ">{}"])
def test_the_screen_is_on_the_terminal_wherever_one_stream_goes(device: Device, tmp_path: Path, elsewhere: str) -> None:
    program = f"{sys.executable} -m scanner_app --config {device.config} run {elsewhere.format(tmp_path / 'said')}"
    terminal = Terminal("tests.program.shell", program)
    terminal.wait_for(b"#0 ")
    terminal.child.send_signal(signal.SIGTERM)
    assert terminal.child.wait(PATIENCE_S) == 0
    terminal.close()
    assert (tmp_path / "said").read_bytes() == b""


def test_a_screen_without_a_terminal_to_paint_on_is_refused(device: Device, tmp_path: Path) -> None:
    program = f"{sys.executable} -m scanner_app --config {device.config} run >{tmp_path / 'out'} 2>{tmp_path / 'said'}"
    terminal = Terminal("tests.program.shell", program)
    assert terminal.child.wait(PATIENCE_S) == 1
    terminal.close()
    assert (tmp_path / "said").read_text() == "scanner: There is no terminal here. Use: scanner line\n"
