"""The program at work with scanners: ``scanner line`` as a real process, guns on pseudo-terminals beside its input."""

import os
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import Protocol

from scanner_app.domain.people import Operator
from scanner_app.session.guard import argon2_hash
from scanner_app.store.entries.history import history
from scanner_app.store.file import looking
from tests.devices.gun import Gun
from tests.program.device import Device
from tests.warehouse import PIN, filled

PATIENCE_S = 30.0
PROMPT = " >"


class Plugged(Protocol):
    """A scanner of some way."""

    def plug(self) -> None: ...

    def unplug(self) -> None: ...

    def send(self, data: bytes) -> None: ...


class AtWork:
    """``scanner line`` with some scanners on ptys; ``wait`` reads what it prints until something stands there.

    ``program`` is what the interpreter is given; ``more`` makes scanners of other ways, each with its table.
    """

    program: tuple[str, ...] = ("-m", "scanner_app")

    def __init__(self, folder: Path, guns: int = 2) -> None:
        filled(folder / "device", [Operator("1001", "Worker 1001", "B-1001", argon2_hash(PIN.encode()))]).close()
        self.device = Device(folder)
        ptys = {name: Gun(folder / name) for name in (f"GUN-{n}" for n in range(1, guns + 1))}
        tables = "".join(f'[[reader]]\nname = "{name}"\npath = "{gun.path}"\n' for name, gun in ptys.items())
        others = self.more(folder)
        self.guns: dict[str, Plugged] = {**ptys, **{name: gun for name, (gun, _table) in others.items()}}
        tables += "".join(f'[[reader]]\nname = "{name}"\n{table}\n' for name, (_gun, table) in others.items())
        with self.device.config.open("a") as config:
            config.write(tables)
        self.start()

    def more(self, folder: Path) -> dict[str, tuple[Plugged, str]]:
        return {}

    def start(self) -> None:
        command = [sys.executable, *self.program, "--config", str(self.device.config), "line"]
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

    def sign_in(self) -> None:
        """Sign in and choose to move."""
        self.wait(PROMPT)
        for line in ("B-1001", PIN, "1"):
            self.type(line)
            self.wait(PROMPT)

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()

    def logged(self) -> list[tuple[object, object, object]]:
        with looking(self.device.config.parent / "device") as reader:
            return [(row["reader"], row["fault"], row["text"]) for row in history(reader)]

    def close(self) -> None:
        self.kill()
        for gun in self.guns.values():
            gun.unplug()
