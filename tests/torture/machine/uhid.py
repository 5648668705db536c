"""Scanners that the kernel is told of by a process (uhid): many at once, on no bus, each with a serial of its own."""

import contextlib
import os
import struct
from collections.abc import Callable, Iterable

from tests.devices.hid import pos
from tests.torture.machine.guns import KEYBOARD_DESCRIPTOR, REPORTS

CREATE, INPUT, DESTROY = 11, 12, 1
BUS_BLUETOOTH = 5
DESCRIPTOR_BYTES, DATA_BYTES = 4096, 4096
VENDOR, PRODUCT = "05e0", "1701"
_DESCRIPTORS = {"hid_keyboard": KEYBOARD_DESCRIPTOR, "hid_pos": pos.DESCRIPTOR}
_CREATE = struct.Struct(f"=I128s64s64sHHIIII{DESCRIPTOR_BYTES}s")
_INPUT = struct.Struct(f"=IH{DATA_BYTES}s")


class UhidGun:
    """``kind`` is that of the reader that reads it; it is there until it is closed."""

    def __init__(self, kind: str, serial: str) -> None:
        self.kind, self.serial = kind, serial
        self._fd = os.open("/dev/uhid", os.O_RDWR | os.O_NONBLOCK)
        told = _DESCRIPTORS[kind]
        head = (b"Gun " + serial.encode(), b"", serial.encode(), len(told), BUS_BLUETOOTH)
        os.write(self._fd, _CREATE.pack(CREATE, *head, int(VENDOR, 16), int(PRODUCT, 16), 1, 0, told))

    def send(self, codes: Iterable[str], between: Callable[[], None] = lambda: None) -> None:
        for code in codes:
            for report in REPORTS[self.kind](code):
                os.write(self._fd, _INPUT.pack(INPUT, len(report), report))
                between()
            self._heard()

    def _heard(self) -> None:
        """Forget what the kernel says: that it was opened, and its lights."""
        with contextlib.suppress(BlockingIOError):
            while True:
                os.read(self._fd, _CREATE.size)

    def close(self) -> None:
        os.write(self._fd, struct.pack("=I", DESTROY))
        os.close(self._fd)
