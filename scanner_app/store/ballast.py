"""The ballast: a reserve file that takes room, given up when the disk is full so that work in hand can be kept."""

import contextlib
import os
from pathlib import Path

BALLAST_NAME = "ballast"
_MIB = 1024 * 1024
_ROOM_MIN = _MIB // 4


class Ballast:
    """``is_gone`` says that it had to be given up and there has been no room for it since."""

    def __init__(self, folder: Path, size_mb: int) -> None:
        self._path = folder / BALLAST_NAME
        self._size = size_mb * _MIB
        self.is_gone = False

    @property
    def is_kept(self) -> bool:
        return self._path.exists()

    def is_needed(self) -> bool:
        """Say whether there is hardly any room left; SQLite cannot always tell a full disk from a failing one."""
        return _free_bytes(self._path.parent) < _ROOM_MIN

    def release(self) -> bool:
        """Give the room back; say whether there was any."""
        self.is_gone = True
        try:
            self._path.unlink()
        except OSError:
            return False
        return True

    def keep(self) -> None:
        """Take the room when it is there twice over: the ballast must never be what fills the disk."""
        if self._size == 0:
            self._path.unlink(missing_ok=True)
        elif self._path.exists() and self._path.stat().st_size == self._size:
            self.is_gone = False
        elif _free_bytes(self._path.parent) >= 2 * self._size:
            self.is_gone = not self._taken()

    def _taken(self) -> bool:
        made = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        try:
            os.posix_fallocate(made, 0, self._size)
        except OSError:
            with contextlib.suppress(OSError):
                self._path.unlink()
            return False
        finally:
            os.close(made)
        return True


def _free_bytes(folder: Path) -> int:
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize
