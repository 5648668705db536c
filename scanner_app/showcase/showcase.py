"""The demo, set up and running: a warehouse from a seed, a centre of its own in another process, an enrolled device.

The centre keeps its data in SQLite, or in a PostgreSQL that is started with the demo and stops with it.

What is there is kept; only what is missing is built. Leaving the block stops the centre, and if this process dies
otherwise, the centre ends by itself when its standard input closes.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

from scanner_app.app import sync_once
from scanner_app.config import Central, Config, Device, Sync
from scanner_app.demo.cases import LOST_DEVICE
from scanner_app.demo.files import write_warehouse
from scanner_app.demo.handout import make_handout
from scanner_app.demo.limits import told
from scanner_app.demo.scale import Scale, parse_scale
from scanner_app.demo.sheet import sheet
from scanner_app.demo.warehouse import make_warehouse
from scanner_app.enrolment import enrol_device, enrolment_of
from scanner_app.errors import CentralError, ScannerError
from scanner_app.folders import xdg_folder
from scanner_app.workflows.engine.commands import barcodes

SITE = "DC1"
SQLITE, POSTGRESQL = "sqlite", "postgresql"
STOP_S_MAX = 15
_SERVING = "Serving on "
_WAITS = f"For a supervisor: counts and a case of each other kind wait, and '{LOST_DEVICE}' is lost; revoke it."


def demo_folder(environ: Mapping[str, str]) -> Path:
    """Where the demo lives when nobody says where."""
    return xdg_folder("XDG_DATA_HOME", ".local/share", environ) / "scanner-demo"


DEVICE = "demo"
"""What the device of the demo is called."""


class Showcase:
    """Use as a context; afterwards nothing that it started is running."""

    def __init__(self, folder: Path, scale: str, tell: Callable[[str], None], engine: str = SQLITE) -> None:
        self._folder = folder.absolute()
        self._scale_text = scale
        self._engine = engine
        self._database = f"sqlite:///{self._folder / 'central.db'}"
        self._servers = ExitStack()
        self._tell = tell
        self._centre: subprocess.Popen[str] | None = None
        self.config_path = self._folder / "config.toml"

    def __enter__(self) -> "Showcase":
        try:
            self._start_database()
            self._build()
            url = self._start_centre()
            self._connect(url)
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    @property
    def _scale(self) -> Scale:
        return parse_scale(self._kept_scale() or self._scale_text)

    def _kept_scale(self) -> str:
        kept = self._folder / "scale.txt"
        return kept.read_text() if kept.exists() else ""

    @property
    def _config(self) -> Config:
        data = str(self._folder / "device")
        return Config(device=Device(name="demo", data_dir=data), central=Central(database=self._database))

    def handout_lines(self) -> list[str]:
        """What to tell a visitor: operators, PINs, codes to scan."""
        handout = make_handout(make_warehouse(self._scale))
        printed = f"All codes as barcodes to print: {self._folder / 'codes.html'}"
        return ["", *handout.lines(), *told(handout), _WAITS, printed, ""]

    def open_screen(self) -> int:
        """Run the scanner screen on this terminal until it is left; returns its exit code."""
        return subprocess.call([*_scanner(), "--config", str(self.config_path), "run"])

    def wait(self) -> None:
        """Wait until the centre ends or somebody interrupts."""
        assert self._centre is not None, "the centre was started on entering"
        try:
            self._centre.wait()
        except KeyboardInterrupt:
            return
        raise CentralError("The demo's central store has ended by itself. Start the demo again.")

    def _start_database(self) -> None:
        """Start the PostgreSQL of the demo, if it is to have one; its data stays in the folder."""
        held = self._folder / POSTGRESQL
        if self._kept_scale() and held.exists() != (self._engine == POSTGRESQL):
            raise ScannerError(f"{self._folder} holds a demo on the other database. Use another --dir.")
        if self._engine == POSTGRESQL:
            from scanner_app.showcase.cluster import Cluster, kept

            self._folder.mkdir(parents=True, exist_ok=True)
            if not self._kept_scale():
                shutil.rmtree(kept(held), ignore_errors=True)
            self._database = self._servers.enter_context(Cluster(kept(held))).url()

    def _build(self) -> None:
        """Write the warehouse and import it, once; a half-built folder is built again."""
        if self._kept_scale():
            if parse_scale(self._scale_text) != self._scale and self._scale_text != "small":
                raise ScannerError(f"{self._folder} holds a demo of scale {self._kept_scale()}. Use another --dir.")
            return
        from scanner_app.showcase.lost_device import add_lost_device, begun_us
        from scanner_app.showcase.places_to_count import add_places_to_count
        from sync.central.database.store import init_store
        from sync.central.imports.run import import_folder

        scale = parse_scale(self._scale_text)
        self._tell(f"Building a demo warehouse in {self._folder} ...")
        self._folder.mkdir(parents=True, exist_ok=True)
        for leftover in ("central.db", "central.db-wal", "central.db-shm"):
            (self._folder / leftover).unlink(missing_ok=True)
        shutil.rmtree(self._folder / "device", ignore_errors=True)
        handout = write_warehouse(self._folder / "warehouse", scale)
        (self._folder / "codes.html").write_text(sheet(handout, barcodes()), encoding="utf-8")
        store = init_store(self._config.central.database)
        now_us = time.time_ns() // 1000
        import_folder(store, self._folder / "warehouse", begun_us(now_us))
        add_lost_device(store, make_warehouse(scale), SITE, now_us)
        add_places_to_count(store, make_warehouse(scale), SITE, now_us)
        store.close()
        (self._folder / "scale.txt").write_text(self._scale_text)

    def _start_centre(self) -> str:
        """Start the central service on any free port and return its address."""
        self._write_config("")
        command = [*_scanner(), "--config", str(self.config_path), "central", "serve", "--port", "0", "--until-eof"]
        self._centre = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        assert self._centre.stdout is not None, "its output was asked for"
        said = self._centre.stdout.readline()
        if not said.startswith(_SERVING):
            raise CentralError("The demo's central store did not start; its message stands above.")
        return said.removeprefix(_SERVING).strip()

    def _connect(self, url: str) -> None:
        """Enrol the device if it is new, and fetch what is new on the site."""
        self._write_config(url)
        config = self._config
        if enrolment_of(Path(config.device.data_dir)) is None:
            enrol_device(config, os.environ, url, self._invitation())
        totals = sync_once(Config(device=config.device, sync=Sync(url=url)), os.environ)
        self._tell(f"Central store at {url}; device has pulled {totals.pulled} rows.")

    def _invitation(self) -> str:
        from sync.central.database.store import open_store
        from sync.central.sites.administration import invite
        from sync.central.sites.enrolling import device_named

        store = open_store(self._config.central.database)
        known = store.read(lambda connection: device_named(connection, SITE, DEVICE))
        code = invite(store, SITE, time.time_ns() // 1000, again=known)
        store.close()
        return code

    def _write_config(self, url: str) -> None:
        lines = [
            "[device]",
            f'name = "{DEVICE}"',
            'data_dir = "device"',
            "[sync]",
            f'url = "{url}"',
            "[central]",
            f'database = "{self._config.central.database}"',
            "log_requests = false",
        ]
        self.config_path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def _stop(self) -> None:
        """Stop the centre, then the server of its database."""
        with self._servers:
            self._stop_centre()

    def _stop_centre(self) -> None:
        if self._centre is None:
            return
        self._centre.terminate()
        try:
            self._centre.wait(STOP_S_MAX)
        except subprocess.TimeoutExpired:
            self._centre.kill()
            self._centre.wait()


def _scanner() -> list[str]:
    return [sys.executable, "-m", "scanner_app"]
