"""A disk that is full or fails: a sentence, nothing that was acknowledged is lost, and work goes on after."""

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from scanner_app.errors import StoreFailedError
from scanner_app.store.ballast import BALLAST_NAME, Ballast
from scanner_app.store.damage import Note, note_damage
from tests.store.stations import MOVE, Liner, config, scanner, worked
from tests.warehouse import Floor

DISK_MB = 8
SAYINGS_MAX = 4_000


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m", "none", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("no small disk can be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=False)


def fill(folder: Path) -> Path:
    """Take all room that is left."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (65536, 4096, 1):
            try:
                while file.write(b"f" * size):
                    pass
            except OSError:
                continue
    return filler


def test_a_full_disk_in_the_middle_of_a_move(small_disk: Path, tmp_path: Path) -> None:
    worked(small_disk / "data", 2)
    setup = config(tmp_path, small_disk / "data", ballast_mb=1)
    worker = Liner(setup)
    worker.say(*MOVE[:2])
    filler = fill(small_disk)
    ballast = small_disk / "data" / BALLAST_NAME
    assert ballast.exists()
    told, said = "", 2
    while "make room" not in told and said < SAYINGS_MAX:
        told = worker.say(MOVE[said % 4] if said < 4 else "x")
        said += 1
    assert "Scans are kept" in told
    assert not ballast.exists()
    assert not worker.has_ended
    while not worker.has_ended and said < SAYINGS_MAX:
        worker.say("x" * 300)
        said += 1
    assert worker.leave() == 1
    assert "scanner: The disk is full" in worker.shown
    assert "Traceback" not in worker.shown
    logged = scanner(setup, "log").stdout.splitlines()
    acknowledged = worker.shown.count(" >\n") - 1
    assert len(logged) >= 11 + acknowledged
    filler.unlink()
    again = Liner(setup)
    assert "make room" not in again.shown
    again.say(".b", ".m", "1", *MOVE)
    assert again.leave() == 0
    assert ballast.exists()


def test_a_start_on_a_full_disk_uses_the_ballast(small_disk: Path, tmp_path: Path) -> None:
    worked(small_disk / "data", 2)
    setup = config(tmp_path, small_disk / "data", ballast_mb=1)
    assert scanner(setup, "line", given="x\n").returncode == 0
    note_damage(small_disk / "data", Note("planted"))
    filler = fill(small_disk)
    mended = scanner(setup, "line", given="x\n")
    assert "Traceback" not in mended.stderr
    assert mended.returncode == 0, mended.stderr
    assert "Memory was damaged. 2 unsent saved." in mended.stdout
    assert "make room now" in mended.stdout
    assert (small_disk / "data" / "damaged-1").exists()
    filler.unlink()
    assert "make room" not in scanner(setup, "line", given="x\n").stdout


def test_the_ballast_is_taken_once_and_never_fills_the_disk(small_disk: Path) -> None:
    ballast = Ballast(small_disk, 2)
    ballast.keep()
    assert (small_disk / BALLAST_NAME).stat().st_blocks * 512 == 2 * 1024 * 1024
    assert ballast.release()
    assert ballast.is_gone
    assert not ballast.release()
    filler = fill(small_disk)
    ballast.keep()
    assert ballast.is_gone
    filler.unlink()
    ballast.keep()
    assert not ballast.is_gone
    Ballast(small_disk, 0).keep()
    assert not (small_disk / BALLAST_NAME).exists()


def test_a_file_that_cannot_grow_ends_the_work_with_a_sentence(tmp_path: Path) -> None:
    """A limit on the size of files makes a write fail in earnest, without a disk of its own."""
    worked(tmp_path / "data", 2)
    setup = config(tmp_path, tmp_path / "data", ballast_mb=0)
    limited = "import resource as r; r.setrlimit(r.RLIMIT_FSIZE, (65536, 65536)); "
    limited += "from scanner_app.__main__ import main; import sys; sys.exit(main())"
    worker = Liner(setup, program=["-c", limited])
    said = 0
    while not worker.has_ended and said < SAYINGS_MAX:
        worker.say("x" * 200)
        said += 1
    assert worker.leave() == 1
    assert "scanner: The disk could not be" in worker.shown
    assert "Traceback" not in worker.shown
    answered = worker.shown.count(" >\n") - 1
    assert len(scanner(setup, "log").stdout.splitlines()) >= 11 + answered
    assert scanner(setup, "line", given="x\n").returncode == 0


def test_after_a_failure_nothing_is_written_on_the_same_connection(floor: Floor) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_FSYNC
    assert isinstance(floor.store.file.transaction.failed(error), StoreFailedError)
    with pytest.raises(StoreFailedError), floor.store.transaction:
        raise AssertionError("not reached")
