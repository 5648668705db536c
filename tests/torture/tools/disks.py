"""Disks made for trials: one whose power can be cut, one that is small. Both need root, and are gone afterwards."""

import fcntl
import os
import shutil
import struct
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

_SHUTDOWN = 0x8004587D
_NO_LOG_FLUSH = 2
_UNMOUNT_S_MAX = 20.0


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)


class _Mounted:
    """A mount point that is unmounted at the end of the block, whatever happened in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._is_mounted = False

    def __enter__(self) -> Self:
        if os.geteuid() != 0:
            pytest.skip("only root may mount file systems")
        self.folder.mkdir()
        try:
            self.prepare()
            self.mount()
        except (OSError, subprocess.CalledProcessError) as error:
            pytest.skip(f"no file system can be mounted here: {getattr(error, 'stderr', '') or error}")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._is_mounted:
            self.unmount()

    def prepare(self) -> None:
        """Nothing is needed before a mount."""

    def mount(self) -> None:
        _run(*self.mount_command())
        self._is_mounted = True

    def mount_command(self) -> list[str]:
        raise NotImplementedError

    def unmount(self) -> None:
        """Wait a little for whoever still has a file open there; then take it away all the same."""
        deadline = time.monotonic() + _UNMOUNT_S_MAX
        while subprocess.run(["umount", str(self.folder)], check=False, capture_output=True, timeout=60).returncode:
            if time.monotonic() > deadline:
                _run("umount", "--lazy", str(self.folder))
                break
            time.sleep(0.05)
        self._is_mounted = False


class PowerDisk(_Mounted):
    """An ext4 file system in a file, on a loop device; ``cut`` is what a battery does, ``restore`` the next morning.

    There is room for a write-ahead log that is never moved: a worker who rests at no time, through sixty cuts.
    """

    def __init__(self, folder: Path, image: Path, size_mb: int = 256) -> None:
        super().__init__(folder)
        self._image = image
        self._size_mb = size_mb

    def prepare(self) -> None:
        if shutil.which("mkfs.ext4") is None:
            pytest.skip("mkfs.ext4 is not installed")
        with self._image.open("wb") as image:
            image.truncate(self._size_mb * 1024 * 1024)
        _run("mkfs.ext4", "-q", str(self._image))

    def mount_command(self) -> list[str]:
        return ["mount", "-o", "loop", str(self._image), str(self.folder)]

    def cut(self) -> None:
        """From now on nothing reaches the disk, not even what its journal holds in memory."""
        place = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.ioctl(place, _SHUTDOWN, struct.pack("I", _NO_LOG_FLUSH))
        finally:
            os.close(place)

    def restore(self) -> None:
        """Mount it again once nothing of before is left: two loop devices on one image do not know of each other."""
        self.unmount()
        deadline = time.monotonic() + _UNMOUNT_S_MAX
        while attached := self._loop_devices():
            assert time.monotonic() < deadline, f"somebody still holds what was mounted before the cut: {attached}"
            time.sleep(0.05)
        self.mount()

    def _loop_devices(self) -> str:
        """The loop devices on the image, a line each, as ``losetup`` tells them."""
        command = ["losetup", "--associated", str(self._image)]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout.strip()

    def check(self) -> None:
        """Look the file system over; for when it is not mounted."""
        _run("e2fsck", "-f", "-n", str(self._image))


class SmallDisk(_Mounted):
    """A tmpfs of a few megabytes."""

    def __init__(self, folder: Path, size_kb: int) -> None:
        super().__init__(folder)
        self._size_kb = size_kb

    def mount_command(self) -> list[str]:
        return ["mount", "-t", "tmpfs", "-o", f"size={self._size_kb}k", "none", str(self.folder)]

    def fill(self) -> Path:
        """Write a file until there is no room for another byte."""
        filler = self.folder / "filler"
        with filler.open("wb", buffering=0) as file:
            for size in (65536, 4096, 1):
                self._pour(file.fileno(), size)
        return filler

    def _pour(self, file: int, size: int) -> None:
        try:
            while True:
                os.write(file, b"x" * size)
        except OSError:
            return
