"""The readers as the doctor sees them: what is found for each, why it may not be read, and the rule that mends that."""

import errno
import os
from collections.abc import Iterator

from msgspec import convert

from devices.finding.device import KERNEL, Alike, DeviceClass, Found, Roots, Wanted, find, listed, plugged
from devices.finding.holder import holder_of
from devices.finding.rules import FILE, GROUP, rule_for
from devices.readers.tcp.address import connected, listening
from scanner_app.config import Config
from scanner_app.doctor.check import Check, Finding
from scanner_app.reader_settings import OLD_NAME, ReaderSettings, written_anew

CLASSES = {"serial": DeviceClass.TTY, "hid_keyboard": DeviceClass.INPUT, "hid_pos": DeviceClass.HIDRAW}
LISTED_MAX = 5
CONNECT_S_MAX = 1.0
_NAME = "scanner"
_MODEMS = "ModemManager"
_RULES = f"scanner doctor --rules > {FILE}"
_PARITIES = {"none": "N", "even": "E", "odd": "O", "mark": "M", "space": "S"}


def readers(config: Config, own: int = 0, roots: Roots = KERNEL) -> Iterator[Check]:
    """A check for each reader that is configured; ``own`` is the process that works on this cache, or 0."""
    if not config.all_readers:
        yield Check(_NAME, Finding.GOOD, "no reader is configured: a scanner types as a keyboard")
    for reader in config.all_readers:
        if reader.name == OLD_NAME and reader not in config.readers:
            yield Check(_NAME, Finding.NOTE, f"[serial] is a reader called {OLD_NAME}. Anew: {written_anew(reader)}")
        if (kind := CLASSES.get(reader.kind)) is not None:
            finding, sentence = _device(reader, kind, own, roots)
            yield Check(_NAME, finding, f"{reader.name}: {sentence}")
        else:
            yield Check(_NAME, *_network(reader))


def _network(reader: ReaderSettings) -> tuple[Finding, str]:
    """Whether the address can be had, or somebody is there."""
    listens, where = reader.kind == "tcp_listen", f"{reader.name}: {reader.address}"
    try:
        with listening(reader.address, 1) if listens else connected(reader.address, CONNECT_S_MAX):
            pass
    except OSError as error:
        if listens and error.errno == errno.EADDRINUSE:
            return Finding.NOTE, f"{where} is taken. If that is not this program, end it, or change the port."
        if listens:
            return Finding.BAD, f"{where} is no address of this machine ({error}). Change it in config.toml."
        return Finding.BAD, f"{where} does not answer ({error}). Switch the scanner on, or change its address."
    allowed = ", ".join(reader.allow) or "this machine alone"
    return Finding.GOOD, f"{where} is free; allowed: {allowed}" if listens else f"{where} answers"


def _device(reader: ReaderSettings, kind: DeviceClass, own: int, roots: Roots) -> tuple[Finding, str]:
    wanted = convert(reader, Wanted, from_attributes=True)
    device = find(kind, wanted, roots)
    if device is None:
        return Finding.BAD, _absent(reader, kind, wanted, roots)
    if isinstance(device, Alike):
        told = " and ".join(one.told for one in device.all)
        return Finding.BAD, f"{told} are alike. Tell them apart by serial, interface or path, or unplug one."
    return _found(reader, kind, device, own)


def _absent(reader: ReaderSettings, kind: DeviceClass, wanted: Wanted, roots: Roots) -> str:
    if plugged(wanted, roots):
        return (
            f"{_marks(wanted)} is plugged in, and no driver makes a {kind} device of it. Load its driver (cdc_acm, "
            f"ftdi_sio, cp210x or pl2303 for serial lines, usbhid for HID), or set the scanner to {reader.kind}."
        )
    there = [device.told for device in listed(kind, roots)][:LISTED_MAX]
    told = f" There are: {'; '.join(there)}." if there else ""
    return f"{_marks(wanted)} is not there. Plug it in, or change its table in config.toml.{told}"


def _found(reader: ReaderSettings, kind: DeviceClass, device: Found, own: int) -> tuple[Finding, str]:
    if kind is DeviceClass.TTY and device.is_modem:
        return Finding.BAD, f"{device.told} is a modem ({device.driver or device.title}). Name the scanner instead."
    if not os.access(device.path, os.R_OK | os.W_OK):
        rule = rule_for(kind, device)
        return Finding.BAD, (
            f"{device.path} may not be opened by this user. Put whoever scans into group {GROUP} (usermod -aG {GROUP} "
            f"NAME), then `udevadm control --reload; udevadm trigger` with this line in {FILE}: {rule}"
        )
    if (holder := holder_of(device.path)) is not None and not holder.is_of(own):
        told = f"{device.told} is open in {holder.program or 'a program'} (process {holder.process})"
        if holder.program.startswith(_MODEMS):
            return Finding.BAD, f"{told}, which looks for modems. Have it leave scanners alone: {_RULES}."
        return Finding.BAD, f"{told}. End that, or take the reader out of config.toml: nobody else reads it meanwhile."
    return Finding.GOOD, f"{device.told}{_line(reader)}{', at work' if holder else ''}"


def _line(reader: ReaderSettings) -> str:
    if reader.kind != "serial":
        return ""
    flow = "" if reader.flow == "none" else f" {reader.flow}"
    return f" at {reader.speed} {reader.bits}{_PARITIES[reader.parity]}{reader.stop_bits}{flow}"


def _marks(wanted: Wanted) -> str:
    """What is wanted, in words."""
    marks = (f"{name} {value}" for name in Wanted.__struct_fields__ if (value := getattr(wanted, name)))
    return f"the device with {', '.join(marks)}" if wanted != Wanted(wanted.path) else wanted.path
