"""Enrolling a device once more: it stays itself, whatever it is called, and never leaves events that wait."""

import os
from pathlib import Path

import pytest
from msgspec.structs import replace

from scanner_app.app import sync_once
from scanner_app.config import Config, Device, Sync
from scanner_app.domain.events.event import Event
from scanner_app.enrolment import enrol_device, move_centre
from scanner_app.errors import RefusedError, StoreError
from scanner_app.store.identity import Enrolment
from scanner_app.store.store import open_store
from sync.central.exchange.threads import now_us
from tests.central.warehouse import SITE, move
from tests.sync.centre import Centre


def config(folder: Path, name: str) -> Config:
    return Config(device=Device(name=name, data_dir=str(folder)))


def record(folder: Path, enrolment: Enrolment) -> None:
    """Put one move into the journal, made just now and not sent yet."""
    store = open_store(folder)
    event = Event(
        id="01a2", device=enrolment.device, epoch=enrolment.epoch, sequence=1, entry=1, site=SITE, operator="w1",
        wall_us=1, monotonic_us=1, boot="b", program="t", fact=move("A", "B", at_us=now_us() - 60_000_000),
    )  # fmt: skip
    with store.transaction:
        store.journal.post(event, None)
    store.close()


def test_a_device_stays_itself_under_any_code_of_its_site(centre: Centre, tmp_path: Path) -> None:
    """Its token says who it is, whatever the code was made for; the name that somebody chose is its label."""
    folder = tmp_path / "device"
    first = enrol_device(config(folder, "bay 1"), os.environ, centre.url, centre.invite())
    record(folder, first)
    again = enrol_device(config(folder, "bay 2"), os.environ, centre.url, centre.invite())
    assert (again.device, again.name) == (first.device, "bay 2")
    assert again.epoch > first.epoch
    third = enrol_device(config(folder, ""), os.environ, centre.url, centre.invite())
    assert (third.device, third.name) == (first.device, "bay 2")
    done = sync_once(config(folder, ""), os.environ)
    assert (done.pushed, done.waiting, dict(done.outcomes)) == (1, 0, {"posted": 1})


def test_a_device_that_has_events_waiting_does_not_become_another(centre: Centre, tmp_path: Path) -> None:
    folder = tmp_path / "device"
    first = enrol_device(config(folder, "bay 1"), os.environ, centre.url, centre.invite())
    record(folder, first)
    code = centre.invite()
    with pytest.raises(StoreError, match=f"enrol it as bay 1 again: .* --site {SITE} --for {first.device}"):
        enrol_device(config(folder, "bay 2"), os.environ, centre.url, code, is_new=True)
    assert enrol_device(config(folder, ""), os.environ, centre.url, code).device == first.device, "the code is good"


def test_a_copy_of_a_device_becomes_one_of_its_own_under_another_name(centre: Centre, tmp_path: Path) -> None:
    folder = tmp_path / "device"
    first = enrol_device(config(folder, "bay 1"), os.environ, centre.url, centre.invite())
    assert sync_once(config(folder, ""), os.environ).pulled > 0
    code = centre.invite()
    with pytest.raises(RefusedError, match="Another device has that name"):
        enrol_device(config(folder, "bay 1"), os.environ, centre.url, code, is_new=True)
    copied = enrol_device(config(folder, "bay 1"), os.environ, centre.url, code, name="bay 2", is_new=True)
    assert (copied.device != first.device, copied.name) == (True, "bay 2")
    store = open_store(folder)
    assert store.identity.position.cursor == 0
    store.close()
    assert sync_once(config(folder, ""), os.environ).pulled > 0


def test_a_folder_that_was_lost_is_enrolled_as_the_device_that_it_was(centre: Centre, tmp_path: Path) -> None:
    first = enrol_device(config(tmp_path / "lost", "bay 1"), os.environ, centre.url, centre.invite())
    again = enrol_device(config(tmp_path / "new", ""), os.environ, centre.url, centre.invite(again="bay 1"))
    assert (again.device, again.name) == (first.device, "bay 1")
    assert again.epoch > first.epoch
    with pytest.raises(RefusedError, match="enrol"):
        sync_once(config(tmp_path / "lost", ""), os.environ)


def test_a_token_goes_to_the_host_that_gave_it_or_where_it_is_told_to(centre: Centre, tmp_path: Path) -> None:
    folder = tmp_path / "device"
    enrol_device(config(folder, "bay 1"), os.environ, centre.url, centre.invite())
    elsewhere = centre.url.replace("127.0.0.1", "localhost")
    there = replace(config(folder, ""), sync=Sync(url=elsewhere))
    with pytest.raises(RefusedError, match=f"names {elsewhere}, which would get its token.*scanner moved {elsewhere}"):
        sync_once(there, os.environ)
    same_host = replace(config(folder, ""), sync=Sync(url=f"{centre.url}/"))
    assert sync_once(same_host, os.environ).waiting == 0
    assert move_centre(there, os.environ, elsewhere) == centre.url
    assert sync_once(there, os.environ).waiting == 0
