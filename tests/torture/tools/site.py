"""A small site as it really runs: a central service in a process of its own, and devices with somebody signed in."""

import json
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from scanner_app.config import Sync
from scanner_app.store.file import open_reader
from scanner_app.store.identity import Enrolment
from scanner_app.store.store import open_store
from sync.central.database.store import init_store
from sync.central.database.store import open_store as open_central
from sync.central.imports.run import import_folder
from sync.central.sites.administration import invite
from sync.device.client import enrol
from sync.protocol import EnrolRequest
from tests.central.warehouse import SITE, write_sheets
from tests.forks import run_scanner
from tests.torture.tools.workers import LineWorker, ScreenWorker, Worker

PATIENCE_S = 60.0
DEVICES = ("one", "two")
BADGE, PIN = "B-w1", "135790"
PLACES = tuple(f"P-{number:02}" for number in range(1, 13))
ITEMS = {"one": ("111", "P-01", "P-02"), "two": ("222", "P-03", "P-04")}
"""For each device the barcode it moves, and between which places."""

_SHEETS = {
    "locations": "location,zone,walk_order,profile,state\n"
    + "".join(f"{place},pick,{number},BIN,open\n" for number, place in enumerate(PLACES, 1)),
    "items": "item,name,base_unit,tracking\nNUT,Nut,EA,none\nBOLT,Bolt,EA,none\n",
    "units": "",
    "barcodes": "code,item,unit\n111,NUT,EA\n222,BOLT,EA\n",
    "plates": "",
    "lots": "",
    "operators": f"operator,name,badge,pin,roles\nw1,Worker 1,{BADGE},{PIN},worker\n",
    "stock": "place,item,lot,serial,owner,status,quantity\n"
    "P-01,NUT,,,OWN,AVAILABLE,90000\nP-03,BOLT,,,OWN,AVAILABLE,90000\n",
}


class Device:
    """A folder with a configuration and a cache; programs are started on it from outside, as a worker starts them.

    ``told`` keeps what they say on standard error.
    """

    def __init__(self, folder: Path, name: str, told: Path | None = None) -> None:
        self.name = name
        self.told = told or folder.parent / f"{name}.told"
        self.folder = folder
        self.config = folder / "config.toml"
        self.data = folder / "data"
        self.workers: list[Worker] = []

    def configure(self, url: str, **more: str) -> None:
        """Write the configuration; ``more`` are whole tables by their names."""
        folders = f'[guard]\nidle_lock_s = 0\n[device]\nname = "{self.name}"\ndata_dir = "{self.data}"\nbell = false\n'
        link = f'[sync]\nurl = "{url}"\ninterval_s = 1\nretry_delay_s_min = 0.05\nretry_delay_s_max = 0.2\n'
        tables = "".join(f"[{table}]\n{text}\n" for table, text in more.items())
        self.config.write_text(folders + link + "connect_timeout_s = 1\n" + tables)

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "scanner_app", "--config", str(self.config), *arguments]

    def scanner(self, *arguments: str, given: str | None = None) -> "subprocess.CompletedProcess[str]":
        return run_scanner(["--config", str(self.config), *arguments], given, timeout_s=PATIENCE_S)

    def line(self, environment: Mapping[str, str] | None = None) -> LineWorker:
        worker = LineWorker(self.command("line"), self.told, environment)
        self.workers.append(worker)
        return worker

    def screen(self) -> ScreenWorker:
        worker = ScreenWorker(self.command("run")[2:])
        self.workers.append(worker)
        return worker

    def close(self) -> None:
        """Leave no program running, whatever happened."""
        for worker in self.workers:
            worker.kill()

    def look(self, query: str) -> list[tuple[Any, ...]]:
        """Ask the cache from beside it."""
        with closing(open_reader(self.data)) as reader:
            return reader.execute(query).fetchall()

    def entered(self) -> list[bytes | str]:
        """Every entry since the template was made: its raw bytes, or the name of its key or fault."""
        rows = self.look(f"SELECT raw, key, fault FROM entry WHERE entry > {self.made} ORDER BY entry")
        return [key or fault or raw for raw, key, fault in rows]

    def count(self) -> int:
        return int(self.look("SELECT count(*) FROM entry")[0][0]) - self.made

    @property
    def made(self) -> int:
        """How many entries the template already had."""
        return int((self.folder / "made").read_text())

    def events(self) -> list[str]:
        """Ids of what was posted here, oldest first."""
        return [row[0] for row in self.look("SELECT id FROM event ORDER BY number")]

    def drain(self) -> None:
        """Send everything; the centre must be up."""
        deadline = time.monotonic() + PATIENCE_S
        while (done := self.scanner("sync", "--once")).returncode or "waiting 0" not in done.stdout:
            assert time.monotonic() < deadline, done.stdout + done.stderr


