"""Enrolling a device once more: the same device under its name, never away from events that wait."""

import os
from pathlib import Path

import pytest

from scanner_app.app import sync_once
from scanner_app.config import Config, Device
from scanner_app.domain.events.event import Event
from scanner_app.enrolment import enrol_device
from scanner_app.errors import StoreError
from scanner_app.store.identity import Enrolment
from scanner_app.store.store import open_store
from tests.central.warehouse import SITE, move
from tests.sync.centre import Centre


def config(folder: Path, name: str) -> Config:
    return Config(device=Device(name=name, data_dir=str(folder)))


def record(folder: Path, enrolment: Enrolment) -> None:
    """Put one move into the journal, not sent yet."""
    store = open_store(folder)
    event = Event(
        id="01a2", device=enrolment.device, epoch=enrolment.epoch, sequence=1, entry=1, site=SITE, operator="w1",
        wall_us=1, monotonic_us=1, boot="b", program="t", fact=move("A", "B"),
    )  # fmt: skip
    with store.transaction:
        store.journal.post(event, None)
    store.close()


def test_a_device_that_has_events_waiting_keeps_its_name(centre: Centre, tmp_path: Path) -> None:
    folder = tmp_path / "device"
    first = enrol_device(config(folder, "bay 1"), os.environ, centre.url, centre.invite())
    record(folder, first)
    with pytest.raises(StoreError, match="enrol as bay 1"):
        enrol_device(config(folder, "bay 2"), os.environ, centre.url, centre.invite())
    again = enrol_device(config(folder, ""), os.environ, centre.url, centre.invite())
    assert (again.device, again.name) == (first.device, "bay 1")
    assert again.epoch > first.epoch
    done = sync_once(config(folder, ""), os.environ)
    assert (done.pushed, done.waiting, dict(done.outcomes)) == (1, 0, {"posted": 1})


def test_a_device_that_becomes_another_begins_its_pull_anew(centre: Centre, tmp_path: Path) -> None:
    folder = tmp_path / "device"
    enrol_device(config(folder, "bay 1"), os.environ, centre.url, centre.invite())
    assert sync_once(config(folder, ""), os.environ).pulled > 0
    enrol_device(config(folder, "bay 2"), os.environ, centre.url, centre.invite())
    store = open_store(folder)
    assert store.identity.position.cursor == 0
    store.close()
    assert sync_once(config(folder, ""), os.environ).pulled > 0
