"""Ownership: a folder that others can change is said, and nothing in it is opened."""

import os
from pathlib import Path

import pytest

from scanner_app.errors import CentralError, StoreError
from scanner_app.ownership import danger_in, doubt_of
from scanner_app.store.store import open_store
from sync.central.database.store import init_store
from sync.central.database.store import open_store as open_central
from tests.store.stations import config, scanner

SAFE = (0o700, 0o750, 0o755, 0o1777)
DOUBTFUL = (0o770, 0o775)
DANGEROUS = (0o777, 0o702, 0o733)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("mode", SAFE + DOUBTFUL + DANGEROUS, ids=oct)
def test_a_folder_is_judged_by_its_mode(folder: Path, mode: int) -> None:
    folder.chmod(mode)
    assert bool(danger_in(folder)) == (mode in DANGEROUS)
    if mode not in DANGEROUS:
        assert bool(doubt_of(folder)) == (mode in DOUBTFUL)


def test_a_folder_of_somebody_else_is_dangerous_unless_it_is_the_administrators(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = folder.stat().st_uid
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    assert bool(danger_in(folder)) == (owner != 0)
    if os.getuid() == 0:
        os.chown(folder, 12_345, -1)
        assert "belongs to user 12345" in danger_in(folder)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert danger_in(folder) == danger_in(folder / "not there yet") == ""


@pytest.mark.parametrize("mode", DANGEROUS, ids=oct)
def test_neither_device_nor_centre_opens_what_everybody_can_change(folder: Path, mode: int) -> None:
    open_store(folder).close()
    url = str(folder / "central.db")
    init_store(url).close()
    folder.chmod(mode)
    with pytest.raises(StoreError, match=r"everybody on this machine .* chmod 700"):
        open_store(folder)
    for again in (init_store, open_central):
        with pytest.raises(CentralError, match=r"everybody on this machine .* chmod 700"):
            again(url)
    folder.chmod(0o700)
    open_store(folder).close()
    open_central(url).close()


def test_the_doctor_and_the_start_say_so(tmp_path: Path, folder: Path) -> None:
    setup = config(tmp_path, folder)
    folder.chmod(0o777)
    examined = scanner(setup, "doctor")
    assert (
        f"X   folder: everybody on this machine can change what is kept in {folder}. Run: chmod 700" in examined.stdout
    )
    begun = scanner(setup, "line")
    assert (begun.returncode, begun.stdout) == (1, "")
    assert "The cache is not opened: everybody" in begun.stderr
    folder.chmod(0o770)
    assert f"!   folder: the group of {folder} can change" in scanner(setup, "doctor").stdout
