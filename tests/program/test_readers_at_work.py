"""Scanners at a real program: two on ptys beside the terminal, each by its name, one unplugged within a scan."""

import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from scanner_app.domain.people import Operator
from scanner_app.session.guard import argon2_hash
from scanner_app.store.entries.history import history
from scanner_app.store.file import looking
from tests.devices.gun import Gun
from tests.program.device import Device
from tests.warehouse import GTIN, PIN, filled

PATIENCE_S = 30.0
PROMPT = " >"


class AtWork:
    """``scanner line`` with two scanners; ``wait`` reads what it prints until something stands there."""

    def __init__(self, folder: Path) -> None:
        filled(folder / "device", [Operator("1001", "Worker 1001", "B-1001", argon2_hash(PIN.encode()))]).close()
        self.device = Device(folder)
        self.guns = {name: Gun(folder / name) for name in ("GUN-1", "GUN-2")}
        tables = "".join(f'[[reader]]\nname = "{name}"\npath = "{gun.path}"\n' for name, gun in self.guns.items())
        with self.device.config.open("a") as config:
            config.write(tables)
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "scanner_app", "--config", str(self.device.config), "line"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._said = ""

    def type(self, text: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(text.encode() + b"\n")
        self.process.stdin.flush()

    def wait(self, text: str) -> None:
        assert self.process.stdout is not None
        until_s = time.monotonic() + PATIENCE_S
        while text not in self._said:
            assert select.select([self.process.stdout], [], [], max(0, until_s - time.monotonic()))[0], self._said
            self._said += os.read(self.process.stdout.fileno(), 65_536).decode()
        self._said = self._said.partition(text)[2]

    def logged(self) -> list[tuple[object, object, object]]:
        with looking(self.device.config.parent / "device") as reader:
            return [(row["reader"], row["fault"], row["text"]) for row in history(reader)]

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()
        for gun in self.guns.values():
            gun.unplug()


@pytest.fixture
def at_work(tmp_path: Path) -> Iterator[AtWork]:
    at_work = AtWork(tmp_path)
    yield at_work
    at_work.close()


def test_two_scanners_and_a_keyboard_at_one_session(at_work: AtWork) -> None:
    first, second = at_work.guns.values()
    at_work.wait(PROMPT)
    for line in ("B-1001", PIN, "1"):
        at_work.type(line)
        at_work.wait(PROMPT)
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
    at_work.process.kill()
    at_work.process.wait()
    assert at_work.logged()[3:10] == [
        ("GUN-1", "", "A-01-01"),
        ("GUN-2", "", GTIN),
        ("", "", "2"),
        ("GUN-1", "", "A-01-05"),
        ("GUN-2", "", "A-01-01"),
        ("GUN-2", "cut", ""),
        ("", "", ".k"),
    ]
