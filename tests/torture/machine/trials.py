"""The trials of readers on guns of the kernel's own bus, each a sentence: what was scanned comes, or is told."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from devices.finding.device import listed
from scanner_app.domain.capture.entry import Fault
from scanner_app.domain.capture.reader_state import ReaderWhy
from scanner_app.reader_settings import READERS_MAX, ReaderSettings
from tests.torture.machine.bench import OF_HALF, REST_S, SLOW_MS, Bench, busy, is_told, table
from tests.torture.machine.guns import CLASSES, Gun, until
from tests.torture.machine.uhid import VENDOR, UhidGun

KINDS = ("hid_keyboard", "hid_pos", "serial")
HID = ("hid_keyboard", "hid_pos")
SCANNERS, CODES_EACH = 50, 10
MANY_S = 300
"""Sixteen interpreters are started, and each reader looks at a hundred devices: an emulated machine takes its time."""
LONG = "0123456789-ABCDEFGHIJKLMNOPQRSTUVWXYZ-abcdefghijklmnopqrstuvwxyz"


def codes(count: int, start: int = 0) -> list[str]:
    return [f"A-{start + number:04}" for number in range(count)]


def keys_at_any_pace_come_whole_or_are_told_while_the_interpreter_is_busy() -> None:
    gun = Gun("hid_keyboard", "K1")
    gun.plug()
    with Bench(table(gun)) as bench:
        bench.wait_for(ReaderWhy.NOTHING)
        for round_, (pause_ms, count) in enumerate(((1, 20), (2, 10), (8, 5))):
            sent, before = codes(count, 100 * round_), len(bench.got_up_to_last(gun))
            with busy():
                started = time.monotonic()
                gun.send(sent, pause_ms)
                took_ms = (time.monotonic() - started) * 1000 / len(gun.reports(sent))
            time.sleep(REST_S)
            got = bench.got_up_to_last(gun)[before:]
            whole = sum(isinstance(one, bytes) for one in got)
            say(f"{pause_ms} ms an edge, {took_ms:.1f} in truth: {whole} of {count} codes whole")
            assert is_told(sent, got), got
            assert whole >= count / 2, "told is well, but few"


def codes_of_hid_pos_in_many_reports_come_whole_while_the_interpreter_is_busy() -> None:
    gun = Gun("hid_pos", "P1")
    gun.plug()
    with Bench(table(gun)) as bench:
        bench.wait_for(ReaderWhy.NOTHING)
        sent = [f"{number:03}{LONG * 2}"[: 40 + number] for number in range(60)]
        with busy():
            gun.send(sent)
            assert bench.wait_for_entries(len(sent)) == [code.encode() for code in sent]


def half_a_scan_is_told_and_the_gun_is_found_under_another_number() -> None:
    for kind in KINDS:
        gun, other = Gun(kind, "S1"), Gun(kind, "S2")
        gun.plug()
        with Bench(table(gun)) as bench:
            bench.wait_for(ReaderWhy.NOTHING)
            before = bench.told[-1].detail
            gun.send(["ONE"], SLOW_MS)
            bench.wait_for_entries(1)
            with gun.feeding(half(gun)) as feeding:
                feeding.ended()
                time.sleep(0.2)
                gun.unplug()
            whole, told_of_half = bench.wait_for_entries(2)
            assert (whole, told_of_half in OF_HALF) == (b"ONE", True), (kind, told_of_half)
            bench.wait_for(ReaderWhy.GONE)
            other.plug()
            gun.plug()
            bench.wait_for(ReaderWhy.NOTHING)
            gun.send(["TWO"], SLOW_MS)
            assert bench.wait_for_entries(3)[-1] == b"TWO"
            say(f"{kind} ({told_of_half!r}): {before}, then {bench.told[-1].detail}")
            assert bench.told[-1].detail != before


def half(gun: Gun) -> list[bytes]:
    """The beginning of a code."""
    if gun.kind == "serial":
        return [b"HALF"]
    reports = gun.reports([LONG * 2])
    return reports[:10] if gun.kind == "hid_keyboard" else reports[:1]


def two_alike_are_refused_and_one_that_is_left_is_read() -> None:
    for kind in KINDS:
        one, two = Gun(kind, ""), Gun(kind, "")
        one.plug()
        with Bench(table(one)) as bench:
            bench.wait_for(ReaderWhy.NOTHING)
            two.plug()
            bench.wait_for(ReaderWhy.ALIKE)
            two.unplug()
            bench.wait_for(ReaderWhy.NOTHING)
            one.send(["AGAIN"], SLOW_MS)
            assert bench.wait_for_entries(1)[-1] == b"AGAIN", kind
        one.unplug()


def a_drain_that_does_not_run_loses_what_the_kernel_drops_and_it_is_told() -> None:
    for kind in HID:
        gun = Gun(kind, "D1")
        gun.plug()
        with Bench(table(gun)) as bench:
            bench.wait_for(ReaderWhy.NOTHING)
            _while_the_drain_does_not_run(gun, bench)


def _while_the_drain_does_not_run(gun: Gun, bench: Bench) -> None:
    sent = codes(100)
    process = drains()[0]
    gun.send(sent[:10], SLOW_MS)
    os.kill(process, signal.SIGSTOP)
    gun.send(sent[10:90])
    os.kill(process, signal.SIGCONT)
    time.sleep(REST_S)
    gun.send(sent[90:], SLOW_MS)
    got = bench.got_up_to_last(gun)
    say(f"{gun.kind}: {len(got) - got.count(Fault.LOST)} of 100 whole, {got.count(Fault.LOST)} told as lost")
    assert Fault.LOST in got
    assert is_told(sent, got), got
    assert got[:5] == [code.encode() for code in sent[:5]]


def a_key_that_is_held_when_the_gun_is_opened_is_no_sign() -> None:
    gun = Gun("hid_keyboard", "H1")
    gun.plug()
    press = [bytes((0, 0, 4, 0, 0, 0, 0, 0))]
    with gun.feeding(press) as feeding:
        feeding.ended()
    time.sleep(0.5)
    with Bench(table(gun)) as bench:
        bench.wait_for(ReaderWhy.NOTHING)
        time.sleep(1)
        with gun.feeding([bytes(8)]) as feeding:
            feeding.ended()
        bench.wait_for_entries(1)
        gun.send(["AFTER"], SLOW_MS)
        assert bench.wait_for_entries(2) == [Fault.LOST, b"AFTER"]
        with gun.feeding(press) as feeding:
            feeding.ended()
        time.sleep(1)
        gun.send([""], SLOW_MS)
        assert bench.wait_for_entries(3)[2:] == [b"a"], "what the kernel repeats is one sign"


def a_second_reader_is_refused_and_reads_when_the_first_has_ended() -> None:
    for kind in KINDS:
        gun = Gun(kind, "X1")
        gun.plug()
        with ExitStack() as stack:
            first = stack.enter_context(Bench(table(gun, "GUN-2")))
            first.wait_for(ReaderWhy.NOTHING, "GUN-2")
            bench = Bench(table(gun))
            with bench:
                bench.wait_for(ReaderWhy.IN_USE)
                gun.send(["FIRST"], SLOW_MS)
                assert first.wait_for_entries(1, "GUN-2") == [b"FIRST"]
                stack.close()
                bench.wait_for(ReaderWhy.NOTHING)
                gun.send(["SECOND"], SLOW_MS)
                assert bench.wait_for_entries(1) == [b"SECOND"]


def a_keyboard_of_the_emulator_is_read_with_capslock_and_its_unplugging_is_told() -> None:
    _emulator("device_add usb-kbd,id=one,serial=Q1")
    with Bench(ReaderSettings("GUN-1", kind="hid_keyboard", vendor="0627", serial="Q1")) as bench:
        bench.wait_for(ReaderWhy.NOTHING)
        _emulator(*(f"sendkey {key}" for key in ("shift-a", "b", "1", "caps_lock", "c", "caps_lock", "d", "ret")))
        assert bench.wait_for_entries(1) == [b"Ab1Cd"]
        _emulator("sendkey e", "device_del one")
        bench.wait_for(ReaderWhy.GONE)
        assert bench.wait_for_entries(2)[-1] in OF_HALF
        _emulator("device_add usb-kbd,id=two,serial=Q1")
        bench.wait_for(ReaderWhy.NOTHING)
        _emulator("sendkey f", "sendkey ret")
        until(lambda: bench.got()[-1:] == [b"f"])
    _emulator("device_del two")


def of_fifty_scanners_each_is_found_by_its_serial_and_read_as_itself() -> None:
    kinds = [HID[number % len(HID)] for number in range(SCANNERS)]
    with ExitStack() as stack:
        guns = [UhidGun(kind, f"U-{number:02}") for number, kind in enumerate(kinds)]
        for gun in guns:
            stack.callback(gun.close)
        read = guns[:: SCANNERS // READERS_MAX][:READERS_MAX]
        until(lambda: sum(len(list(listed(CLASSES[kind]))) for kind in HID) >= SCANNERS)
        tables = (ReaderSettings(f"R{gun.serial[2:]}", kind=gun.kind, vendor=VENDOR, serial=gun.serial) for gun in read)
        bench = stack.enter_context(Bench(*tables))
        for gun in read:
            bench.wait_for(ReaderWhy.NOTHING, f"R{gun.serial[2:]}", MANY_S)
        for number in range(CODES_EACH):
            for gun in guns:
                gun.send([f"{gun.serial}-{number:03}"], lambda: time.sleep(0.002))
        for gun in read:
            sent = [f"{gun.serial}-{number:03}" for number in range(CODES_EACH)]
            got = bench.wait_for_entries(CODES_EACH, f"R{gun.serial[2:]}", MANY_S)
            assert got == [code.encode() for code in sent], (gun.serial, got)
        say(f"{len(read)} readers of {SCANNERS} scanners, {len(read) * CODES_EACH} codes, each by its own")


def _emulator(*commands: str) -> None:
    """Have the host tell the emulator; a key is held for a tenth of a second, and one is sent after the other."""
    for command in commands:
        print(f"@monitor {command}", flush=True)
        time.sleep(0.4)


def say(text: str) -> None:
    print(f"  {text}", flush=True)


def drains() -> list[int]:
    """The processes that drain."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if b"hid/drain.py" in (folder / "cmdline").read_bytes():
                found.append(int(folder.name))
        except OSError:
            continue
    return found


TRIALS: tuple[Callable[[], None], ...] = (
    keys_at_any_pace_come_whole_or_are_told_while_the_interpreter_is_busy,
    codes_of_hid_pos_in_many_reports_come_whole_while_the_interpreter_is_busy,
    half_a_scan_is_told_and_the_gun_is_found_under_another_number,
    two_alike_are_refused_and_one_that_is_left_is_read,
    a_drain_that_does_not_run_loses_what_the_kernel_drops_and_it_is_told,
    a_key_that_is_held_when_the_gun_is_opened_is_no_sign,
    a_second_reader_is_refused_and_reads_when_the_first_has_ended,
    a_keyboard_of_the_emulator_is_read_with_capslock_and_its_unplugging_is_told,
    of_fifty_scanners_each_is_found_by_its_serial_and_read_as_itself,
)
