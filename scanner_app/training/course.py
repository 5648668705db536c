"""The training, set up and running: a demo warehouse in a room of its own, a coach, and no centre at all."""

import os
import sys
import threading
from collections.abc import Callable
from itertools import chain
from pathlib import Path

from msgspec.structs import replace

from devices.readers.replay import ReplayReader
from scanner_app.app import Station
from scanner_app.config import Config, Guard
from scanner_app.demo.handout import make_handout
from scanner_app.demo.people import signed
from scanner_app.demo.scale import SMALL
from scanner_app.demo.sheet import sheet
from scanner_app.demo.warehouse import Warehouse, make_warehouse, rows
from scanner_app.domain.capture.entry import Entry
from scanner_app.domain.desk.heard import Heard
from scanner_app.domain.desk.replies import Refused, Why
from scanner_app.domain.reasons import STARTING
from scanner_app.outfit import manner_of
from scanner_app.readers import reading
from scanner_app.session.centre.asking import Asked
from scanner_app.signals import ends_when_told
from scanner_app.store.identity import Enrolment
from scanner_app.store.store import open_store
from scanner_app.training.coach import Coach
from scanner_app.training.lessons import lessons
from scanner_app.training.room import Room
from scanner_app.workflows.engine.commands import barcodes

_SEED = 1
_HANDLED_S_MAX = 10.0
_END = "end"
Tell = Callable[[str], None]


def codes_page() -> str:
    """All codes of the training as barcodes to print: they are the same every time."""
    return sheet(make_handout(make_warehouse(SMALL, _SEED)), barcodes())


def train(config: Config, tell: Tell) -> None:
    """Teach whoever is at the terminal, or at standard input, until all is done or they leave."""
    with Room() as folder:
        _run(private_config(config, folder), None, tell)


def show(config: Config, rate_per_s: float, tell: Tell) -> None:
    """Play the lessons by themselves, so many entries a second: no trigger bounces, so a repetition is meant."""
    with Room() as folder:
        private = private_config(config, folder)
        entry = replace(private.entry, confirm_delay_ms=0)
        _run(replace(private, entry=entry), rate_per_s, tell)


def private_config(config: Config, folder: Path) -> Config:
    """The configuration with everything of the real device left out but its scanner and its looks.

    There is nothing to lock away, and who learns has no PIN to come back with.
    """
    return Config(
        device=replace(config.device, name="training", data_dir=str(folder), ballast_mb=0),
        entry=config.entry,
        serial=config.serial,
        guard=Guard(idle_lock_s=0),
    )


def _run(config: Config, rate_per_s: float | None, tell: Tell) -> None:
    warehouse = make_warehouse(SMALL, _SEED)
    fill(Path(config.device.data_dir), warehouse)
    station = Station(config, os.environ)
    ends_when_told()
    coach = Coach(station.session, station.seat.views, station.seat.submit, lessons(make_handout(warehouse)))
    station.start()
    station.worker.call(station.session.clock.learn)
    station.worker.call(lambda: station.seat.reach(_without_centre))
    try:
        if rate_per_s is None:
            _taught(station, coach, config)
        else:
            _shown(station, coach, config, rate_per_s, tell)
    finally:
        station.close()
    tell(station.session.language.said(coach.summary))


def _without_centre(asked: Asked, tell_heard: Callable[[Heard], None]) -> None:
    """Nothing of the desk is practised: whoever asks there is told so."""
    tell_heard(Heard(ask=asked.id, reply=Refused(why=Why.PRACTICE)))


def fill(folder: Path, warehouse: Warehouse) -> None:
    """Make a cache that has pulled the demo warehouse and one operator, from no centre."""
    store = open_store(folder)
    try:
        with store.transaction:
            store.identity.enrol(Enrolment("training", 1, "DC1", "", ""))
            people = (signed(person, _SEED) for person in warehouse.operators[:1])
            store.feed.put(enumerate(chain(rows(SMALL, _SEED, with_operators=False), people, STARTING), 1))
    finally:
        store.close()


def _taught(station: Station, coach: Coach, config: Config) -> None:
    _submit, stamp, tell, answer_through = station.inlet
    with reading(config, coach.submit, stamp, tell, answer_through):
        _face(station, coach, config)


def _face(station: Station, coach: Coach, config: Config) -> None:
    """The screen on a terminal; else line by line on standard input and output."""
    stamp, length_max = station.clock.stamp, config.entry.length_max
    if sys.stdin.isatty():
        from screens.face import run_face

        run_face(coach, coach.submit, stamp, entry_length_max=length_max, manner=manner_of(config.device))
    else:
        from screens.line import run_line

        run_line(coach, coach.submit_many, stamp, station.seat.handled, 0, 1, entry_length_max=length_max)


def _shown(station: Station, coach: Coach, config: Config, rate_per_s: float, tell: Tell) -> None:
    """The replay device scans what the lessons say, each entry after the one before has been dealt with."""
    script = Path(config.device.data_dir) / "lessons.txt"
    script.write_text("\n".join([*coach.codes, _END]) + "\n", encoding="utf-8")
    reader = ReplayReader(script, _paced(station, coach), station.clock.stamp, rate_per_s=rate_per_s)
    if not sys.stdin.isatty():
        coach.subscribe(lambda: tell(_told(coach)))
    reader.start()
    try:
        if sys.stdin.isatty():
            _face(station, coach, config)
        else:
            reader.wait()
    finally:
        reader.stop()


def _paced(station: Station, coach: Coach) -> Callable[[Entry], None]:
    """Wait behind each entry until the coach has looked at it: a view may also come of the condition of the device.

    And until it counts as shown, so that the next entry may confirm.
    """
    has_looked = threading.Event()
    coach.subscribe(has_looked.set)

    def submit(entry: Entry) -> None:
        has_looked.clear()
        coach.submit(entry)
        while coach.is_behind and has_looked.wait(_HANDLED_S_MAX):
            has_looked.clear()
        station.worker.call(lambda: None).result(_HANDLED_S_MAX)

    return submit


def _told(coach: Coach) -> str:
    """What a face would show last of all, in one line."""
    view = coach.latest()
    lines = [f"{line.label}: {line.text}" if line.label else line.text for line in view.lines[-3:]]
    return f"{view.title} | {view.prompt} | {view.message} | {' | '.join(lines)}"
