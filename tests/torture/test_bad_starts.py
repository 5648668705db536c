"""Starts that cannot go well: wrong settings, an unreadable cache, a clock that went back. A sentence for each."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from tests.extent import extent
from tests.torture.tools.shift import Shift
from tests.torture.tools.site import PIN, Device, Site
from tests.torture.tools.trouble import Trouble

HOUR_S = 3600
BAD_CONFIGS: dict[str, str | bytes] = {
    "not TOML": "[device\nname = ",
    "not UTF-8": b'[device]\nname = "\xff\xfe"',
    "unknown table": "[devices]\n",
    "unknown setting": '[device]\nnaem = "x"\n',
    "wrong kind": "[entry]\nlength_max = true\n",
    "out of range": "[entry]\nlength_max = 5\n",
    "not a number": "[sync]\nretry_delay_s_max = nan\n",
    "control characters": '[device]\nname = "a\\u001b[2Jb"\n',
    "not an address": '[sync]\nurl = "ftp://somewhere"\n',
    "two that disagree": "[sync]\nretry_delay_s_min = 50.0\nretry_delay_s_max = 1.0\n",
    "a table as text": 'sync = "yes"\n',
    "empty": "\x00\x00\x00",
}


def assert_sentence(told: str) -> None:
    """One line for a person, without a traceback and without anything that steers a terminal."""
    assert told.startswith("scanner: "), told
    assert "Traceback" not in told, told
    assert told.rstrip("\n").isprintable(), ascii(told)


@pytest.mark.parametrize("what", BAD_CONFIGS)
def test_a_bad_configuration_is_told_and_corrected(site: Site, what: str) -> None:
    device = site.devices["one"]
    good = device.config.read_text()
    bad = BAD_CONFIGS[what]
    device.config.write_bytes(bad if isinstance(bad, bytes) else bad.encode())
    for command in ("line", "run", "log", "sync"):
        done = device.scanner(command, *(["--once"] if command == "sync" else []), given="")
        assert done.returncode == 1
        assert_sentence(done.stderr)
        assert "config.toml" in done.stderr
    device.config.write_text(good)
    assert_works(device)


def test_a_configuration_that_cannot_be_read(site: Site) -> None:
    device = site.devices["one"]
    device.config.unlink()
    done = device.scanner("line", given="")
    assert done.returncode == 1
    assert_sentence(done.stderr)
    device.config.mkdir()
    done = device.scanner("line", given="")
    assert done.returncode == 1
    assert_sentence(done.stderr)


def _flipped(path: Path, where: Callable[[int], range]) -> None:
    data = bytearray(path.read_bytes())
    for place in where(len(data)):
        data[place] ^= 0xA5
    path.write_bytes(data)


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as cache:
        cache.execute("PRAGMA user_version = 9999")
        cache.commit()


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


BAD_CACHES: dict[str, Callable[[Path], object]] = {
    "no database": lambda path: path.write_bytes(b"this is no database\n" * 500),
    "cut short": lambda path: os.truncate(path, path.stat().st_size // 2),
    "broken header": lambda path: _flipped(path, lambda _: range(0, 100)),
    "broken schema": lambda path: _flipped(path, lambda _: range(100, 600)),
    "broken middle": lambda path: _flipped(path, lambda size: range(size // 3, size // 3 * 2)),
    "zeros": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "newer": _newer,
    "a folder": _folder,
    "empty": lambda path: os.truncate(path, 0),
}


@pytest.mark.parametrize("what", BAD_CACHES)
def test_an_unreadable_cache_is_told_and_never_thrown_away(site: Site, tmp_path: Path, what: str) -> None:
    """Whether it refuses or saves what can be saved: no traceback, no hang, and the bytes are kept somewhere."""
    device = site.devices["one"]
    assert device.scanner("line", given="1\nP-01\n111\n5\nP-02\n").returncode == 0
    with closing(sqlite3.connect(device.data / "cache.db")) as cache:
        cache.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    for part in ("cache.db-wal", "cache.db-shm"):
        (device.data / part).unlink(missing_ok=True)
    BAD_CACHES[what](device.data / "cache.db")
    kept = (device.data / "cache.db").read_bytes() if what not in ("a folder", "empty") else b""
    for command in ("log", "doctor", "sync", "line", "log"):
        done = device.scanner(command, *(["--once"] if command == "sync" else []), given="")
        assert "Traceback" not in done.stderr, done.stderr
        assert done.returncode in (0, 1)
        if done.returncode and command != "doctor":
            assert_sentence(done.stderr)
    if kept:
        found = [path.read_bytes() for path in device.data.rglob("*") if path.is_file() and path.name != "ballast"]
        assert any(kept[:4096] == data[:4096] for data in found), [path.name for path in device.data.iterdir()]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_cache_without_permission(site: Site) -> None:
    device = site.devices["one"]
    (device.data / "cache.db").chmod(0)
    done = device.scanner("line", given="")
    (device.data / "cache.db").chmod(0o600)
    assert done.returncode == 1
    assert_sentence(done.stderr)
    assert_works(device)


def test_two_programs_on_one_cache(site: Site) -> None:
    device = site.devices["one"]
    worker = device.line()
    worker.arrive()
    done = device.scanner("line", given="1\n")
    assert done.returncode == 1
    assert_sentence(done.stderr)
    worker.say("1")
    assert worker.leave() == 0
    assert device.entered() == [b"1"]


@pytest.mark.parametrize("is_online", [True, False][: extent(1, 2)])
def test_the_clock_goes_back_an_hour_between_two_shifts(site: Site, tmp_path: Path, is_online: bool) -> None:
    """Nothing is lost or refused, and at the centre the later move is the later one."""
    if is_online:
        site.serve()
    trouble = Trouble(tmp_path)
    device = site.devices["one"]
    shift = Shift(device, device.line)
    for clock_s in (0, -HOUR_S, HOUR_S, 0):
        shift.begin = partial(device.line, trouble.environment(clock_s))
        done = shift.moves
        shift.work(lambda done=done: shift.moves >= done + 3)  # type: ignore[misc]
        assert shift.worker is not None
        assert shift.worker.leave() == 0
    if not is_online:
        site.serve()
    device.drain()
    assert shift.moves == 12
    assert_in_order(site, device)


def assert_in_order(site: Site, device: Device) -> None:
    """Every event of the device is posted, and the instants of the book are in the order of the floor."""
    made = device.events()
    events = {event["id"]: event for event in site.exported("events") if event["device"] != "centre"}
    assert set(events) == set(made)
    assert {event["outcome"] for event in events.values()} <= {"posted", "posted_with_exceptions"}
    rows = sorted(
        (row["effective_us"], row["sequence"], row["cause"])
        for row in site.exported("ledger")
        if row["cause"] in events
    )
    assert list(dict.fromkeys(cause for _, _, cause in rows)) == made
    assert site.verified() == "The book is sound.\n"


def assert_works(device: Device) -> None:
    assert device.scanner("line", given="1\nP-01\n111\n1\nP-02\n").returncode == 0
    assert len(device.events()) == 1
    assert PIN not in str(device.entered())
    shutil.rmtree(device.data)
