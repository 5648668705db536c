"""The room of a training: a folder of its own that is gone afterwards, also when the program was killed in it."""

import fcntl
import os
import shutil
import tempfile
import time
from pathlib import Path
from types import TracebackType

PREFIX = "scanner-training-"
_LOCK = "lock"
_UNLOCKED_S_MAX = 60
"""A room that has no lock yet may be one that is just being opened."""


class Room:
    """Use as a context; gives the folder. Rooms that others left behind are cleared away first."""

    def __init__(self) -> None:
        self._folder = Path()
        self._lock = -1

    def __enter__(self) -> Path:
        clear_rooms()
        self._folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        self._lock = _locked(self._folder)
        return self._folder

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        os.close(self._lock)


def clear_rooms() -> None:
    """Remove the rooms of this user in which nobody is."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if folder.is_dir() and not folder.is_symlink() and folder.stat().st_uid == os.getuid() and _is_left(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _is_left(folder: Path) -> bool:
    if not (folder / _LOCK).exists():
        return time.time() - folder.stat().st_mtime > _UNLOCKED_S_MAX
    try:
        os.close(_locked(folder))
    except OSError:
        return False
    return True


def _locked(folder: Path) -> int:
    lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        raise
    return lock
