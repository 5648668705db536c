"""Bursts into the real program on a pty: as many entries in the log as scans were sent, byte for byte, in order."""

import os
import random
import termios
import time
from zlib import crc32

import pytest

from tests.extent import LONG, SEED, extent
from tests.menu import LOOK_UP
from tests.screens.terminals import Terminal
from tests.torture.tools.bursts import KINDS, Burst, plain
from tests.torture.tools.site import PATIENCE_S, Device, Site

COUNT = extent(100, 500)
DELAYS_MS = range(0, 351, 25) if LONG else (0, 60)
HOSTILE = b"\x03\x1c\x04\x1a\x11\x13\x16\x17"
"""Not 0x15 and 0x08: at a terminal they edit the line."""


@pytest.fixture
def device(site: Site) -> Device:
    """At the look-up, where no scan of a burst is known; the centre is not there."""
    device = site.devices["one"]
    assert device.scanner("line", given=f"{LOOK_UP}\n").returncode == 0
    (device.folder / "made").write_text(str(device.made + 1))
    return device


def wait_until_logged(device: Device, terminal: Terminal, count: int) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while device.count() < count:
        assert time.monotonic() < deadline, (device.count(), count, bytes(terminal.shown[-500:]))
        assert terminal.child.poll() is None, bytes(terminal.shown[-500:])
        terminal.settle(0.05)


def compare(device: Device, burst: Burst) -> None:
    found = device.entered()
    assert len(found) == len(burst.entries)
    wrong = [pair for pair in zip(found, burst.entries, strict=True) if pair[0] != pair[1]]
    assert not wrong, (len(wrong), wrong[:3])


def leave(terminal: Terminal) -> None:
    """The program is alive to the end: asked to stop once its screen is there, it stops."""
    terminal.wait_for(b" #")
    assert terminal.child.poll() is None
    terminal.child.terminate()
    terminal.wait(lambda: terminal.child.poll() is not None)
    assert terminal.child.returncode == 0
    os.close(terminal.master)


@pytest.mark.parametrize("kind", list(KINDS)[:: extent(2, 1)])
def test_a_burst_is_in_the_log_byte_for_byte(device: Device, kind: str) -> None:
    chance = random.Random(SEED + crc32(kind.encode()))
    burst = KINDS[kind](chance, COUNT)
    terminal = Terminal(*device.command("run")[2:])
    terminal.wait_for(b" Look up ")
    terminal.write(burst.stream)
    wait_until_logged(device, terminal, len(burst.entries))
    compare(device, burst)
    assert len(device.scanner("log", "--json").stdout.splitlines()) == device.made + len(burst.entries)
    leave(terminal)


@pytest.mark.parametrize("kind", ["CR", "everything"])
def test_a_burst_in_pieces_with_pauses_between_them(device: Device, kind: str) -> None:
    """No end is made up by a pause, wherever it comes."""
    chance = random.Random(SEED)
    burst = KINDS[kind](chance, COUNT // 5)
    terminal = Terminal(*device.command("run")[2:])
    terminal.wait_for(b" Look up ")
    rest = burst.stream
    while rest:
        size = chance.choice((1, 2, 3, 50, 200))
        terminal.write(rest[:size])
        rest = rest[size:]
        terminal.settle(chance.choice((0.0, 0.0, 0.002, 0.03)))
    wait_until_logged(device, terminal, len(burst.entries))
    compare(device, burst)
    leave(terminal)


@pytest.mark.parametrize("delay_ms", DELAYS_MS)
def test_scans_from_the_start_of_the_process(device: Device, delay_ms: int) -> None:
    """Before the program has come to its first statement, the terminal is still the shell's: plain codes only."""
    scans = plain(random.Random(SEED + delay_ms), COUNT)
    terminal = Terminal("tests.torture.tools.foreground", *device.command("run")[2:])
    time.sleep(delay_ms / 1000)
    terminal.write(b"".join(scan + b"\r" for scan in scans))
    wait_until_logged(device, terminal, COUNT)
    compare(device, Burst(b"", list(scans)))
    leave(terminal)


def test_any_byte_as_soon_as_the_terminal_is_raw(device: Device) -> None:
    scans = [scan + HOSTILE for scan in plain(random.Random(SEED), COUNT)]
    terminal = Terminal("tests.torture.tools.foreground", *device.command("run")[2:])
    while termios.tcgetattr(terminal.master)[3] & (termios.ICANON | termios.ISIG):
        assert terminal.child.poll() is None
    terminal.write(b"".join(scan + b"\r" for scan in scans))
    wait_until_logged(device, terminal, COUNT)
    compare(device, Burst(b"", list(scans)))
    leave(terminal)
