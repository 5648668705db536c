"""A worker whose line dropped comes back: the new screen takes over at the same question, whatever the old one does."""

import os
import re
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from scanner_app.store.log import MAIN, AtWork
from tests.forks import run_scanner
from tests.program.device import Device
from tests.screens.terminals import PATIENCE_S, Terminal
from tests.warehouse import filled

BADGE = b"B-1001\r"
AT_PIN = b"PIN"


@pytest.fixture
def device(tmp_path: Path) -> Device:
    return Device(tmp_path)


def opened(device: Device, face: str) -> Terminal:
    terminal = device.terminal("--config", str(device.config), face)
    terminal.wait_for(b"#0 " if face == "run" else b" > ")
    return terminal


def at_the_pin(device: Device, face: str) -> Terminal:
    """A screen whose badge was scanned, and taken: what was acknowledged must be there at the next."""
    terminal = opened(device, face)
    terminal.write(BADGE)
    terminal.wait_for(AT_PIN)
    return terminal


def again(device: Device, face: str) -> Terminal:
    return device.terminal("--config", str(device.config), face)


def told_by_the_doctor(device: Device) -> str:
    return run_scanner(["--config", str(device.config), "doctor"], timeout_s=PATIENCE_S).stdout


def is_at_the_pin(terminal: Terminal) -> None:
    """At the same question, with the reason why the other screen is closed."""
    terminal.wait_for(AT_PIN)
    terminal.wait_for(b"Old screen is closed.")


@pytest.mark.parametrize(("old", "new"), [("run", "line"), ("line", "run")])
def test_a_new_screen_takes_over_at_the_same_question(device: Device, old: str, new: str) -> None:
    first = at_the_pin(device, old)
    second = again(device, new)
    is_at_the_pin(second)
    assert first.child.wait(PATIENCE_S) == 0
    first.wait_for(b"Goes on elsewhere. Closed here.")
    first.close()
    second.close()
    assert device.entered() == 1


@pytest.mark.parametrize(
    ("face", "state"), [("run", "stopped"), ("run", "unread"), ("line", "unread"), ("run", "gone")]
)
def test_whatever_became_of_the_old_one(device: Device, face: str, state: str) -> None:
    """Stopped; on a line that is dead but not closed, so that nobody reads it; on a terminal that went this instant."""
    first = at_the_pin(device, face)
    if state == "stopped":
        first.child.send_signal(signal.SIGSTOP)
    elif state == "unread":
        first.fill()
    else:
        first.hang_up()
    second = again(device, face)
    second.wait_for(AT_PIN)
    assert first.child.wait(PATIENCE_S) in (0, 130)
    first.close()
    second.close()
    assert device.entered() == 1


@pytest.mark.parametrize("woken", ["before", "behind", "stopped"])
def test_the_old_terminal_is_left_as_it_was_found(device: Device, woken: str) -> None:
    """With its lines wrapping and its own picture, also when it is woken while it ends."""
    first = at_the_pin(device, "run")
    signals = {
        "before": [signal.SIGCONT, signal.SIGHUP],
        "behind": [signal.SIGHUP, *[signal.SIGCONT] * 60],
        "stopped": [signal.SIGTSTP, signal.SIGHUP, signal.SIGCONT],
    }
    for number in signals[woken]:
        first.child.send_signal(number)
        first.settle(0.5 if number == signal.SIGTSTP else 0.005)
    assert first.child.wait(PATIENCE_S) == 0
    first.settle()
    shown = bytes(first.shown)
    for on, off in ((b"\x1b[?7l", b"\x1b[?7h"), (b"\x1b[?1049h", b"\x1b[?1049l"), (b"\x1b[?25l", b"\x1b[?25h")):
        assert shown.rfind(off) > shown.rfind(on), shown[-300:]
    first.close()


def test_two_new_screens_at_once_end_with_one(device: Device) -> None:
    first = at_the_pin(device, "run")
    pair = [again(device, "run"), again(device, "run")]
    assert first.child.wait(PATIENCE_S) == 0
    for terminal in pair:
        terminal.wait(lambda shown=terminal: AT_PIN in shown.shown or shown.child.poll() is not None)  # type: ignore[misc]
    loser, winner = sorted(pair, key=lambda terminal: terminal.child.poll() is None)
    winner.wait_for(AT_PIN)
    loser.child.wait(PATIENCE_S)
    loser.settle()
    assert re.search(rb"Opened elsewhere|Device is busy|Goes on elsewhere", loser.shown)
    assert winner.child.poll() is None
    for terminal in (first, *pair):
        terminal.close()


def test_a_pipe_and_other_commands_take_nothing_over(device: Device) -> None:
    first = at_the_pin(device, "run")
    for command in (["line"], ["sync", "--once"], ["enrol", "http://127.0.0.1:1", "code"], ["restore", "nothing"]):
        done = run_scanner(["--config", str(device.config), *command], "B-1001\n", timeout_s=PATIENCE_S)
        assert done.returncode == 1
        assert f"in use by process {first.child.pid} (scanner run)" in done.stderr
    assert first.child.poll() is None
    assert f"in use by process {first.child.pid} (scanner run)" in told_by_the_doctor(device)
    first.close()


def test_a_pipe_is_not_taken_over(device: Device) -> None:
    command = [sys.executable, "-m", "scanner_app", "--config", str(device.config), "line"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as pipe:
        assert pipe.stdout is not None
        os.read(pipe.stdout.fileno(), 1)
        second = again(device, "run")
        assert second.child.wait(PATIENCE_S) == 1
        second.settle()
        assert b"Device is busy. Start again soon. (The cache is in use by process %d.)" % pipe.pid in second.shown
        assert pipe.poll() is None
        second.close()
        pipe.kill()


def test_the_words_are_in_the_language_of_who_is_signed_in(device: Device) -> None:
    with closing(filled(device.config.parent / "device")) as store, store.transaction:
        store.log.sign_on(MAIN, AtWork("1003", "Worker 1003"))
    first, second = opened(device, "line"), again(device, "line")
    second.wait_for(b"Alter Schirm ist zu.")
    assert first.child.wait(PATIENCE_S) == 0
    first.wait_for(b"Geht woanders weiter. Hier zu.")
    first.close()
    second.close()
