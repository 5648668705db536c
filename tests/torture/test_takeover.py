"""Screens that take over from each other while some are killed, stopped or left unread: the newest has the device.

Each round an old screen is at a question, something becomes of it, a newcomer takes over and is killed at a random
moment in the middle, and the next must be at the question, with nothing lost of what was acknowledged.
"""

import random
import signal
from pathlib import Path

import pytest

from tests.extent import SEED, extent
from tests.program.device import Device
from tests.screens.terminals import PATIENCE_S, Terminal

ROUNDS = extent(1, 60)
STATES = ("well", "stopped", "unread", "gone", "killed")
FACES = ("run", "line")


@pytest.mark.timeout(60 + ROUNDS * 60)
def test_whatever_happens_in_the_middle_the_next_screen_has_the_device(tmp_path: Path) -> None:
    device, chance = Device(tmp_path), random.Random(SEED)
    held = _opened(device, chance)
    held.write(b"B-1001\r")
    held.wait_for(b"PIN")
    for _ in range(ROUNDS):
        state = chance.choice(STATES)
        _befall(held, state)
        victim = _started(device, chance)
        victim.settle(chance.uniform(0.01, 1.5))
        victim.child.send_signal(signal.SIGKILL)
        victim.child.wait(PATIENCE_S)
        newest = _started(device, chance)
        newest.wait_for(b"PIN")
        held.child.wait(PATIENCE_S)
        held.close()
        victim.close()
        held = newest
    held.close()
    assert device.entered() == 1


def _started(device: Device, chance: random.Random) -> Terminal:
    return device.terminal("--config", str(device.config), chance.choice(FACES))


def _opened(device: Device, chance: random.Random) -> Terminal:
    terminal = _started(device, chance)
    terminal.wait(lambda: b"#0 " in terminal.shown or b" > " in terminal.shown)
    return terminal


def _befall(terminal: Terminal, state: str) -> None:
    if state == "unread":
        terminal.fill()
    elif state == "gone":
        terminal.hang_up()
    elif state != "well":
        terminal.child.send_signal(signal.SIGSTOP if state == "stopped" else signal.SIGKILL)
