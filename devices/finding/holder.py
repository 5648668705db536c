"""Who has a device open, as far as this user may see: the first other process that holds its file."""

import os
from pathlib import Path
from typing import NamedTuple

PROCESSES = Path("/proc")


class Holder(NamedTuple):
    process: int
    program: str


def holder_of(path: str, processes: Path = PROCESSES) -> Holder | None:
    """The process that has the file open; None where there is none, or none that may be looked at."""
    wanted = os.path.realpath(path)
    for folder in processes.glob("[0-9]*"):
        if int(folder.name) != os.getpid() and _holds(folder / "fd", wanted):
            return Holder(int(folder.name), _program(folder))
    return None


def _holds(files: Path, wanted: str) -> bool:
    try:
        return any(os.path.realpath(file) == wanted for file in files.iterdir())
    except OSError:
        return False


def _program(folder: Path) -> str:
    try:
        return (folder / "comm").read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
