"""The product as it is installed: its console script, its configuration, an embedded centre in a process of its own."""

import compileall
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks.result import BenchmarkError

NOBODY = "http://127.0.0.1:9"
"""An address where no centre answers."""
EMBEDDED = "sqlite:///central.db"
STOP_S_MAX = 15
RATE_MAX = 10_000
"""Requests a second of one device: what a fleet may do is to be seen with a few of them."""
_SERVING = "Serving on "
_PACKAGES = ("scanner_app", "screens", "sync", "devices", "benchmarks")


def compile_all(root: Path) -> None:
    """Compile our own modules, as an installer does: a source tree may have been told to keep no bytecode."""
    for package in _PACKAGES:
        compileall.compile_dir(root / package, quiet=1)


def scanner(config: Path, *words: str) -> list[str]:
    """The command line of the console script beside this interpreter."""
    script = Path(sys.executable).with_name("scanner")
    start = [str(script)] if script.exists() else [sys.executable, "-m", "scanner_app"]
    return [*start, "--config", str(config), *words]


def bare(*words: str) -> list[str]:
    """The command line of the floor's application."""
    return [sys.executable, str(Path(__file__).parents[1] / "floors" / "bare.py"), *words]


def write_config(
    folder: Path, centre: str = NOBODY, *sync: str, database: str = EMBEDDED, rate: float = RATE_MAX
) -> Path:
    """Write the configuration of a device in ``folder``, its data below it, that never locks, with ``sync`` lines."""
    path = folder / "config.toml"
    lines = [
        "[device]", 'name = "bench"', 'data_dir = "device"', "[guard]", "idle_lock_s = 0",
        "[sync]", f'url = "{centre}"', *sync,
        "[central]", f'database = "{database}"', "log_requests = false", f"device_requests_per_s_max = {rate}",
    ]  # fmt: skip
    path.write_text("\n".join(lines) + "\n")
    return path


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve ``central.db`` of ``folder``; give the address."""
    with served(folder) as centre:
        yield centre.url


class Served(NamedTuple):
    """A centre at work: its address, and its first process."""

    url: str
    pid: int


@contextmanager
def served(folder: Path, database: str = EMBEDDED, rate: float = RATE_MAX) -> Iterator[Served]:
    """Serve ``database`` with the configuration of ``folder``; a device may make ``rate`` requests a second."""
    config = write_config(folder, database=database, rate=rate)
    command = scanner(config, "central", "serve", "--port", "0", "--until-eof")
    centre = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert centre.stdout is not None, "its output was asked for"
    try:
        said = centre.stdout.readline()
        if not said.startswith(_SERVING):
            raise BenchmarkError(f"The centre did not start: {said!r}")
        yield Served(said.removeprefix(_SERVING).strip(), centre.pid)
    finally:
        centre.terminate()
        try:
            centre.wait(STOP_S_MAX)
        except subprocess.TimeoutExpired:
            centre.kill()
            centre.wait()
