"""Guns: USB devices that the kernel makes of a description, and plugs into a bus of its own."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from devices.finding.device import DeviceClass, listed
from scanner_app.domain.capture.layouts import US
from tests.devices.hid import keyboard, pos

CLASSES = {"hid_keyboard": DeviceClass.INPUT, "hid_pos": DeviceClass.HIDRAW, "serial": DeviceClass.TTY}
GADGETS = Path("/sys/kernel/config/usb_gadget")
VENDOR = "0c2e"
KEYBOARD_DESCRIPTOR = bytes.fromhex(
    "05010906a101050719e029e71500250175019508810295017508810395057501050819012905910295017503910395067508150026ff00"
    "0507190029ff8100c0"
)
PATIENCE_S = 30
FEEDER = Path(__file__).with_name("feeder.py")
_MODIFIERS = {29: 0x01, 42: 0x02, 56: 0x04, 97: 0x10, 54: 0x20, 100: 0x40}
_LETTERS = "30 48 46 32 18 33 34 35 23 36 37 38 50 49 24 25 16 19 31 20 22 47 17 45 21 44"
_OTHERS = "2 3 4 5 6 7 8 9 10 11 28 1 14 15 57 12 13 26 27 43 43 39 40 41 51 52 53 58"
_KEYPAD = "98 55 74 78 96 79 80 81 75 76 77 71 72 73 82 83 86"
_USAGES = {int(code): 0x04 + place for place, code in enumerate(f"{_LETTERS} {_OTHERS}".split())}
_USAGES |= {int(code): 0x54 + place for place, code in enumerate(_KEYPAD.split())} | {43: 0x31}


MADE: list["Gun"] = []
"""Every gun that was made and not removed."""


class Gun:
    """One gadget. ``kind`` is that of the reader that reads it."""

    def __init__(self, kind: str, serial: str, product: str = "0b6a") -> None:
        self.kind, self.serial, self.product = kind, serial, product
        self._folder = GADGETS / f"gun-{serial}-{kind}-{os.urandom(2).hex()}"
        self._function = self._folder / "functions" / _FUNCTIONS[kind]
        self._made()
        MADE.append(self)

    def plug(self) -> None:
        """Plug it into a socket that is free, and wait for what it sends by."""
        taken = {(gun / "UDC").read_text().strip() for gun in GADGETS.iterdir()}
        free = next(name for name in sorted(os.listdir("/sys/class/udc")) if name not in taken)  # noqa: PTH208
        before = self._seen()
        (self._folder / "UDC").write_text(free + "\n")
        until(lambda: self._seen() > before and Path(self.path).exists())

    def unplug(self) -> None:
        """Pull it out, and wait until nothing of it is left."""
        before = _plugged()
        (self._folder / "UDC").write_text("\n")
        until(lambda: _plugged() < before)

    def remove(self) -> None:
        """Unplug it for good: the kernel has room for four at once that are no serial line."""
        if self.is_plugged:
            self.unplug()
        (self._folder / "configs/c.1" / self._function.name).unlink()
        for name in (
            "configs/c.1/strings/0x409",
            "configs/c.1",
            f"functions/{self._function.name}",
            "strings/0x409",
            "",
        ):
            (self._folder / name).rmdir()

    @property
    def is_plugged(self) -> bool:
        return bool((self._folder / "UDC").read_text().strip())

    @property
    def path(self) -> str:
        """The end at which the gun sends."""
        if self.kind == "serial":
            return f"/dev/ttyGS{(self._function / 'port_num').read_text().strip()}"
        return f"/dev/hidg{(self._function / 'dev').read_text().strip().partition(':')[2]}"

    def feeding(self, reports: Iterable[bytes], pause_ms: float = 0) -> "Feeding":
        """Send on, in a process of its own."""
        return Feeding(self.path, reports, pause_ms)

    def send(self, codes: Iterable[str], pause_ms: float = 0) -> None:
        """Send codes, and wait until the last of it is out."""
        with self.feeding(self.reports(codes), pause_ms) as feeding:
            assert feeding.ended() == 0

    def reports(self, codes: Iterable[str]) -> list[bytes]:
        """All that this kind sends for codes."""
        return [report for code in codes for report in REPORTS[self.kind](code)]

    def _made(self) -> None:
        texts = {
            "idVendor": f"0x{VENDOR}", "idProduct": f"0x{self.product}", "strings/0x409/product": "Gun",
            "strings/0x409/manufacturer": "Maker", "configs/c.1/strings/0x409/configuration": "scans",
        }  # fmt: skip
        if self.serial:
            texts["strings/0x409/serialnumber"] = self.serial
        for folder in (self._folder, self._folder / "strings/0x409", self._folder / "configs/c.1/strings/0x409"):
            folder.mkdir(parents=True)
        self._function.mkdir()
        for name, text in texts.items():
            (self._folder / name).write_text(text + "\n")
        for name, value in _SETTINGS[self.kind].items():
            (self._function / name).write_bytes(value)
        (self._folder / "configs/c.1" / self._function.name).symlink_to(self._function)

    def _seen(self) -> int:
        """How many devices of its kind its host has."""
        return sum(device.vendor == VENDOR for device in listed(CLASSES[self.kind]))


def _plugged() -> int:
    """How many guns the bus has."""
    count = 0
    for vendor in Path("/sys/bus/usb/devices").glob("*/idVendor"):
        with contextlib.suppress(OSError):  # it has just gone
            count += vendor.read_text().strip() == VENDOR
    return count


class Feeding:
    """A feeder at work; at the end of its block it is ended."""

    def __init__(self, path: str, reports: Iterable[bytes], pause_ms: float) -> None:
        command = [sys.executable, "-I", "-S", str(FEEDER), path, str(int(pause_ms * 1000))]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE)
        assert self._process.stdin is not None
        self._process.stdin.write("\n".join(report.hex() for report in reports).encode())
        self._process.stdin.close()

    def __enter__(self) -> "Feeding":
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.kill()
        self._process.wait()

    def ended(self) -> int:
        """Wait until all is sent; 1 where the gun was unplugged before."""
        return self._process.wait(10 * PATIENCE_S)


def until(is_so: Callable[[], object], patience_s: float = PATIENCE_S) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + patience_s
    while not is_so():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def _typed(code: str) -> Iterable[bytes]:
    for *modifiers, key in (*keyboard.strokes_of(US, code), (28,)):
        yield bytes((sum(_MODIFIERS[one] for one in modifiers), 0, _USAGES[key], 0, 0, 0, 0, 0))
        yield bytes(8)


_FUNCTIONS = {"hid_keyboard": "hid.usb0", "hid_pos": "hid.usb0", "serial": "acm.usb0"}
_SETTINGS: dict[str, dict[str, bytes]] = {
    "hid_keyboard": {"protocol": b"1", "subclass": b"1", "report_length": b"8", "report_desc": KEYBOARD_DESCRIPTOR},
    "hid_pos": {"protocol": b"0", "subclass": b"0", "report_length": b"64", "report_desc": pos.DESCRIPTOR},
    "serial": {},
}
REPORTS: dict[str, Callable[[str], Iterable[bytes]]] = {
    "hid_keyboard": _typed,
    "hid_pos": lambda code: pos.reports(code.encode(), b""),
    "serial": lambda code: [code.encode() + b"\r"],
}
