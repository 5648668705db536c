"""Scanners at a real program: two on ptys beside the terminal, each by its name, one unplugged within a scan."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.devices.gun import Gun
from tests.picture import Picture
from tests.program.at_work import PATIENCE_S, PROMPT, AtWork
from tests.program.device import Device
from tests.warehouse import GTIN

MISSING = "NO SCANNER"


@pytest.fixture
def at_work(tmp_path: Path) -> Iterator[AtWork]:
    at_work = AtWork(tmp_path)
    yield at_work
    at_work.close()


def test_two_scanners_and_a_keyboard_at_one_session(at_work: AtWork) -> None:
    first, second = at_work.guns.values()
    at_work.sign_in()
    for gun, raw in ((first, b"A-01-01\r"), (second, GTIN.encode() + b"\r\n")):
        gun.send(raw)
        at_work.wait(PROMPT)
    at_work.type("2")
    at_work.wait(PROMPT)
    first.send(b"A-01-05\r")
    at_work.wait("+ Moved 2 EA to A-01-05.")
    at_work.wait(PROMPT)

    second.send(b"A-01-01\rA-01")
    at_work.wait(PROMPT)
    second.unplug()
    at_work.wait("X GUN-2: half a scan. Scan again.")
    at_work.wait("NO SCANNER")
    second.plug()
    at_work.type(".k")
    at_work.wait("Go on")
    deadline = time.monotonic() + PATIENCE_S
    while ("GUN-2", "", GTIN) not in at_work.logged()[8:] and time.monotonic() < deadline:
        second.send(GTIN.encode() + b"\r")
        time.sleep(0.1)
    at_work.kill()
    assert at_work.logged()[3:10] == [
        ("GUN-1", "", "A-01-01"),
        ("GUN-2", "", GTIN),
        ("", "", "2"),
        ("GUN-1", "", "A-01-05"),
        ("GUN-2", "", "A-01-01"),
        ("GUN-2", "cut", ""),
        ("", "", ".k"),
    ]


def test_the_screen_says_that_a_scanner_is_missing_and_no_more_when_it_is_back(tmp_path: Path) -> None:
    """It begins without it; half of a scan is told by name."""
    device, path = Device(tmp_path), tmp_path / "gun"
    with device.config.open("a") as config:
        config.write(f'[[reader]]\nname = "GUN-1"\npath = "{path}"\n')
    terminal = device.terminal("--config", str(device.config), "run")

    def rows() -> str:
        picture = Picture(40, 12)
        picture.feed(bytes(terminal.shown))
        return "\n".join(picture.rows)

    terminal.wait(lambda: MISSING in rows())
    gun = Gun(path)
    terminal.wait(lambda: MISSING not in rows())
    gun.send(b"B-1001\rHALF")
    terminal.wait(lambda: "PIN" in rows())
    gun.unplug()
    terminal.wait(lambda: MISSING in rows() and "GUN-1: half a scan." in rows())
    terminal.close()
