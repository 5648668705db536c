"""The program in the guest: ``scanner line`` on a small site, its readers configured, its log read from its file."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from scanner_app.domain.capture.entry import Fault
from scanner_app.domain.people import Operator
from scanner_app.reader_settings import ReaderSettings
from scanner_app.session.guard import argon2_hash
from scanner_app.store.file import CACHE_NAME
from tests.menu import LOOK_UP
from tests.torture.machine.bench import LAST, REST_S, SLOW_MS, Told
from tests.torture.machine.guns import Gun, until
from tests.warehouse import PIN, filled

START_S = 180
PROBE = "PROBE"


class Product:
    """Signed in, at the look-up, where no code of ours is known: whatever comes is in the log as it came."""

    def __init__(self, folder: Path, *tables: ReaderSettings) -> None:
        self._folder = folder
        folder.mkdir()
        filled(folder / "device", [Operator("1001", "Worker 1001", "B-1001", argon2_hash(PIN.encode()))]).close()
        (folder / "config.toml").write_text(_config(folder / "device", tables))
        self._start()

    def __enter__(self) -> "Product":
        return self

    def __exit__(self, *_error: object) -> None:
        self.kill()

    def _start(self) -> None:
        command = [sys.executable, "-m", "scanner_app", "--config", str(self._folder / "config.toml"), "line"]
        with (self._folder / "said").open("ab") as said:
            self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=said, stderr=said)

    def sign_in(self) -> None:
        self.type("B-1001", PIN, LOOK_UP)
        until(lambda: "part of a name" in self.said(), START_S)

    def type(self, *lines: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("".join(f"{line}\n" for line in lines).encode())
        self.process.stdin.flush()

    def kill(self) -> None:
        """kill -9: what it has not written is gone, and what it had open is free."""
        self.process.kill()
        self.process.wait()

    def start_anew(self) -> None:
        self.kill()
        self._start()

    def pause(self) -> None:
        os.kill(self.process.pid, signal.SIGSTOP)

    def go_on(self) -> None:
        os.kill(self.process.pid, signal.SIGCONT)

    def said(self) -> str:
        return (self._folder / "said").read_text(encoding="utf-8", errors="replace")

    def rows(self, name: str) -> list[Told]:
        """What its log has of a reader, but for probes and what was told while there was nothing else."""
        logged = self._logged(name)
        while PROBE.encode() in logged:
            logged = logged[logged.index(PROBE.encode()) + 1 :]
        return logged

    def probe(self, name: str, gun: Gun) -> None:
        """Scan until that is the last of it in the log: the reader is at work then."""
        deadline = time.monotonic() + START_S
        while self._logged(name)[-1:] != [PROBE.encode()]:
            assert time.monotonic() < deadline, self.said()[-500:]
            gun.send([PROBE], SLOW_MS)
            time.sleep(1)

    def timed(self, name: str, gun: Gun, code: str) -> float:
        """How long it takes from the last report of a code until it is in the log, in seconds."""
        before = len(self._logged(name))
        *first, last = gun.reports([code])
        device = os.open(gun.path, os.O_WRONLY | os.O_NOCTTY)
        try:
            for report in first:
                os.write(device, report)
                time.sleep(SLOW_MS / 1000)
            started = time.perf_counter()
            os.write(device, last)
        finally:
            os.close(device)
        until(lambda: len(self._logged(name)) > before)
        took = time.perf_counter() - started
        assert self._logged(name)[-1] == code.encode(), self._logged(name)[-3:]
        return took

    def rows_up_to_last(self, name: str, gun: Gun) -> list[Told]:
        """Scan something else until that comes whole, and give back what came before it."""
        deadline = time.monotonic() + START_S
        while self.rows(name)[-1:] != [LAST.encode()]:
            assert time.monotonic() < deadline, (self.rows(name)[-20:], self.said()[-500:])
            time.sleep(REST_S)
            if self.rows(name)[-1:] != [LAST.encode()]:
                gun.send([LAST], SLOW_MS)
        return [one for one in self.rows(name) if one != LAST.encode()]

    def _logged(self, name: str) -> list[Told]:
        cache = sqlite3.connect(f"file:{self._folder / 'device' / CACHE_NAME}?mode=ro", uri=True)
        found = cache.execute("SELECT fault, raw FROM entry WHERE reader = ? ORDER BY entry", (name,)).fetchall()
        cache.close()
        return [Fault(fault) if fault else bytes(raw) for fault, raw in found]


def _config(folder: Path, tables: tuple[ReaderSettings, ...]) -> str:
    readers = (
        f'[[reader]]\nname = "{one.name}"\nkind = "{one.kind}"\nvendor = "{one.vendor}"\nproduct = "{one.product}"\n'
        f'serial = "{one.serial}"\n'
        for one in tables
    )
    return f'[device]\ndata_dir = "{folder}"\n\n' + "\n".join(readers)
