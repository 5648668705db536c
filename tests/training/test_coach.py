"""The coach tells what to scan, praises, corrects, and finds the way back into the lesson."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from scanner_app.app import Station
from scanner_app.config import Config, Device, EntryLimits
from scanner_app.demo.handout import Handout, make_handout
from scanner_app.demo.scale import SMALL
from scanner_app.demo.warehouse import make_warehouse
from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.session.view.view import View
from scanner_app.training.coach import Coach
from scanner_app.training.course import fill
from scanner_app.training.lessons import lessons


class Pupil:
    """A worker in the training who does one thing at a time."""

    def __init__(self, folder: Path) -> None:
        warehouse = make_warehouse(SMALL)
        fill(folder, warehouse)
        self.handout: Handout = make_handout(warehouse)
        own, at_once = Device(data_dir=str(folder), ballast_mb=0), EntryLimits(confirm_delay_ms=0)
        self.station = Station(Config(device=own, entry=at_once), {})
        self.coach = Coach(
            self.station.session, self.station.seat.views, self.station.seat.submit, lessons(self.handout)
        )
        self.station.start()

    def does(self, *codes: str) -> View:
        for code in codes:
            key = code.removeprefix("key:") if code.startswith("key:") else ""
            raw = b"" if key else code.encode()
            self.coach.submit(Entry(raw, Source.KEYBOARD, self.station.clock.stamp(), key=key))
            self.station.worker.call(lambda: None).result(10)
        return self.coach.latest()

    def told(self) -> list[str]:
        """What the coach says: the note, and what to do now."""
        lines = self.coach.latest().lines[-3:]
        return [f"{line.label}: {line.text}" if line.label else line.text for line in lines]


@pytest.fixture
def pupil(tmp_path: Path) -> Iterator[Pupil]:
    pupil = Pupil(tmp_path)
    yield pupil
    pupil.station.close()


def test_every_screen_is_marked_and_says_what_to_do(pupil: Pupil) -> None:
    view = pupil.coach.latest()
    assert view.title == "TRAINING Sign in"
    assert pupil.told() == ["Signing in: first your badge.", "Scan: B-1001"]
    pupil.does("B-1001", pupil.handout.operators[0].pin)
    assert pupil.told() == ["Right. 2 of 51 done.", "On to the next lesson: the menu.", "Press: F2 .m"]


def test_all_lessons_done_as_told_are_praised_and_the_next_scan_ends(pupil: Pupil) -> None:
    view = pupil.does(*pupil.coach.codes)
    assert not view.finished
    assert [line.text for line in view.lines[-2:]] == [
        "Well done. 51 of 51 at once.",
        "Nothing was booked. Scan to end.",
    ]
    assert pupil.does("anything").finished


def test_another_code_is_corrected_and_the_same_step_comes_again(pupil: Pupil) -> None:
    pupil.does("B-9999")
    assert pupil.told()[-2:] == ["It stopped. Say that you saw it:", "Press: F8 .k"]
    pupil.does(".k", "B-1001")
    assert pupil.told()[0] == "Right. 1 of 51 done."
    assert pupil.coach.wrong == {0}


def test_a_command_is_right_in_any_of_its_forms(pupil: Pupil) -> None:
    pupil.does("B-1001", pupil.handout.operators[0].pin, "key:F2")
    assert pupil.told()[0] == "Right. 3 of 51 done."


def test_a_mistake_that_nobody_asked_for_is_to_be_acknowledged(pupil: Pupil) -> None:
    pupil.does(*pupil.coach.codes[:4])
    pupil.does("NONSENSE")
    assert pupil.told()[1:] == ["It stopped. Say that you saw it:", "Press: F8 .k"]
    pupil.does(".k", pupil.handout.plain[0].place)
    assert pupil.told()[0] == "Right. 5 of 51 done."


def test_who_leaves_the_lesson_begins_it_again(pupil: Pupil) -> None:
    pupil.does(*pupil.coach.codes[:6])
    pupil.does(".i")
    assert pupil.told() == ["Not as told. This lesson once more:", "On to the next lesson: the menu.", "Press: F2 .m"]
    pupil.does(*pupil.coach.codes[2:5])
    assert pupil.told()[0] == "Right. 5 of 51 done."


def test_an_entry_is_not_looked_at_by_a_view_of_something_else(pupil: Pupil) -> None:
    held = threading.Event()
    pupil.station.worker.call(held.wait)
    pupil.coach.submit(Entry(b"B-1001", Source.KEYBOARD, pupil.station.clock.stamp()))
    pupil.station.seat.views.put(pupil.station.seat.views.latest())
    assert pupil.coach.is_behind
    held.set()
    pupil.station.worker.call(lambda: None).result(10)
    assert not pupil.coach.is_behind
