"""The seeker of a reader whose device is plugged in: which it is to read; and what wakes a reader that waits."""

import contextlib
import errno
import os
import threading

from devices.finding.device import KERNEL, Alike, DeviceClass, Found, Roots, Wanted, find, plugged
from scanner_app.domain.capture.reader_state import ReaderWhy

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
    """Which device a reader is to read."""

    def __init__(self, kind: DeviceClass, wanted: Wanted, roots: Roots = KERNEL) -> None:
        self._kind = kind
        self._wanted = wanted
        self._roots = roots

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
