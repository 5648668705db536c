"""A device is found by what it is, whatever number it has today; two that nothing tells apart are not chosen from."""

from pathlib import Path

import pytest

from devices.finding.device import Alike, DeviceClass, Found, Wanted, described, find, listed, plugged
from tests.devices.sysfs import Sysfs

TTY = DeviceClass.TTY


@pytest.fixture
def sysfs(tmp_path: Path) -> Sysfs:
    return Sysfs(tmp_path)


def test_by_every_mark_alone_and_by_all_together(sysfs: Sysfs) -> None:
    gun = sysfs.usb("1-1", "0c2e", "090a", "S1", "Gun")
    sysfs.usb("1-2", "05e0", "1701", "S2")
    path = sysfs.tty(gun, "ttyACM0", interface="02")
    whole = Wanted(str(path), "0c2e", "090a", "S1", "02")
    for wanted in (whole, *(Wanted(**{name: getattr(whole, name)}) for name in Wanted.__struct_fields__)):
        device = find(TTY, wanted, sysfs.roots)
        assert isinstance(device, Found)
        assert (device.path, device.serial, device.driver, device.title) == (str(path), "S1", "cdc_acm", "Gun")
    for name in ("vendor", "product", "serial", "interface"):
        assert find(TTY, Wanted(**{name: "0000"}), sysfs.roots) is None


def test_it_has_another_number_after_it_was_plugged_in_elsewhere(sysfs: Sysfs) -> None:
    gun, wanted = sysfs.usb("1-1", "0c2e", "090a", "S1"), Wanted(serial="S1")
    sysfs.tty(gun, "ttyACM0")
    sysfs.unplug(gun)
    assert find(TTY, wanted, sysfs.roots) is None
    sysfs.tty(sysfs.usb("1-4", "0c2e", "090a", "S1"), "ttyACM7")
    device = find(TTY, wanted, sysfs.roots)
    assert isinstance(device, Found)
    assert device.path.endswith("ttyACM7")


def test_two_alike_are_refused_and_their_serials_or_interfaces_tell_them_apart(sysfs: Sysfs) -> None:
    for port, serial in (("1-1", "S1"), ("1-2", "S2")):
        gun = sysfs.usb(port, "0c2e", "090a", serial)
        sysfs.tty(gun, f"ttyACM{port[-1]}")
        sysfs.tty(gun, f"ttyACM1{port[-1]}", interface="02")
    alike = find(TTY, Wanted(vendor="0c2e", product="090a", interface="00"), sysfs.roots)
    assert isinstance(alike, Alike)
    assert [device.serial for device in alike.all] == ["S1", "S2"]
    assert isinstance(find(TTY, Wanted(vendor="0c2e", serial="S1"), sysfs.roots), Alike), "its two interfaces"
    found = find(TTY, Wanted(serial="S1", interface="02"), sysfs.roots)
    assert isinstance(found, Found)
    assert found.path.endswith("ttyACM11")


def test_one_that_is_plugged_in_may_have_no_driver(sysfs: Sysfs) -> None:
    sysfs.usb("1-1", "0c2e", "090a", "S1")
    wanted = Wanted(vendor="0c2e", product="090a")
    assert find(TTY, wanted, sysfs.roots) is None
    assert plugged(wanted, sysfs.roots)
    assert plugged(Wanted(serial="S1"), sysfs.roots)
    assert not plugged(Wanted(vendor="0c2e", product="ffff"), sysfs.roots)
    assert not plugged(Wanted(interface="00"), sysfs.roots)


@pytest.mark.parametrize(
    ("driver", "title", "is_modem"), [("option", "", True), ("cdc_acm", "LTE Modem", True), ("cdc_acm", "Gun", False)]
)
def test_a_modem_is_known_by_its_driver_or_its_own_words(sysfs: Sysfs, driver: str, title: str, is_modem: bool) -> None:
    path = sysfs.tty(sysfs.usb("1-1", "12d1", "1001", "", title), "ttyUSB0", driver)
    assert described(TTY, str(path), sysfs.roots).is_modem is is_modem


