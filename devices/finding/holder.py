"""Who has a device open, as far as this user may see: the first other process that holds its file."""

import os
from pathlib import Path
from typing import NamedTuple

PROCESSES = Path("/proc")


class Holder(NamedTuple):
    """A process, what it is called, and the one that has started it."""

    process: int
    program: str
    parent: int = 0

    def is_of(self, process: int) -> bool:
        """Whether it is a process, or has been started by it to read for it."""
        return bool(process) and process in (self.process, self.parent)


def holder_of(path: str, processes: Path = PROCESSES) -> Holder | None:
    """The process that has the file open; None where there is none, or none that may be looked at."""
    wanted = os.path.realpath(path)
    for folder in processes.glob("[0-9]*"):
        if int(folder.name) != os.getpid() and _holds(folder / "fd", wanted):
            return _told(folder)
    return None


def _holds(files: Path, wanted: str) -> bool:
    try:
        return any(os.path.realpath(file) == wanted for file in files.iterdir())
    except OSError:
        return False


def _told(folder: Path) -> Holder:
    try:
        lines = (folder / "status").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    told = dict(line.partition(":\t")[::2] for line in lines)
    return Holder(int(folder.name), told.get("Name", ""), int(told.get("PPid", "0")))
