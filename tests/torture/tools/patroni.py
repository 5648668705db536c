"""A real cluster: PostgreSQL on three nodes kept by Patroni, which agree in etcd; synchronous and strict.

Everything runs on loopback in one folder. As root it runs as the uid of ``postgres``, which PostgreSQL wants; that uid
must be able to reach the folder, so it lies beside the other temporary files and not below a private one.
"""

import json
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from tests.torture.tools.site import free_port

NODES = ("n1", "n2", "n3")
TTL_S, LOOP_S, RETRY_S = 20, 2, 5
"""How long a leader that is silent stays one, and how often nodes look: the shortest that Patroni takes."""
START_S_MAX = 120.0
_SYSTEM_PATRONI = "/usr/bin/patroni"
"""As root not the one of an environment: its interpreter may be out of another uid's reach."""


def missing() -> str:
    """What this machine lacks for a cluster, in words; empty when it has everything."""
    if not _patroni():
        return "Patroni is not installed here (Debian: patroni; else: pip install 'patroni[etcd3,psycopg3]')"
    if not shutil.which("etcd"):
        return "etcd is not installed here (Debian: etcd-server)"
    if not _binaries():
        return "PostgreSQL's server programs are not installed here (Debian: postgresql)"
    if os.geteuid() == 0 and not _has_user():
        return "PostgreSQL does not run as root, and there is no user postgres here"
    return ""


def _patroni() -> str:
    found = _SYSTEM_PATRONI if os.geteuid() == 0 else shutil.which("patroni")
    return found if found and Path(found).exists() else ""


def _binaries() -> str:
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    here = shutil.which("initdb")
    return str(installed[-1].parent) if installed else str(Path(here).resolve().parent) if here else ""


def _has_user() -> bool:
    try:
        return bool(pwd.getpwnam("postgres"))
    except KeyError:
        return False


class Node:
    """One node: Patroni, and the PostgreSQL that it starts."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.folder = folder / name
        self.api, self.port = free_port(), free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def postmaster(self) -> list[int]:
        """The first process of its PostgreSQL, which is no child of Patroni any more, if there is one."""
        try:
            return [int((self.folder / "postmaster.pid").read_text().split()[0])]
        except (OSError, ValueError, IndexError):
            return []

    def role(self) -> str:
        """What Patroni says of it: ``master``, ``replica``, ``sync_standby`` ...; empty when it does not answer."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.api}/patroni", timeout=2) as answer:
                told = json.load(answer)
        except urllib.error.HTTPError as answer:
            told = json.load(answer)
        except OSError:
            return ""
        if told.get("state") != "running":
            return ""
        return "sync_standby" if told.get("sync_standby") else str(told.get("role", "")).replace("primary", "master")


