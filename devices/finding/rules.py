"""Rules for udev: who may open a scanner, a link by its serial, and that ModemManager leaves it alone."""

from devices.finding.device import DeviceClass, Found

FILE = "/etc/udev/rules.d/70-scanner.rules"
GROUP = "input"
MAKERS = {
    "0536": "Hand Held Products (Honeywell)",
    "05e0": "Symbol (Zebra)",
    "05f9": "PSC (Datalogic)",
    "065a": "Opticon",
    "0745": "CipherLab",
    "080c": "Datalogic",
    "0c2e": "Metrologic (Honeywell)",
    "1eab": "Newland",
}
"""Makers of scanners, by their vendor numbers."""
_LINKS = {DeviceClass.TTY: "tty", DeviceClass.HIDRAW: "hid", DeviceClass.INPUT: "event"}
_MAY_OPEN = f'MODE="0660", GROUP="{GROUP}"'
_NO_MODEM = 'ENV{ID_MM_DEVICE_IGNORE}="1", ENV{ID_MM_PORT_IGNORE}="1"'


def rule_for(kind: DeviceClass, device: Found) -> str:
    """The line that lets the group open one device: by its numbers, or where it has none by its name."""
    return _line(kind, _match(kind, device))


def _match(kind: DeviceClass, device: Found) -> str:
    if device.vendor and device.interface:
        return f'ATTRS{{idVendor}}=="{device.vendor}", ATTRS{{idProduct}}=="{device.product}"'
    if device.vendor and kind is DeviceClass.INPUT:
        return f'ATTRS{{id/vendor}}=="{device.vendor}", ATTRS{{id/product}}=="{device.product}"'
    if device.vendor:
        return f'KERNELS=="*:{device.vendor.upper()}:{device.product.upper()}.*"'
    return f'KERNEL=="{device.path.rpartition("/")[2]}"'


def rules() -> str:
    """The file for scanners of all makers that are known here."""
    vendors = f'ATTRS{{idVendor}}=="{"|".join(MAKERS)}"'
    lines = (
        f"# Scanners: the group {GROUP} may open them, links by their serials are in /dev/scanner, and ModemManager",
        f"# does not try them. Copy this to {FILE} and put whoever scans into the",
        f"# group (usermod -aG {GROUP} NAME); then: udevadm control --reload; udevadm trigger",
        "# Another maker's number (lsusb) goes into every line.",
        *(f"#   {vendor} {maker}" for vendor, maker in MAKERS.items()),
        'ACTION=="remove", GOTO="scanner_end"',
        *(_line(kind, vendors) for kind in DeviceClass),
        *(_link(kind, vendors) for kind in DeviceClass),
        'LABEL="scanner_end"',
    )
    return "".join(f"{line}\n" for line in lines)


def _line(kind: DeviceClass, match: str) -> str:
    what = f"{_MAY_OPEN}, {_NO_MODEM}" if kind is DeviceClass.TTY else _MAY_OPEN
    return f"{_of(kind)}, {match}, {what}"


def _link(kind: DeviceClass, match: str) -> str:
    """``$attr{serial}`` is that of the device whose vendor is matched."""
    return f'{_of(kind)}, {match}, ATTRS{{serial}}=="?*", SYMLINK+="scanner/{_LINKS[kind]}-$attr{{serial}}"'


def _of(kind: DeviceClass) -> str:
    only = ', KERNEL=="event*"' if kind is DeviceClass.INPUT else ""
    return f'SUBSYSTEM=="{kind}"{only}'
