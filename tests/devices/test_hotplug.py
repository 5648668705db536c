"""Hot-plug wakes whoever waits: by the kernel's own events where there are some, and by nothing that is no device."""

import os
import socket
import threading
from pathlib import Path

import pytest

from devices.finding.hotplug import HotPlug, is_of_readers, kernel_events

PATIENCE_S = 5
ADD = b"add@/devices/pci0000:00/usb1/1-1/1-1:1.0/tty/ttyACM0\0ACTION=add\0SUBSYSTEM=tty\0DEVNAME=ttyACM0\0"


def woken_by(messages: list[bytes]) -> bool:
    """Whether a reader is woken by the last of some messages; each is a packet."""
    ours, kernels = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    woken, hotplug = threading.Event(), HotPlug(lambda: ours)
    hotplug.subscribe(woken.set)
    hotplug.start()
    for message in messages:
        kernels.send(message)
    is_woken = woken.wait(PATIENCE_S if ADD in messages else 0.1)
    hotplug.stop()
    kernels.close()
    return is_woken


def test_a_device_that_comes_wakes_and_one_of_another_kind_does_not() -> None:
    assert woken_by([ADD])
    assert not woken_by([ADD.replace(b"=tty\0", b"=net\0")])
    assert woken_by([b"", b"\xff" * 9000, ADD]), "whatever comes, it goes on listening"
    assert is_of_readers(b"libudev\0\xfe\xed\xca\xfe....\0SUBSYSTEM=hidraw\0")


def test_without_events_nothing_runs_and_it_can_be_stopped() -> None:
    hotplug = HotPlug(lambda: None)
    hotplug.start()
    hotplug.stop()
    assert not hotplug.is_told


def test_the_kernel_itself_wakes() -> None:
    """A made event of a real port: whoever may write there can have the kernel tell of it again."""
    uevent = next(Path("/sys/class/tty").glob("tty*/uevent"), None)
    listener = kernel_events()
    if listener is None or uevent is None or not os.access(uevent, os.W_OK):
        pytest.skip("no kernel that tells of devices here, or nobody who may have it tell")
    woken, hotplug = threading.Event(), HotPlug(lambda: listener)
    hotplug.subscribe(woken.set)
    hotplug.start()
    try:
        uevent.write_text("change", encoding="ascii")
    except OSError:
        hotplug.stop()
        pytest.skip("the kernel's files cannot be written here")
    assert woken.wait(PATIENCE_S)
    hotplug.stop()
