"""Practice has no centre to ask: whatever is done there is not practised, and whoever tries it is told so."""

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from scanner_app.demo.people import signed
from scanner_app.demo.scale import SMALL
from scanner_app.demo.warehouse import make_warehouse
from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.domain.people import Role
from scanner_app.session.view.view import View
from scanner_app.store.store import open_store
from scanner_app.training import course
from scanner_app.workflows.library import load
from scanner_app.workflows.menu import ROWS, number_of
from tests.training.test_coach import Pupil

ASKS, ORDERS = "reply", "order"
"""The slots of what the centre answers, and of what it does."""
NEW_PIN = "284915"
TOLD = "Practice has no centre to ask."


def _names(slot: str) -> list[str]:
    """The processes of the menu that go to the centre first thing, or with an order."""
    scripts = load()
    return [one.name for top in ROWS for one in top.group if one.name in scripts and slot in scripts[one.name].slots]


ASKING = _names(ASKS)
ORDERING = [name for name in _names(ORDERS) if name not in ASKING]


class Boss(Pupil):
    """A supervisor, whom no training has, at a training."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.station.worker.call(lambda: self.station.seat.reach(course._without_centre)).result(10)

    def types(self, *texts: str) -> View:
        """Each behind the reply to the one before."""
        for text in texts:
            self.station.seat.submit(Entry(text.encode(), Source.KEYBOARD, self.station.clock.stamp()))
            for _ in range(3):
                self.station.worker.call(lambda: None).result(10)
        return self.station.seat.views.latest()


@pytest.fixture
def boss(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Boss]:
    supervisor = next(one for one in make_warehouse(SMALL).operators if Role.SUPERVISOR in one.roles)
    fill = course.fill

    def filled(folder: Path, warehouse: object) -> None:
        fill(folder, make_warehouse(SMALL))
        with closing(open_store(folder)) as store, store.transaction:
            store.feed.put([(10**6, signed(supervisor, 1))])

    monkeypatch.setattr("tests.training.test_coach.fill", filled)
    boss = Boss(tmp_path)
    boss.types(supervisor.badge, supervisor.pin)
    yield boss
    boss.station.close()


def test_every_process_of_the_desk_is_looked_at() -> None:
    assert {"decide", "devices", "people"} <= set(ASKING)
    assert ORDERING == ["my_pin"]


@pytest.mark.parametrize("name", ASKING)
def test_what_asks_the_centre_is_told_that_there_is_none(boss: Boss, name: str) -> None:
    view = boss.types(".m", number_of(name))
    assert TOLD in [line.text for line in view.listed], view
    assert TOLD in [line.text for line in boss.types("1").listed], "again, it is the same"


@pytest.mark.parametrize("name", ORDERING)
def test_what_orders_something_is_told_at_its_end(boss: Boss, name: str) -> None:
    view = boss.types(".m", number_of(name), NEW_PIN, NEW_PIN)
    digits = re.findall(r"\d+", view.prompt)
    assert digits, view
    assert boss.types(digits[0], "284916").message == TOLD


def test_a_worker_of_the_training_is_offered_none_of_it(tmp_path: Path) -> None:
    pupil = Pupil(tmp_path)
    try:
        pupil.does("B-1001", pupil.handout.operators[0].pin)
        for name in ASKING:
            pupil.does("key:F8", ".m", number_of(name))
            assert pupil.station.session.play.script.name == "menu"
    finally:
        pupil.station.close()
