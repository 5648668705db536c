"""Seeking: what readers of devices that are plugged in share. They look, wait to be woken, and say how it is."""

import contextlib
import errno
import os
import threading
from collections.abc import Callable

from devices.finding.finding import KERNEL, Alike, DeviceClass, Found, Roots, Wanted, find, plugged
from scanner_app.domain.capture.reader_state import ReaderTold, ReaderWhy, state_of

WAKES_MAX = 4096
_WHY = {
    errno.EACCES: ReaderWhy.NOT_ALLOWED,
    errno.EPERM: ReaderWhy.NOT_ALLOWED,
    errno.EBUSY: ReaderWhy.IN_USE,
    errno.EAGAIN: ReaderWhy.IN_USE,
    errno.ENOENT: ReaderWhy.GONE,
    errno.ENODEV: ReaderWhy.GONE,
    errno.ENXIO: ReaderWhy.GONE,
    errno.EIO: ReaderWhy.GONE,
}


class NotReadyError(Exception):
    """A device that is not there or cannot be opened, and why."""

    def __init__(self, why: ReaderWhy, detail: str) -> None:
        super().__init__(detail)
        self.why = why


def not_ready(number: int | None, detail: str = "") -> NotReadyError:
    """By an error of the system."""
    if number is None:
        return NotReadyError(ReaderWhy.NO_PORT, detail)
    return NotReadyError(_WHY.get(number, ReaderWhy.NO_PORT), os.strerror(number))


class Seeker:
    """Which device a reader is to read, and what the reader says of itself."""

    def __init__(
        self, name: str, kind: DeviceClass, wanted: Wanted, tell: Callable[[ReaderTold], None], roots: Roots = KERNEL
    ) -> None:
        self._name = name
        self._kind = kind
        self._wanted = wanted
        self._tell = tell
        self._roots = roots
        self._told: ReaderTold | None = None

    def find(self) -> Found:
        """The device that is meant.

        Raises:
            NotReadyError: it is not there, there are two, or it is no scanner.
        """
        device = self._looked()
        if device is None:
            is_plugged = plugged(self._wanted, self._roots)
            raise NotReadyError(ReaderWhy.NO_DRIVER if is_plugged else ReaderWhy.GONE, self._wanted.path)
        if self._kind is DeviceClass.TTY and device.is_modem:
            raise NotReadyError(ReaderWhy.MODEM, device.told)
        return device

    def check_alone(self) -> None:
        """Something came or went while all is well here: where there are two now, neither is believed.

        Raises:
            NotReadyError: there are two.
        """
        self._looked()

    def _looked(self) -> Found | None:
        device = find(self._kind, self._wanted, self._roots)
        if isinstance(device, Alike):
            raise NotReadyError(ReaderWhy.ALIKE, ", ".join(one.told for one in device.all))
        return device

    def tell(self, why: ReaderWhy, detail: str = "") -> None:
        """Say how it is, where that is new."""
        if self._told is None or self._told.why is not why:
            self._told = ReaderTold(self._name, state_of(why), why, detail or (self._told.detail if self._told else ""))
            self._tell(self._told)


class Waker:
    """Wakes a reader from any thread, whether it waits for its device or for bytes (``fd`` is then readable)."""

    def __init__(self) -> None:
        self._woken = threading.Event()
        self.fd, self._waker_fd = os.pipe()
        os.set_blocking(self.fd, False)
        os.set_blocking(self._waker_fd, False)

    def wake(self) -> None:
        self._woken.set()
        with contextlib.suppress(BlockingIOError):
            os.write(self._waker_fd, b"!")

    def wait(self, timeout_s: float) -> None:
        self._woken.wait(timeout_s)

    def forget(self) -> None:
        """Be asleep again: whatever has woken it is looked at now."""
        self._woken.clear()
        with contextlib.suppress(BlockingIOError):
            os.read(self.fd, WAKES_MAX)

    def close(self) -> None:
        os.close(self.fd)
        os.close(self._waker_fd)