class Site:
    """A folder with a central store and devices; ``serve`` starts the service, on a port that stays the same."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "central.db"
        self.port = free_port()
        self.service: subprocess.Popen[bytes] | None = None
        self.devices = {name: Device(folder / name, name) for name in DEVICES if (folder / name).exists()}
        for device in self.devices.values():
            device.configure(self.url)
        config = f'[device]\ndata_dir = "{folder}"\n[central]\ndatabase = "sqlite:///{self.database}"\n'
        (folder / "central.toml").write_text(config)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "scanner_app", "--config", str(self.folder / "central.toml"), *arguments]

    def start_service(self) -> "subprocess.Popen[bytes]":
        """Start it and do not wait."""
        command = self.command("central", "serve", "--port", str(self.port))
        self.service = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        return self.service

    def serve(self) -> None:
        """Start it and wait until it takes connections."""
        service = self.start_service()
        deadline = time.monotonic() + PATIENCE_S
        while service.poll() is None and time.monotonic() < deadline:
            with closing(socket.socket()) as trying:
                if trying.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.01)
        raise AssertionError(f"the centre did not start: {service.poll()}")

    def stop_service(self) -> None:
        if self.service is not None:
            self.service.kill()
            self.service.wait()
        self.service = None

    def exported(self, what: str) -> list[dict[str, Any]]:
        done = self._scanner("central", "export", what, "--format", "jsonl")
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    def verified(self) -> str:
        return self._scanner("central", "verify").stdout

    def _scanner(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return run_scanner(self.command(*arguments)[3:], timeout_s=PATIENCE_S)

    def invite(self) -> str:
        store = open_central(str(self.database))
        code = invite(store, SITE, time.time_ns() // 1000)
        store.close()
        return code

    def close(self) -> None:
        for device in self.devices.values():
            device.close()
        self.stop_service()


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        return int(server.getsockname()[1])


def make_template(folder: Path) -> None:
    """Import the warehouse, enrol the devices, pull, and sign worker w1 in on each of them: they stand at the menu."""
    folder.mkdir(parents=True)
    store = init_store(str(folder / "central.db"))
    import_folder(store, write_sheets(folder / "sheets", **_SHEETS), time.time_ns() // 1000)
    store.close()
    for name in DEVICES:
        (folder / name).mkdir()
    site = Site(folder)
    site.serve()
    try:
        for device in site.devices.values():
            _prepare(site, device)
    finally:
        site.close()


def _prepare(site: Site, device: Device) -> None:
    answer = enrol(site.url, EnrolRequest(code=site.invite(), name=device.name, program="test"), Sync())
    store = open_store(device.data)
    with store.transaction:
        store.identity.enrol(Enrolment(answer.device, answer.epoch, answer.site, site.url, answer.token))
    store.close()
    device.drain()
    assert device.scanner("line", given=f"{BADGE}\n{PIN}\n").returncode == 0
    (device.folder / "made").write_text("0")
    (device.folder / "made").write_text(str(device.count()))
    with closing(sqlite3.connect(device.data / "cache.db")) as cache:
        cache.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