def test_a_path_may_be_a_link_and_of_a_port_that_says_nothing(sysfs: Sysfs) -> None:
    path = sysfs.tty(sysfs.usb("1-1", "0c2e", "090a", "S1"), "ttyACM0")
    plain = sysfs.roots.dev / "ttyS0"
    plain.touch()
    assert find(TTY, Wanted(str(plain)), sysfs.roots) == Found(str(plain))
    plain.unlink()
    assert find(TTY, Wanted(str(plain)), sysfs.roots) is None
    assert described(TTY, str(path), sysfs.roots).title == ""


def test_input_devices_and_raw_ones_say_what_they_are_too(sysfs: Sysfs) -> None:
    sysfs.event("event3", vendor="0c2e", product="090a", uniq="S1", name="Gun")
    sysfs.event("mouse0", vendor="0c2e", product="090a")
    gun = sysfs.usb("1-1", "05e0", "1701", "S2")
    sysfs.hidraw(gun, "hidraw4", "01")
    (event,) = listed(DeviceClass.INPUT, sysfs.roots)
    assert (event.vendor, event.product, event.serial, event.title) == ("0c2e", "090a", "S1", "Gun")
    assert event.path.endswith("/dev/input/event3")
    (raw,) = listed(DeviceClass.HIDRAW, sysfs.roots)
    assert (raw.vendor, raw.product, raw.serial, raw.interface) == ("05e0", "1701", "S2", "01")


def test_a_raw_device_on_no_usb_says_it_by_its_events(sysfs: Sysfs) -> None:
    folder = sysfs.roots.sys / "devices/virtual/misc/uhid/0005:0C2E:090A.0003"
    folder.mkdir(parents=True)
    told = "HID_ID=0005:00000C2E:0000090A\nHID_NAME=Gun\nHID_UNIQ=aa:bb\nnoise"
    (folder / "uevent").write_text(told, encoding="utf-8")
    node = sysfs.roots.sys / "class/hidraw/hidraw0"
    node.mkdir(parents=True)
    (node / "device").symlink_to(folder)
    (raw,) = listed(DeviceClass.HIDRAW, sysfs.roots)
    assert (raw.vendor, raw.product, raw.serial, raw.title) == ("0c2e", "090a", "aa:bb", "Gun")


def test_what_the_kernel_says_may_be_anything(sysfs: Sysfs) -> None:
    """A device can call itself what it likes, and goes while it is looked at."""
    gun = sysfs.usb("1-1", "0c2e", "090a")
    (gun / "serial").write_bytes(b"\xff\x00" + b"S" * 100_000)
    path = sysfs.tty(gun, "ttyACM0")
    assert described(TTY, str(path), sysfs.roots).serial.startswith("\ufffd\x00S")
    assert len(described(TTY, str(path), sysfs.roots).serial) <= 4096
    (gun / "serial").unlink()
    (gun / "serial").mkdir()
    assert described(TTY, str(path), sysfs.roots).serial == ""
    assert list(listed(DeviceClass.INPUT, sysfs.roots)) == []


def test_of_several_nodes_of_one_scanner_that_for_codes_is_taken(sysfs: Sysfs) -> None:
    letters = f"{1 << 30 | 1 << 28:x}"
    for name, keys in (("event4", f"0 1 0 {letters}"), ("event5", f"{1 << 30:x} 0"), ("event6", "")):
        sysfs.event(name, vendor="0c2e", product="0901", **{"capabilities/key": keys})
    found = find(DeviceClass.INPUT, Wanted(vendor="0c2e"), sysfs.roots)
    assert isinstance(found, Found)
    assert found.path.endswith("event4")
    sysfs.event("event7", vendor="0c2e", product="0901", **{"capabilities/key": letters})
    assert isinstance(find(DeviceClass.INPUT, Wanted(vendor="0c2e"), sysfs.roots), Alike)
    gun = sysfs.usb("1-1", "0c2e", "0901")
    for number, descriptor in enumerate((b"\x05\x01\x09\x06", b"\x05\x8c\x09\x02")):
        sysfs.hidraw(gun, f"hidraw{number}", f"0{number}")
        (sysfs.roots.sys / f"class/hidraw/hidraw{number}/device/report_descriptor").write_bytes(descriptor)
    pos = find(DeviceClass.HIDRAW, Wanted(vendor="0c2e"), sysfs.roots)
    assert isinstance(pos, Found)
    assert pos.path.endswith("hidraw1")
