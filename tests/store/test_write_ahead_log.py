"""The write-ahead log of the cache stays short, however often the program is killed before it has an idle moment."""

import shutil
from pathlib import Path

import pytest

from scanner_app.store import file
from scanner_app.store.file import CACHE_NAME
from tests.warehouse import GTIN, Floor

LIVES = 9
MOVES = ("A-01-01", GTIN, "1", "A-01-02", *(GTIN, "1", "A-01-02") * 3)


def killed(floor: Floor, folder: Path) -> Floor:
    """The next life over what a death has left on the disk."""
    folder.mkdir()
    for name in (CACHE_NAME, f"{CACHE_NAME}-wal"):
        shutil.copy(floor.folder / name, folder)
    floor.close()
    return Floor(folder, floor.clock)


def log_bytes(floor: Floor) -> int:
    return (floor.folder / f"{CACHE_NAME}-wal").stat().st_size


def test_a_start_cuts_back_what_killed_lives_have_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = []
    floor = Floor(tmp_path / "first")
    floor.move()
    floor.store.file.checkpoint()
    floor.say(*MOVES)
    bound = 3 * log_bytes(floor)
    monkeypatch.setattr(file, "WAL_BYTES_MAX", bound)
    for number in range(LIVES):
        floor = killed(floor, tmp_path / str(number))
        floor.say(*MOVES[1:])
        sizes.append(log_bytes(floor))
    events = len(floor.events())
    floor.close()
    assert max(sizes) > bound, "it grew"
    assert max(sizes) < 1.5 * bound
    assert events == 4 * (LIVES + 1)
