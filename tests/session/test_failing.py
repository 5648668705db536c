"""A work thread whose store has failed lets the faces end, whatever else fails with it."""

import shutil
import threading
from collections.abc import Sequence

import pytest

from scanner_app.domain.capture.entry import Entry
from scanner_app.errors import StoreDamagedError
from tests.warehouse import Floor


def test_a_disk_that_takes_no_note_of_the_damage_does_not_keep_the_program(
    floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_entries: Sequence[Entry]) -> None:
        shutil.rmtree(floor.store.file.path.parent)
        raise StoreDamagedError("The cache is damaged.")

    monkeypatch.setattr(floor.desk, "take", fail)
    worker, seat = floor.worker()
    has_ended = threading.Event()
    seat.views.subscribe(lambda: has_ended.set() if seat.views.latest().finished else None)
    worker.start()
    seat.submit(floor.entry("A-01-01"))
    assert has_ended.wait(10)
    assert isinstance(worker.failure, StoreDamagedError)
