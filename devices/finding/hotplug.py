"""Hot-plug (uevents by netlink): whoever waits for a device is woken by the kernel; a poll stands behind it."""

import os
import select
import socket
import threading
from collections.abc import Callable

NETLINK_KOBJECT_UEVENT = 15
GROUPS = 1 | 2
"""What the kernel tells, and what udev tells when it has set names and rights."""
MESSAGE_BYTES_MAX = 8192
POLL_S = 2.0
"""How long a reader that waits for its device looks again without an event: where there are none, that is all."""
_SUBSYSTEMS = (b"SUBSYSTEM=tty", b"SUBSYSTEM=hidraw", b"SUBSYSTEM=input")


def kernel_events() -> socket.socket | None:
    """A socket on which the kernel tells of devices; None where it does not (a container, another system)."""
    family = getattr(socket, "AF_NETLINK", None)
    if family is None:
        return None
    listener = None
    try:
        listener = socket.socket(family, socket.SOCK_RAW | socket.SOCK_CLOEXEC, NETLINK_KOBJECT_UEVENT)
        listener.bind((0, GROUPS))
    except OSError:
        if listener is not None:
            listener.close()
        return None
    return listener


def is_of_readers(message: bytes) -> bool:
    """Whether an event is of a device that a reader may wait for.

    >>> is_of_readers(b"add@/devices/x/tty/ttyACM0\\0ACTION=add\\0SUBSYSTEM=tty\\0")
    True
    """
    return any(field in _SUBSYSTEMS for field in message.split(b"\0"))


class HotPlug:
    """One thread for all readers; ``subscribe`` before ``start``. It wakes them and says nothing: each looks itself."""

    def __init__(self, listen: Callable[[], socket.socket | None] = kernel_events) -> None:
        self._listener = listen()
        self._wakes: list[Callable[[], None]] = []
        self._stop_fd, self._stopped_fd = os.pipe()
        self._thread = threading.Thread(target=self._run, name="hot-plug", daemon=True)

    @property
    def is_told(self) -> bool:
        """Whether the kernel tells of devices here."""
        return self._listener is not None

    def subscribe(self, wake: Callable[[], None]) -> None:
        self._wakes.append(wake)

    def start(self) -> None:
        if self._listener is not None:
            self._thread.start()

    def stop(self) -> None:
        os.write(self._stopped_fd, b"!")
        if self._thread.is_alive():
            self._thread.join()
        if self._listener is not None:
            self._listener.close()
        os.close(self._stop_fd)
        os.close(self._stopped_fd)

    def _run(self) -> None:
        listener = self._listener
        assert listener is not None
        poll = select.poll()
        poll.register(listener, select.POLLIN)
        poll.register(self._stop_fd, select.POLLIN)
        while not any(fd == self._stop_fd for fd, _event in poll.poll()):
            if self._heard(listener):
                for wake in self._wakes:
                    wake()

    def _heard(self, listener: socket.socket) -> bool:
        """Read one event. Where the kernel has dropped some (ENOBUFS) anything may have come.

        Whoever sends it: it only has readers look again.
        """
        try:
            return is_of_readers(listener.recv(MESSAGE_BYTES_MAX))
        except OSError:
            return True
