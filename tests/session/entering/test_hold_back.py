"""Jobs hold back behind an entry, so that its picture is painted first; what is short does not."""

from concurrent.futures import Future

import pytest

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
