"""A made sysfs: USB devices with their interfaces, and what drivers have made of them, as the kernel lays it out."""

import os
import shutil
from pathlib import Path

from devices.finding.device import Roots


class Sysfs:
    """Folders as under ``/sys`` and ``/dev``; a device has an interface, and that a node of some class."""

    def __init__(self, folder: Path) -> None:
        self.roots = Roots(folder / "sys", folder / "dev")
        (self.roots.sys / "bus/usb/devices").mkdir(parents=True)
        self.roots.dev.mkdir()

    def usb(self, port: str, vendor: str, product: str, serial: str = "", title: str = "") -> Path:
        """Plug a device in."""
        folder = self.roots.sys / "devices/pci0000:00/usb1" / port
        texts = {"idVendor": vendor, "idProduct": product, "serial": serial, "product": title}
        _write(folder, {name: text for name, text in texts.items() if text})
        (self.roots.sys / "bus/usb/devices" / port).symlink_to(folder)
        return folder

    def tty(self, usb: Path, name: str, driver: str = "cdc_acm", interface: str = "00", node: str = "") -> Path:
        """A driver makes a serial port of an interface; ``node`` is what opens it. Returns its path under ``/dev``."""
        folder = usb / f"{usb.name}:1.{int(interface, 16)}"
        _write(folder, {"bInterfaceNumber": interface})
        _link(folder / "driver", self.roots.sys / "bus/usb/drivers" / driver)
        return self._listed("tty", name, folder, node)

    def hidraw(self, usb: Path, name: str, interface: str = "00", node: str = "") -> Path:
        folder = usb / f"{usb.name}:1.{int(interface, 16)}"
        _write(folder, {"bInterfaceNumber": interface})
        hid = folder / f"0003:{usb.name}.0001"
        _write(hid, {"uevent": "DRIVER=hid-generic"})
        return self._listed("hidraw", name, hid, node)

    def event(self, listed: str, node: str = "", **texts: str) -> Path:
        """An input device that is on no USB; ``texts`` are its files (``vendor`` and ``product`` stand in ``id``)."""
        folder = self.roots.sys / "devices/virtual/input" / f"input-{listed}"
        for key, text in texts.items():
            _write(folder, {f"id/{key}" if key in ("vendor", "product") else key: text})
        return self._listed("input", listed, folder, node, "input/")

    def unplug(self, usb: Path) -> None:
        """Take the device and all that was made of it away."""
        for link in [*(self.roots.sys / "class").glob("*/*"), *(self.roots.sys / "bus/usb/devices").iterdir()]:
            device = link / "device" if (link / "device").exists() else link
            if os.path.realpath(device).startswith(str(usb)):
                (self.roots.dev / link.name).unlink(missing_ok=True)
                _removed(link)
        shutil.rmtree(usb)

    def _listed(self, kind: str, name: str, folder: Path, node: str, under: str = "") -> Path:
        listed = self.roots.sys / "class" / kind / name
        listed.mkdir(parents=True)
        (listed / "device").symlink_to(folder)
        path = self.roots.dev / under / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if node:
            path.symlink_to(node)
        else:
            path.touch()
        return path


def _write(folder: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text + "\n", encoding="utf-8")


def _link(link: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    link.symlink_to(folder)


def _removed(link: Path) -> None:
    if link.is_symlink():
        link.unlink()
        return
    (link / "device").unlink()
    link.rmdir()
