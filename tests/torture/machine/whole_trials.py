"""The trials of the whole program on three guns at once, and an ordinary user before and behind udev's rules."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from devices.finding.device import DeviceClass, Found, Wanted, find
from devices.finding.rules import GROUP
from devices.readers.hid.drain import Record
from devices.readers.hid.drained import DRAIN, Drained
from scanner_app.domain.capture.entry import Fault
from tests.torture.machine import udev
from tests.torture.machine.bench import OF_HALF, SLOW_MS, is_told, table
from tests.torture.machine.guns import CLASSES, VENDOR, Gun, until
from tests.torture.machine.product import Product
from tests.torture.machine.trials import HID, KINDS, codes, half, say

SCANS = {"hid_keyboard": 150, "hid_pos": 175, "serial": 175}
NAMES = {"hid_keyboard": "KEYS", "hid_pos": "POS", "serial": "LINE"}
PAUSED_SCANS = 20
PATIENCE_S = 180
TIMED_SCANS, HID_RATIO_MAX = 30, 3.0
SENTENCES = dict(zip(OF_HALF, ("{}: half a scan", "{} sends no end"), strict=True))


def five_hundred_scans_at_full_speed_are_in_the_log_or_told_and_half_ones_are_said() -> None:
    guns = {kind: Gun(kind, f"W-{kind}") for kind in KINDS}
    for gun in guns.values():
        gun.plug()
    folder = Path(tempfile.mkdtemp()) / "product"
    with Product(folder, *(table(gun, NAMES[kind]) for kind, gun in guns.items())) as product:
        product.sign_in()
        _probe(product, guns)
        _at_full_speed(product, guns)
        _while_it_does_not_run(product, guns)
        _half_ones(product, guns)
        product.start_anew()
        _probe(product, guns)
        say("after kill -9 each gun is read again")


def _probe(product: Product, guns: dict[str, Gun]) -> None:
    for kind, gun in guns.items():
        product.probe(NAMES[kind], gun)


def _at_full_speed(product: Product, guns: dict[str, Gun]) -> None:
    sent = {kind: codes(count) for kind, count in SCANS.items()}
    started = time.monotonic()
    with ExitStack() as stack:
        for feeding in [stack.enter_context(gun.feeding(gun.reports(sent[kind]))) for kind, gun in guns.items()]:
            assert feeding.ended() == 0
    took_s = time.monotonic() - started
    for kind, gun in guns.items():
        got = product.rows_up_to_last(NAMES[kind], gun)
        whole = sum(isinstance(one, bytes) for one in got)
        say(f"{kind}: {whole} of {len(sent[kind])} in the log, {len(got) - whole} told, sent in {took_s:.1f} s")
        assert is_told(sent[kind], got), got
        assert whole >= len(sent[kind]) * 0.9, "told is well, but few"


def _while_it_does_not_run(product: Product, guns: dict[str, Gun]) -> None:
    _probe(product, guns)
    product.pause()
    sent = codes(PAUSED_SCANS, 1000)
    for gun in guns.values():
        gun.send(sent, SLOW_MS)
    product.go_on()
    for kind, gun in guns.items():
        got = product.rows_up_to_last(NAMES[kind], gun)
        whole = sum(isinstance(one, bytes) for one in got)
        say(f"{kind}: {whole} of {PAUSED_SCANS} that were sent while the program did not run are in the log")
        assert is_told(sent, got), got
        assert whole >= PAUSED_SCANS * 0.9, got


def _half_ones(product: Product, guns: dict[str, Gun]) -> None:
    for kind, gun in guns.items():
        product.type(".k")  # what was told before stands in the way of what is told now
        product.probe(NAMES[kind], gun)
        with gun.feeding(half(gun)) as feeding:
            feeding.ended()
            time.sleep(0.1)
            gun.unplug()
        fault = _told_of_half(product, NAMES[kind])
        until(lambda: SENTENCES[fault].format(NAMES[kind]) in product.said(), PATIENCE_S)  # noqa: B023 - asked at once
        product.type(".k")
        gun.plug()
        product.probe(NAMES[kind], gun)
        say(f"{kind}: half a scan is in the log as {fault} and said by name, and the gun reads again")


def _told_of_half(product: Product, name: str) -> Fault:
    def last() -> bytes | Fault:
        return (product.rows(name) or [b""])[-1]

    try:
        until(lambda: last() in SENTENCES, PATIENCE_S)
    except AssertionError as error:
        raise AssertionError(f"{name}: {product.rows(name)}, {product.said()[-500:]}") from error
    fault = last()
    assert isinstance(fault, Fault)
    return fault


def a_scan_on_hid_is_in_the_log_about_as_soon_as_one_on_a_serial_line() -> None:
    """Relative only: times in an emulated machine mean nothing but beside each other."""
    guns = {kind: Gun(kind, f"T-{kind}") for kind in KINDS}
    for gun in guns.values():
        gun.plug()
    folder = Path(tempfile.mkdtemp()) / "product"
    times: dict[str, list[float]] = {kind: [] for kind in KINDS}
    with Product(folder, *(table(gun, NAMES[kind]) for kind, gun in guns.items())) as product:
        product.sign_in()
        _probe(product, guns)
        for number in range(TIMED_SCANS):
            for kind, gun in guns.items():
                times[kind].append(product.timed(NAMES[kind], gun, f"T-{number:03}"))
    p50 = {kind: sorted(taken)[TIMED_SCANS // 2] for kind, taken in times.items()}
    for kind in HID:
        say(f"hid_to_durable of {kind}: {p50[kind] / p50['serial']:.2f} of that of a serial line (p50)")
        assert p50[kind] <= HID_RATIO_MAX * p50["serial"], p50


def an_ordinary_user_may_not_open_a_gun_before_the_shipped_rules_and_may_behind_them() -> None:
    guns = [Gun(kind, f"R-{kind}") for kind in KINDS]
    for gun in guns:
        gun.plug()
    paths = {gun.kind: _path(CLASSES[gun.kind], gun.serial) for gun in guns}
    before = {kind: (udev.rights(path), _may_open(kind, path, 998)) for kind, path in paths.items()}
    assert not any(may for _rights, may in before.values()), before
    udev.start(group_id=998)
    for kind, path in paths.items():
        mode, group = udev.rights(path)
        assert (mode, group) == ("0660", 998), (kind, path, mode, group)
        assert _may_open(kind, path, group)
    links = sorted(path.name for path in Path("/dev/scanner").iterdir())
    say(f"{before} before; 0660 {GROUP} behind, links {links}")
    assert {"event-R-hid_keyboard", "hid-R-hid_pos", "tty-R-serial"} <= set(links)
    assert any("R-serial" in path.name for path in Path("/dev/serial/by-id").iterdir())


def _path(kind: DeviceClass, serial: str) -> str:
    wanted = Wanted(vendor=VENDOR, serial=serial)
    until(lambda: isinstance(find(kind, wanted), Found))
    found = find(kind, wanted)
    assert isinstance(found, Found)
    return found.path


def _may_open(kind: str, path: str, group: int) -> bool:
    """Whether a user of nothing but the group may open it, as its reader would."""
    if kind == "serial":
        opened = f"os.open({path!r}, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY)"
        done = subprocess.run([_python(), "-I", "-S", "-c", _as(group) + opened], check=False, capture_output=True)
        return done.returncode == 0
    copy = Path("/tmp/drain.py")
    copy.write_bytes(DRAIN.read_bytes())
    run = f"import sys; sys.argv = ['', {kind!r}, {path!r}]; exec(compile(open('{copy}').read(), 'drain', 'exec'))"
    drained = Drained([_python(), "-I", "-S", "-c", _as(group) + run])
    try:
        return next(iter(drained.read())).record is Record.OPENED
    finally:
        drained.close()


def _as(group: int) -> str:
    """Become an ordinary user, of a group beside their own."""
    return f"import os; os.setgroups([{group}]); os.setgid({udev.ORDINARY}); os.setuid({udev.ORDINARY}); "


def _python() -> str:
    """One that anybody may run."""
    return next(
        (path for path in ("/usr/bin/python3", "/usr/local/bin/python3") if Path(path).exists()), sys.executable
    )


TRIALS: tuple[Callable[[], None], ...] = (
    five_hundred_scans_at_full_speed_are_in_the_log_or_told_and_half_ones_are_said,
    a_scan_on_hid_is_in_the_log_about_as_soon_as_one_on_a_serial_line,
    an_ordinary_user_may_not_open_a_gun_before_the_shipped_rules_and_may_behind_them,
)
