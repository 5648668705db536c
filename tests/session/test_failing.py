"""A store that has failed lets the faces end, whatever else fails; a script that breaks tells the log where."""

import shutil
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from scanner_app.domain.capture.entry import Entry
from scanner_app.domain.trace import TRACE_LENGTH_MAX
from scanner_app.errors import StoreDamagedError
from scanner_app.store.entries.history import history
from scanner_app.workflows.engine.runner import Play
from tests.warehouse import PIN, Floor


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


def trace_in(floor: Floor) -> str:
    (broken,) = [one for one in history(floor.store.file.database) if one["outcome"] == "broken"]
    facts = broken["facts"]
    assert isinstance(facts, dict)
    return str(facts["trace"])


@pytest.mark.parametrize("together", [True, False], ids=("in a group", "alone"))
def test_a_script_that_breaks_tells_the_log_where_and_the_work_goes_on(
    floor: Floor, monkeypatch: pytest.MonkeyPatch, together: bool
) -> None:
    def breaks(_self: object, play: Play) -> None:
        if play.given:
            raise KeyError("no such thing \x1b[2J" + "x" * TRACE_LENGTH_MAX)

    floor.move()
    with monkeypatch.context() as patched:
        patched.setattr(type(floor.session.stack), "answer_looks", breaks)
        view = floor.burst("A-01-01", "100001") if together else floor.say("A-01-01")
        assert view.message == "Not understood. Tell your supervisor."
    trace = trace_in(floor)
    assert len(trace) == TRACE_LENGTH_MAX
    assert "\x1b" not in trace
    assert floor.say("key:F8", "A-01-01", "100001", "1").prompt == "Put where? Scan the place."
    assert floor.restart().prompt == "Put where? Scan the place."


def test_where_a_secret_is_entered_the_trace_tells_places_and_no_text(
    floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    floor.say("B-1001")

    def breaks(*_given: object, **_named: object) -> None:
        raise KeyError(PIN)

    monkeypatch.setattr(type(floor.session.guard), "attempt", breaks)
    floor.say(PIN)
    lines = trace_in(floor).splitlines()
    assert lines[-1] == "KeyError"
    assert lines[0].startswith("scanner_app/session/desk.py:")
    assert not any(str(Path.cwd()) in line for line in lines)
