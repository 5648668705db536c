"""Jobs hold back behind an entry, so that its picture is painted first; what is short does not."""

from concurrent.futures import Future

import pytest

from scanner_app.errors import ScannerError
from tests.warehouse import Floor


def test_only_what_is_short_goes_before_the_picture(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scanner_app.session.worker.GAP_S", 60.0)
    monkeypatch.setattr("scanner_app.session.worker.GAP_S_MAX", 60.0)
    worker, seat = floor.worker()
    seat.submit(floor.entry("A-01-01"))
    worker.start()
    try:
        assert worker.call(seat.handled, is_short=True).result(10) == 1
        long: Future[int] = worker.call(seat.handled)
        with pytest.raises(TimeoutError):
            long.result(0.2)
        assert worker.call(seat.handled, is_short=True).result(10) == 1
    finally:
        worker.stop()


def test_what_the_work_thread_asks_for_itself_is_done_before_a_face_is_told(floor: Floor) -> None:
    """So what is to be sent is taken while nothing else wants the interpreter; what it raises is for who waits."""
    worker, seat = floor.worker()
    told: list[object] = []

    def fail() -> None:
        raise ScannerError("Nothing can be taken.")

    def ask() -> None:
        taken = worker.call(lambda: told.append("taken"), is_short=True)
        failed = worker.call(fail, is_short=True)
        told.extend((taken.done(), type(failed.exception(0))))

    seat.views.subscribe(lambda: told.append("face"))
    seat.views.subscribe(ask, is_first=True)
    worker.start()
    try:
        seat.submit(floor.entry("A-01-01"))
        worker.call(lambda: None).result(10)
    finally:
        worker.stop()
    assert told[:4] == ["taken", True, ScannerError, "face"]
    assert worker.failure is None
