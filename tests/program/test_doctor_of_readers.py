"""The doctor says of each reader what is found for it, or why not, and what mends that."""

import os
import pty
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.finding.device import DeviceClass, Found
from devices.finding.holder import Holder, holder_of
from devices.finding.rules import FILE, MAKERS, rule_for, rules
from scanner_app.config import Config, Serial
from scanner_app.doctor.check import Finding
from scanner_app.doctor.readers import readers
from scanner_app.reader_settings import ReaderSettings
from tests.devices.ordinary import as_ordinary_user
from tests.devices.sysfs import Sysfs

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "docs/deploy/70-scanner.rules"
GUN = ReaderSettings("GUN-1", vendor="0c2e", product="090a", speed=115_200)


@pytest.fixture
def sysfs() -> Iterator[Sysfs]:
    """In a folder that everybody may look into."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Sysfs(Path(folder))


def told(sysfs: Sysfs, *settings: ReaderSettings, old_port: str = "", own: int = 0) -> list[tuple[Finding, str]]:
    config = Config(serial=Serial(port=old_port), readers=settings)
    return [(check.finding, check.sentence) for check in readers(config, own, sysfs.roots)]


def plugged_in(sysfs: Sysfs, port: str = "1-1", serial: str = "", title: str = "Gun", driver: str = "cdc_acm") -> Path:
    return sysfs.tty(sysfs.usb(port, "0c2e", "090a", serial, title), f"ttyACM{port[-1]}", driver)


def test_a_scanner_that_is_well_says_how_it_is_set(sysfs: Sysfs) -> None:
    path = plugged_in(sysfs, serial="S1")
    assert told(sysfs, GUN) == [(Finding.GOOD, f"GUN-1: {path} 0c2e:090a serial S1 Gun at 115200 8N1")]


def test_without_readers_and_with_the_old_table(sysfs: Sysfs) -> None:
    assert told(sysfs) == [(Finding.GOOD, "no reader is configured: a scanner types as a keyboard")]
    port = plugged_in(sysfs)
    note, state = told(sysfs, old_port=str(port))
    anew = f'[[reader]] name = "SERIAL"; kind = "serial"; path = "{port}"'
    assert note == (Finding.NOTE, f"[serial] is a reader called SERIAL. Anew: {anew}")
    assert state == (Finding.GOOD, f"SERIAL: {port} 0c2e:090a Gun at 9600 8N1")


def test_one_that_is_not_there_is_told_with_those_that_are(sysfs: Sysfs) -> None:
    sysfs.tty(sysfs.usb("1-3", "05e0", "1701", "S3"), "ttyACM3")
    ((finding, sentence),) = told(sysfs, GUN)
    assert finding is Finding.BAD
    assert sentence.startswith("GUN-1: the device with vendor 0c2e, product 090a is not there. Plug it in, or change")
    assert sentence.endswith("ttyACM3 05e0:1701 serial S3.")
    ((_finding, sentence),) = told(sysfs, ReaderSettings("GUN-2", path="/dev/none"))
    assert sentence.startswith("GUN-2: /dev/none is not there.")


def test_one_without_a_driver(sysfs: Sysfs) -> None:
    sysfs.usb("1-1", "0c2e", "090a")
    ((finding, sentence),) = told(sysfs, GUN)
    assert finding is Finding.BAD
    assert "is plugged in, and no driver makes a tty device of it. Load its driver (cdc_acm" in sentence


def test_two_alike(sysfs: Sysfs) -> None:
    paths = [plugged_in(sysfs, port) for port in ("1-1", "1-2")]
    ((finding, sentence),) = told(sysfs, GUN)
    assert finding is Finding.BAD
    assert sentence == (
        f"GUN-1: {paths[0]} 0c2e:090a Gun and {paths[1]} 0c2e:090a Gun are alike. "
        "Tell them apart by serial, interface or path, or unplug one."
    )


def test_a_modem(sysfs: Sysfs) -> None:
    plugged_in(sysfs, driver="option", title="")
    ((finding, sentence),) = told(sysfs, GUN)
    assert finding is Finding.BAD
    assert sentence.endswith("is a modem (option). Name the scanner instead.")


def test_one_that_may_not_be_opened_is_told_with_the_rule_to_copy(sysfs: Sysfs) -> None:
    path = plugged_in(sysfs)
    path.chmod(0o600 if os.geteuid() == 0 else 0)
    ((finding, sentence),) = as_ordinary_user(lambda: told(sysfs, GUN))
    assert finding is Finding.BAD
    assert "may not be opened by this user" in sentence
    assert "usermod -aG input NAME" in sentence
    rule = sentence.partition(f"in {FILE}: ")[2]
    assert rule == (
        'SUBSYSTEM=="tty", ATTRS{idVendor}=="0c2e", ATTRS{idProduct}=="090a", MODE="0660", GROUP="input", '
        'ENV{ID_MM_DEVICE_IGNORE}="1", ENV{ID_MM_PORT_IGNORE}="1"'
    )


def test_who_has_it_open_is_told(sysfs: Sysfs) -> None:
    _master, slave = pty.openpty()
    name = os.ttyname(slave)
    holder = subprocess.Popen(["/bin/sh", "-c", f"exec 3<>{name}; read wait"], stdin=subprocess.PIPE)
    try:
        while holder_of(name) is None:
            pass
        assert holder_of(name) == Holder(holder.pid, "sh", os.getpid())
        gun = ReaderSettings("GUN-1", path=name)
        ((finding, sentence),) = told(sysfs, gun)
        assert (finding, f"{name} is open in sh (process {holder.pid}). End that" in sentence) == (Finding.BAD, True)
        for own in (holder.pid, os.getpid()):
            assert told(sysfs, gun, own=own) == [(Finding.GOOD, f"GUN-1: {name} at 9600 8N1, at work")]
    finally:
        holder.communicate(b"\n")
    assert holder_of(name) is None


def test_a_program_that_looks_for_modems_is_named_with_what_stops_it(sysfs: Sysfs, tmp_path: Path) -> None:
    (tmp_path / "77/fd").mkdir(parents=True)
    (tmp_path / "77/status").write_text("Name:\tModemManager\nPPid:\t1\nnoise\n", encoding="utf-8")
    (tmp_path / "77/fd/5").symlink_to("/dev/ttyACM9")
    (tmp_path / "78").mkdir()
    assert holder_of("/dev/ttyACM9", tmp_path) == Holder(77, "ModemManager", 1)
    assert holder_of("/dev/ttyACM8", tmp_path) is None


@pytest.mark.parametrize(
    ("kind", "device", "match"),
    [
        (DeviceClass.TTY, Found("/dev/ttyS0"), 'KERNEL=="ttyS0"'),
        (DeviceClass.HIDRAW, Found("/dev/hidraw3", "05e0", "1701", interface="00"), 'ATTRS{idProduct}=="1701"'),
        (DeviceClass.HIDRAW, Found("/dev/hidraw3", "0c2e", "090a"), 'KERNELS=="*:0C2E:090A.*"'),
        (DeviceClass.INPUT, Found("/dev/input/event3", "0c2e", "090a"), 'ATTRS{id/vendor}=="0c2e"'),
    ],
)
def test_the_rule_matches_what_the_kernel_says_of_the_device(kind: DeviceClass, device: Found, match: str) -> None:
    rule = rule_for(kind, device)
    assert match in rule
    assert 'MODE="0660", GROUP="input"' in rule


def test_the_shipped_rules_are_those_that_are_printed() -> None:
    assert SHIPPED.read_text(encoding="utf-8") == rules(), "run: make docs"
    lines = [line for line in rules().splitlines() if line.startswith("SUBSYSTEM")]
    assert len(lines) == 2 * len(DeviceClass)
    assert all("|".join(MAKERS) in line for line in lines)
    assert all(re.fullmatch(r'([A-Z+]+(\{[A-Za-z_/]+\})?(==|=|\+=)"[^"]*"(, |$))+', line) for line in lines)


@pytest.mark.skipif(shutil.which("udevadm") is None, reason="there is no udev here")
def test_udev_understands_them() -> None:
    done = subprocess.run(["udevadm", "verify", str(SHIPPED)], capture_output=True, text=True, check=False)
    if "Unknown" in done.stderr or "nrecognized" in done.stderr:
        pytest.skip("this udevadm cannot verify")
    assert done.returncode == 0, done.stdout + done.stderr


def test_addresses_of_the_network_are_tried(sysfs: Sysfs) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        where = f"127.0.0.1:{taken.getsockname()[1]}"
        listens = ReaderSettings("GATE", "tcp_listen", address=where)
        connects = ReaderSettings("TUNNEL", "tcp_connect", address=where)
        assert told(sysfs, listens, connects) == [
            (Finding.NOTE, f"GATE: {where} is taken. If that is not this program, end it, or change the port."),
            (Finding.GOOD, f"TUNNEL: {where} answers"),
        ]
    assert told(sysfs, listens) == [(Finding.GOOD, f"GATE: {where} is free; allowed: this machine alone")]
    ((finding, sentence),) = told(sysfs, connects)
    assert finding is Finding.BAD
    assert sentence.endswith("Switch the scanner on, or change its address.")
    ((finding, sentence),) = told(sysfs, ReaderSettings("GATE", "tcp_listen", address="192.0.2.1:9100"))
    assert finding is Finding.BAD
    assert "is no address of this machine" in sentence
