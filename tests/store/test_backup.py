"""Backups: taken while the scanner works, and put back without using a number twice or losing what was not sent."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from scanner_app.errors import StoreBusyError, StoreError
from scanner_app.session.notices import Notices
from scanner_app.store.file import CACHE_NAME
from scanner_app.store.notices import Copied
from scanner_app.store.rescue.backup import back_up, restore
from scanner_app.store.store import open_store
from sync.central.database.tables import events
from tests.central.warehouse import make_store
from tests.store.stations import MOVE, Liner, config, scanner, unsent, worked
from tests.sync.centre import Centre
from tests.sync.handheld import Handheld
from tests.warehouse import filled


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Centre]:
    make_store(tmp_path).close()
    centre = Centre(tmp_path)
    centre.start()
    yield centre
    centre.stop()


def post(device: Handheld, count: int = 1) -> None:
    """Moves as the session makes them: in the epoch of new events, by the entry that is next."""
    for _ in range(count):
        epoch, journal = device.store.identity.epoch, device.store.journal
        (entry,) = device.look("SELECT coalesce(max(entry), 0) + 1 FROM event")[0]
        device.move(epoch=epoch, sequence=journal.next_sequence(epoch), entry=entry)


def told(centre: Centre) -> list[tuple[int, int, str]]:
    """Epoch (1 for the first, 2 for the next), sequence and outcome of every device event at the centre."""
    store = centre.store()
    with store.reading() as connection:
        wanted = select(events.c.epoch, events.c.sequence, events.c.outcome).where(events.c.device != "centre")
        rows = connection.execute(wanted.order_by(events.c.epoch, events.c.sequence)).all()
    store.close()
    rank = {epoch: number for number, epoch in enumerate(sorted({row.epoch for row in rows}), 1)}
    return [(rank[row.epoch], row.sequence, str(row.outcome)[:6]) for row in rows]


def test_a_backup_is_taken_while_another_process_works(tmp_path: Path) -> None:
    worked(tmp_path / "data", 3)
    setup = config(tmp_path, tmp_path / "data")
    worker = Liner(setup)
    worker.say(".m", "1", *MOVE)
    done = scanner(setup, "backup", str(tmp_path / "copy.db"))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("The cache is copied to ")
    worker.say(*MOVE[1:])
    assert len(unsent(tmp_path / "copy.db")) == 4
    refused = scanner(setup, "restore", str(tmp_path / "copy.db"))
    assert refused.returncode == 1
    assert "is in use by process" in refused.stderr
    assert scanner(setup, "backup", str(tmp_path / "copy.db")).stderr.endswith("exists already. Name a new file.\n")
    assert worker.leave() == 0
    assert (tmp_path / "copy.db").stat().st_mode & 0o077 == 0


def test_what_was_not_sent_is_taken_over_and_open_work_is_put_aside(tmp_path: Path) -> None:
    worked(tmp_path / "data", 3)
    setup = config(tmp_path, tmp_path / "data")
    scanner(setup, "backup", str(tmp_path / "copy.db"))
    worker = Liner(setup)
    worker.say(".m", "1", *MOVE, *MOVE[1:], *MOVE[1:3])
    assert worker.leave() == 0
    done = scanner(setup, "restore", str(tmp_path / "copy.db"))
    assert done.returncode == 0, done.stderr
    assert "to be sent: 2. The replaced cache" in done.stdout
    assert (tmp_path / "data" / "replaced-1" / CACHE_NAME).exists()
    again = Liner(setup)
    assert "What do you want to do?" in again.shown
    again.say("1", *MOVE)
    assert again.leave() == 0
    with closing(sqlite3.connect(tmp_path / "data" / CACHE_NAME)) as database:
        numbers = database.execute("SELECT epoch, sequence FROM event ORDER BY number").fetchall()
    assert numbers == [(1, 1), (1, 2), (1, 3), (1, 4), (1, 5), (0, 1)]


def test_no_number_is_used_twice_after_a_restore(centre: Centre, tmp_path: Path) -> None:
    folder = tmp_path / "one"
    device = Handheld(folder).enrol(centre)
    post(device, 3)
    device.sync()
    post(device, 2)
    back_up(folder, tmp_path / "copy.db")
    post(device, 4)
    device.sync()
    device.close()
    restore(folder, tmp_path / "copy.db")
    device = Handheld(folder)
    assert device.store.identity.is_renewing
    post(device, 3)
    assert device.sync().waiting == 0
    assert not device.store.identity.is_renewing
    post(device, 1)
    device.sync()
    expected = [(1, number, "posted") for number in range(1, 10)] + [(2, number, "posted") for number in range(1, 5)]
    assert told(centre) == expected
    assert device.on_hand() == centre.on_hand()
    device.close()


def test_a_salvaged_device_sends_what_was_saved_and_then_asks_for_an_epoch(centre: Centre, tmp_path: Path) -> None:
    folder = tmp_path / "one"
    device = Handheld(folder).enrol(centre)
    post(device, 5)
    device.close()
    (folder / "cache.damaged").write_text('{"reason": "planted"}')
    open_store(folder, is_mending=True).close()
    device = Handheld(folder)
    post(device, 2)
    assert device.sync().waiting == 0
    assert told(centre) == [*((1, number, "posted") for number in range(1, 6)), (2, 1, "posted"), (2, 2, "posted")]
    assert device.on_hand() == centre.on_hand()
    device.close()


def test_a_copy_and_its_original_never_share_a_number(centre: Centre, tmp_path: Path) -> None:
    device = Handheld(tmp_path / "one").enrol(centre)
    back_up(tmp_path / "one", tmp_path / "copy.db")
    restore(tmp_path / "two", tmp_path / "copy.db")
    clone = Handheld(tmp_path / "two")
    post(clone)
    clone.sync()
    post(device)
    device.sync()
    assert [row[:2] for row in told(centre)] == [(1, 1), (2, 1)]
    device.close()
    clone.close()


def test_what_is_no_backup_changes_nothing(tmp_path: Path) -> None:
    filled(tmp_path).close()
    before = (tmp_path / CACHE_NAME).read_bytes()
    other = tmp_path / "other.db"
    other.write_bytes(b"no database")
    with pytest.raises(StoreError, match="not a whole cache"):
        restore(tmp_path, other)
    with pytest.raises(StoreError, match="no such file"):
        restore(tmp_path, tmp_path / "missing.db")
    assert (tmp_path / CACHE_NAME).read_bytes() == before
    owner = open_store(tmp_path)
    with pytest.raises(StoreBusyError):
        restore(tmp_path, other)
    owner.close()
    with pytest.raises(StoreError, match="no cache in"):
        back_up(tmp_path / "empty", tmp_path / "copy.db")
    assert scanner(config(tmp_path, tmp_path), "backup", str(tmp_path / "no" / "such")).returncode == 1


def test_a_folder_put_back_by_hand_is_found_out_and_loses_nothing(centre: Centre, tmp_path: Path) -> None:
    """Its numbers are used up: what it made since gets an epoch of its own, and somebody is told, once."""
    device = Handheld(tmp_path / "one").enrol(centre)
    post(device, 3)
    device.sync()
    device.close()
    shutil.copytree(tmp_path / "one", tmp_path / "image")
    device = Handheld(tmp_path / "one")
    post(device, 4)
    device.sync()
    device.close()
    shutil.rmtree(tmp_path / "one")
    shutil.copytree(tmp_path / "image", tmp_path / "one")
    device = Handheld(tmp_path / "one")
    assert Copied() not in device.store.notices
    post(device, 6)
    assert device.sync().waiting == 0
    first, again = [(1, number, "posted") for number in range(1, 10)], [(2, number, "posted") for number in range(1, 5)]
    assert told(centre) == first + again
    assert device.on_hand() == centre.on_hand()
    device.close()
    device = Handheld(tmp_path / "one")
    notices = Notices(device.store)
    assert [said.key for said in notices.unread()] == ["notice.copied"], "though it was ended before anybody looked"
    notices.was_read()
    device.close()
    device = Handheld(tmp_path / "one")
    assert device.store.notices == ()
    post(device)
    device.sync()
    assert told(centre) == [*first, *again, (2, 5, "posted")]
    device.close()


def test_two_copies_of_a_folder_at_work_at_once_lose_nothing(centre: Centre, tmp_path: Path) -> None:
    device = Handheld(tmp_path / "one").enrol(centre)
    post(device, 2)
    device.close()
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    twins = [Handheld(tmp_path / "one"), Handheld(tmp_path / "two")]
    for twin in (*twins, *twins):
        post(twin, 3)
        assert twin.sync().waiting == 0
    assert len(told(centre)) == 14
    assert {outcome for _, _, outcome in told(centre)} == {"posted"}
    assert [Copied() in twin.store.notices for twin in twins] == [False, True]
    for twin in twins:
        twin.sync()
        assert twin.on_hand() == centre.on_hand()
        twin.close()


def test_centre_and_device_both_put_back_have_everything_that_either_had(centre: Centre, tmp_path: Path) -> None:
    folder = tmp_path / "one"
    device = Handheld(folder).enrol(centre)
    post(device, 2)
    device.sync()
    back_up(folder, tmp_path / "device.db")
    backup = centre.backup(tmp_path / "central-copy.db")
    post(device, 3)
    device.sync()
    post(device, 1)
    device.close()
    centre.restore(backup)
    assert restore(folder, tmp_path / "device.db").taken_over == 4
    device = Handheld(folder)
    assert device.sync().waiting == 0
    assert told(centre) == [(1, number, "posted") for number in range(1, 7)]
    assert device.on_hand() == centre.on_hand()
    device.close()


def test_what_an_earlier_restore_has_replaced_is_taken_over_too(centre: Centre, tmp_path: Path) -> None:
    """A cache that was replaced by a program that took over only what was not sent."""
    folder = tmp_path / "one"
    device = Handheld(folder).enrol(centre)
    back_up(folder, tmp_path / "device.db")
    post(device, 2)
    device.sync()
    device.close()
    shutil.copytree(folder, folder / "replaced-1")
    restore(folder, tmp_path / "device.db")
    shutil.rmtree(folder / "replaced-2")
    shutil.copy(tmp_path / "device.db", folder / CACHE_NAME)
    assert restore(folder, tmp_path / "device.db").taken_over == 2


@pytest.mark.parametrize("is_told", [True, False], ids=["told", "in silence"])
def test_a_centre_put_back_from_a_copied_file_gets_again_what_it_lost(
    centre: Centre, tmp_path: Path, is_told: bool
) -> None:
    devices = [Handheld(tmp_path / name).enrol(centre, name) for name in ("one", "two")]
    for device in devices:
        post(device, 2)
        device.sync()
    backup = centre.backup(tmp_path / "central-copy.db")
    for device in devices:
        post(device, 3)
        device.sync()
    centre.restore(backup, is_told=is_told)
    for device in (*devices, *devices):
        assert device.sync().waiting == 0
    assert len(told(centre)) == 10
    assert {device.on_hand() == centre.on_hand() for device in devices} == {True}
    for device in devices:
        device.close()
