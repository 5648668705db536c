"""Finding a device by what it is (sysfs): vendor, product, serial and interface, whatever number it has today."""

import os
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from devices.finding.nodes import reports_codes, types_codes

NODE_PARENTS_MAX = 12
TEXT_BYTES_MAX = 4096
MODEM_DRIVERS = frozenset({"option", "sierra", "qcserial", "hso", "ipw"})


class DeviceClass(StrEnum):
    """Where the kernel lists devices of a kind; the values are folders of ``/sys/class``."""

    TTY = "tty"
    HIDRAW = "hidraw"
    INPUT = "input"


class Roots(Struct, frozen=True):
    """Where the kernel shows devices."""

    sys: Path = Path("/sys")
    dev: Path = Path("/dev")


KERNEL = Roots()


class Wanted(Struct, frozen=True):
    """Which device is meant; what is empty does not matter. Numbers are hexadecimal, in small letters."""

    path: str = ""
    vendor: str = ""
    product: str = ""
    serial: str = ""
    interface: str = ""


class Found(Struct, frozen=True):
    """A device that is there: ``path`` opens it; the rest is what it says of itself, empty where it says nothing."""

    path: str
    vendor: str = ""
    product: str = ""
    serial: str = ""
    interface: str = ""
    driver: str = ""
    title: str = ""

    @property
    def is_modem(self) -> bool:
        """Whether it is a modem by its driver or by its own words: what it says is no code."""
        return self.driver in MODEM_DRIVERS or "modem" in self.title.lower()

    @property
    def told(self) -> str:
        """In words, for whoever looks for it."""
        numbers = f"{self.vendor}:{self.product}" if self.vendor else ""
        serial = f"serial {self.serial}" if self.serial else ""
        return " ".join(filter(None, (self.path, numbers, serial, self.title)))


class Alike(Struct, frozen=True):
    """Several devices are what is wanted: none of them may be taken for it."""

    all: tuple[Found, ...]


def find(kind: DeviceClass, wanted: Wanted, roots: Roots = KERNEL) -> Found | Alike | None:
    """The device that is wanted, of several nodes of one the one for codes; None where it is not there."""
    if wanted.path and wanted == Wanted(wanted.path):
        return described(kind, wanted.path, roots) if Path(wanted.path).exists() else None
    meant = [device for device in listed(kind, roots) if _is_meant(device, wanted)]
    found = [device for device in meant if _scans(kind, device, roots)] if len(meant) > 1 else meant
    if len(found or meant) > 1:
        return Alike(tuple(found or meant))
    return found[0] if found else None


def _scans(kind: DeviceClass, device: Found, roots: Roots) -> bool:
    node = roots.sys / "class" / kind / Path(device.path).name
    brings_codes = {DeviceClass.INPUT: types_codes, DeviceClass.HIDRAW: reports_codes}.get(kind)
    return brings_codes is None or brings_codes(node)


def plugged(wanted: Wanted, roots: Roots = KERNEL) -> bool:
    """Whether a USB device is what is wanted, although no driver may have made anything of it."""
    if not wanted.vendor and not wanted.serial:
        return False
    told = (_of_usb(folder) for folder in sorted((roots.sys / "bus/usb/devices").glob("*")))
    names = (wanted.vendor, wanted.product, wanted.serial)
    return any(all(want in ("", has) for want, has in zip(names, one, strict=False)) for one in told)


def listed(kind: DeviceClass, roots: Roots = KERNEL) -> Iterator[Found]:
    """Every device of a kind that says what it is, by its name."""
    folder = roots.sys / "class" / kind
    prefix = "event" if kind is DeviceClass.INPUT else ""
    try:
        names = sorted(name for name in os.listdir(folder) if name.startswith(prefix))  # noqa: PTH208 - names only
    except OSError:
        return
    for name in names:
        if (folder / name / "device").exists():
            yield _described(folder / name, _node(kind, name, roots))


def described(kind: DeviceClass, path: str, roots: Roots = KERNEL) -> Found:
    """The device behind a path, which may be a link; with nothing but its path where the kernel says no more."""
    real = os.path.realpath(path)
    known = (device for device in listed(kind, roots) if os.path.realpath(device.path) == real)
    return next((replace(device, path=path) for device in known), Found(path))


def _node(kind: DeviceClass, name: str, roots: Roots) -> str:
    return str(roots.dev / "input" / name if kind is DeviceClass.INPUT else roots.dev / name)


def _is_meant(device: Found, wanted: Wanted) -> bool:
    if wanted.path and os.path.realpath(wanted.path) != os.path.realpath(device.path):
        return False
    names = ("vendor", "product", "serial", "interface")
    return all(getattr(wanted, name) in ("", getattr(device, name)) for name in names)


def _described(node: Path, path: str) -> Found:
    start = Path(os.path.realpath(node / "device"))
    parents = [start, *start.parents][:NODE_PARENTS_MAX]
    usb = next((folder for folder in parents if (folder / "idVendor").exists()), None)
    interface = next((folder for folder in parents if (folder / "bInterfaceNumber").exists()), None)
    driver = next((folder / "driver" for folder in (start, *parents[:2]) if (folder / "driver").exists()), None)
    vendor, product, serial, title = _of_usb(usb) if usb else _of_itself(start)
    return Found(
        path,
        vendor,
        product,
        serial,
        _text(interface / "bInterfaceNumber") if interface else "",
        Path(os.path.realpath(driver)).name if driver else "",
        title,
    )


def _of_usb(folder: Path) -> tuple[str, str, str, str]:
    vendor, product, serial, title = (_text(folder / name) for name in ("idVendor", "idProduct", "serial", "product"))
    return vendor, product, serial, title


def _of_itself(folder: Path) -> tuple[str, str, str, str]:
    """A device that is on no USB: what the kernel's HID or input layer was told of it (Bluetooth, uhid)."""
    if (folder / "id").is_dir():
        texts = (_text(folder / name) for name in ("id/vendor", "id/product", "uniq", "name"))
        vendor, product, serial, title = texts
        return vendor, product, serial, title
    told = dict(line.split("=", 1) for line in _text(folder / "uevent").splitlines() if "=" in line)
    numbers = told.get("HID_ID", "").lower().split(":")
    vendor, product = (number[-4:] for number in numbers[1:3]) if len(numbers) == 3 else ("", "")
    return vendor, product, told.get("HID_UNIQ", ""), told.get("HID_NAME", "")


def _text(path: Path) -> str:
    """What a file of the kernel says; empty where the device has just gone, or says nothing readable."""
    try:
        with path.open("rb") as file:
            return file.read(TEXT_BYTES_MAX).decode("utf-8", "replace").strip()
    except OSError:
        return ""