class PatroniCluster:
    """Start it with ``start``; ``url`` is what a store connects to, whichever node leads."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="patroni-"))
        self._etcd_port, self._peer_port = free_port(), free_port()
        self._etcd: subprocess.Popen[bytes] | None = None
        self.nodes = {name: Node(name, self.folder) for name in NODES}

    @property
    def url(self) -> str:
        hosts = "&".join(f"host=127.0.0.1:{node.port}" for node in self.nodes.values())
        return f"postgresql+psycopg://postgres@/postgres?{hosts}&target_session_attrs=primary&connect_timeout=3"

    def start(self) -> None:
        self.folder.chmod(0o755)
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        peer, client = (f"http://127.0.0.1:{port}" for port in (self._peer_port, self._etcd_port))
        urls = ["--listen-peer-urls", peer, "--listen-client-urls", client, "--advertise-client-urls", client]
        urls += ["--initial-advertise-peer-urls", peer, "--initial-cluster", f"default={peer}"]
        self._etcd = self._run("etcd", ["etcd", "--data-dir", str(self.folder / "etcd"), "--unsafe-no-fsync", *urls])
        for node in self.nodes.values():
            self._configure(node)
            self.start_node(node)
        self.wait(self.is_whole, "a leader with a synchronous standby")

    def start_node(self, node: Node) -> None:
        node.process = self._run(node.name, [_patroni(), str(self.folder / f"{node.name}.json")])

    def leader(self) -> Node | None:
        return next((node for node in self.nodes.values() if node.is_alive and node.role() == "master"), None)

    def is_whole(self) -> bool:
        """One leads, another is its synchronous standby, and all run."""
        roles = [node.role() for node in self.nodes.values() if node.is_alive]
        return len(roles) == len(NODES) and all(roles) and "master" in roles and "sync_standby" in roles

    def kill(self, node: Node) -> None:
        """``kill -9`` of Patroni and of every process of its PostgreSQL at once, as when a machine loses its power."""
        assert node.process is not None, "only a started node can be killed"
        for root in (node.process.pid, *node.postmaster()):
            for pid in _descendants(root):
                _kill(pid)
        node.process.wait()

    def wait(self, condition: Any, what: str, seconds: float = START_S_MAX) -> float:
        begun = time.monotonic()
        while not condition():
            assert time.monotonic() - begun < seconds, f"not within {seconds} s: {what}\n{self._told()}"
            time.sleep(0.2)
        return time.monotonic() - begun

    def _configure(self, node: Node) -> None:
        """Patroni reads YAML, and JSON is YAML."""
        everybody = {"username": "postgres"}
        config = {
            "scope": "scanner",
            "name": node.name,
            "restapi": {"listen": f"127.0.0.1:{node.api}", "connect_address": f"127.0.0.1:{node.api}"},
            "etcd3": {"hosts": f"127.0.0.1:{self._etcd_port}"},
            "bootstrap": {
                "dcs": {
                    "ttl": TTL_S,
                    "loop_wait": LOOP_S,
                    "retry_timeout": RETRY_S,
                    "synchronous_mode": True,
                    "synchronous_mode_strict": True,
                    "postgresql": {"use_pg_rewind": True, "parameters": {"max_connections": 60, "wal_log_hints": "on"}},
                },
                "initdb": [{"encoding": "UTF8"}, {"locale": "C"}, {"auth": "trust"}],
                "pg_hba": [
                    "local all all trust",
                    "host all all 127.0.0.1/32 trust",
                    "host replication all 127.0.0.1/32 trust",
                ],
            },
            "postgresql": {
                "listen": f"127.0.0.1:{node.port}",
                "connect_address": f"127.0.0.1:{node.port}",
                "data_dir": str(node.folder),
                "bin_dir": _binaries(),
                "authentication": {"superuser": everybody, "replication": everybody, "rewind": everybody},
                "parameters": {"unix_socket_directories": str(self.folder)},
            },
        }
        (self.folder / f"{node.name}.json").write_text(json.dumps(config))

    def _run(self, name: str, command: list[str]) -> "subprocess.Popen[bytes]":
        if os.geteuid() == 0:
            command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]
        with (self.folder / f"{name}.log").open("ab") as told:
            return subprocess.Popen(
                command,
                stdout=told,
                stderr=told,
                cwd=self.folder,
                start_new_session=True,
                env=_environment(self.folder),
            )

    def _told(self) -> str:
        """The last words of every process."""
        logs = sorted(self.folder.glob("*.log"))
        return "\n".join(f"{log.name}:\n" + "\n".join(log.read_text().splitlines()[-8:]) for log in logs)

    def close(self) -> None:
        for node in self.nodes.values():
            if node.is_alive:
                self.kill(node)
        if self._etcd is not None:
            self._etcd.kill()
            self._etcd.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of ours that points into a private folder."""
    return {"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "HOME": str(folder), "LC_ALL": "C.UTF-8"}


def _descendants(pid: int) -> list[int]:
    """A process and all below it, the oldest first."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found, todo = [], [pid]
    while todo:
        one = todo.pop(0)
        found.append(one)
        todo += children.get(one, [])
    return found


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
