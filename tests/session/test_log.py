"""The write-ahead log stays short behind a long pull, though the work thread is never idle."""

from concurrent.futures import Future
from functools import partial

import pytest

from tests.warehouse import Floor


@pytest.mark.parametrize(("idle_s", "is_long"), [(0.0, False), (3_600.0, True)])
def test_a_long_log_is_moved_between_jobs_when_nobody_scans(
    floor: Floor, monkeypatch: pytest.MonkeyPatch, idle_s: float, is_long: bool
) -> None:
    monkeypatch.setattr("scanner_app.store.file.WAL_BYTES_MAX", 0)
    monkeypatch.setattr("scanner_app.store.file.WAL_BYTES_LONG", 64 * 1024)
    monkeypatch.setattr("scanner_app.session.worker.IDLE_S", idle_s)
    store = floor.desk.store
    worker, seat = floor.worker()
    seat.submit(floor.entry("A-01-01"))

    def pull(number: int) -> None:
        with store.transaction:
            store.identity.set_exchanged(number)

    for number in range(100):
        worker.call(partial(pull, number))
    looked: Future[bool] = worker.call(lambda: store.file.is_log_long)
    worker.start()
    try:
        assert looked.result(30) is is_long
    finally:
        worker.stop()
