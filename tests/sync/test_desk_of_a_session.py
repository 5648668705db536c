"""A supervisor's session, its work thread and the desk's thread against a real centre on loopback."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing

import msgspec
import pytest
from msgspec.structs import replace
from sqlalchemy import select

from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.domain.desk.heard import Heard
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.moved import Moved
from scanner_app.domain.people import Operator, Role
from scanner_app.domain.quantity import SCALE
from scanner_app.session.centre.asking import Asked
from scanner_app.session.guard import argon2_hash, argon2_verify
from scanner_app.session.view.view import View
from sync.central.database.tables import devices, events, ledger
from sync.device.desk import desk_of
from tests.central.decisions.orders import known, people
from tests.central.warehouse import move
from tests.sync.centre import Centre
from tests.sync.handheld import Handheld, stamp, until

PIN, NEW = "739205", "730264"
BOSS = Operator("s1", "Supervisor 1", "b-s1", argon2_hash(PIN.encode()), (Role.WORKER, Role.SUPERVISOR))
SCANS_P99_S = 0.25
"""Far below what a work thread that waited for the centre would need."""


class Worker:
    """Who sits at the device: what is typed, each line when its prompt is there."""

    def __init__(self, device: Handheld) -> None:
        assert device.seat is not None
        self.seat = device.seat

    def say(self, *texts: str) -> View:
        for text in texts:
            handled = self.seat.handled()
            self.seat.submit(Entry(text.encode(), Source.KEYBOARD, stamp()))
            until(lambda before=handled: self.seat.handled() > before, text)  # type: ignore[misc]
        return self.view

    @property
    def view(self) -> View:
        return self.seat.views.latest()

    def comes_to(self, prompt: str) -> View:
        until(lambda: self.view.prompt == prompt, f"{prompt} and not {self.view.prompt}")
        return self.view


@pytest.fixture
def device(centre: Centre, handheld: Handheld) -> Handheld:
    with closing(centre.store()) as store:
        people(store, BOSS)
    handheld.sync()
    handheld.start()
    assert handheld.seat is not None
    session = handheld.seat._session
    tools = replace(session.tools, hash=argon2_hash, verify=argon2_verify)
    session.tools, session.guard = tools, replace(session.guard, tools=tools)
    return handheld


@pytest.fixture
def worker(device: Handheld) -> Iterator[Worker]:
    enrolment = device.store.identity.enrolment
    assert device.seat is not None
    assert device.work is not None
    assert enrolment is not None
    desk = desk_of(enrolment, device.settings)
    device.work.call(lambda: device.seat.reach(desk.ask)).result(10)  # type: ignore[union-attr]
    worker = Worker(device)
    worker.say("b-s1", PIN)
    yield worker
    desk.stop()


def revoked(device: Handheld, centre: Centre) -> bool:
    with closing(centre.store()) as store, store.reading() as connection:
        return bool(connection.execute(select(devices.c.revoked).where(devices.c.name == "two")).scalar_one())


def test_a_supervisor_revokes_a_device_by_their_own_pin(
    worker: Worker, device: Handheld, centre: Centre, another: Callable[[str], Handheld]
) -> None:
    another("two")
    worker.say(".m", "92")
    view = worker.comes_to("Which device? Type its number.")
    number = next(line.label for line in view.listed if line.text.startswith("two"))
    worker.say(number, "2", "1", "4711", "000000")
    until(lambda: worker.view.halted, "a wrong PIN is said")
    assert worker.view.message == "Wrong PIN, says the centre. Again."
    assert not revoked(device, centre)
    worker.say(".k", PIN)
    until(lambda: worker.view.message == "two is trusted no more.", worker.view.message)
    assert revoked(device, centre)


def test_somebody_changes_their_own_pin(worker: Worker, centre: Centre) -> None:
    worker.say(".m", "78", NEW, NEW, "4711", PIN)
    until(lambda: worker.view.message == "The PIN of s1 is changed.", worker.view.message)
    with closing(centre.store()) as store:
        assert argon2_verify(known(store, "s1").verifier, NEW.encode())


def listed(worker: Worker) -> None:
    """Have all that waits listed."""
    worker.say(".m", "91")
    until(lambda: worker.view.listed != (), "what waits by kind")
    worker.say("0")


def test_what_waits_is_decided_and_gone(worker: Worker, device: Handheld) -> None:
    device.move("A", "CLOSED", operator="w1")
    until(lambda: device.waiting == 0, "the move is sent")
    listed(worker)
    view = worker.comes_to("1: 0.00. Open one, 0: many.")
    assert view.listed[0].text == "1 EA A NUT: look at it Nut"
    worker.say("1")
    worker.comes_to("Your word on it? Type its number.")
    time.sleep(0.35)
    worker.say("1")
    worker.say("1", PIN, "4711")
    worker.comes_to("Nothing waits here. .r asks again.")
    until(lambda: device.waiting == 0, "the word is sent")
    worker.say(".r")
    worker.comes_to("Nothing waits here. .r asks again.")


def test_what_nobody_knew_is_named_and_booked_when_it_happened(
    worker: Worker, device: Handheld, centre: Centre
) -> None:
    device.move(fact=of_unknown_goods())
    until(lambda: device.waiting == 0, "the move is sent")
    assert device.outcomes() == [("held", '["unknown_item"]')]
    listed(worker)
    worker.comes_to("1: 0.00. Open one, 0: many.")
    worker.say("1")
    worker.comes_to("Your word on it? Type its number.")
    time.sleep(0.35)
    worker.say("5", "222", "1", PIN, "4711")
    worker.comes_to("Nothing waits here. .r asks again.")
    until(lambda: device.outcomes()[0][0] == "posted", "it is booked")
    worker.say(".r")
    worker.comes_to("Nothing waits here. .r asks again.")
    booked = select(events.c.payload, ledger.c.item, ledger.c.quantity, ledger.c.effective_us).where(
        events.c.kind == "moved", ledger.c.device == events.c.device, ledger.c.sequence == events.c.sequence
    )
    with closing(centre.store()) as store, store.reading() as connection:
        rows = connection.execute(booked).all()
    event = msgspec.json.decode(rows[0].payload, type=Event)
    assert [(row.item, abs(row.quantity)) for row in rows] == [("NUT", 24 * SCALE)] * 4, "two cases of twelve"
    assert {row.effective_us for row in rows} == {event.fact.last_us + event.offset_us}
    until(lambda: device.on_hand() == centre.on_hand(), "the device has it, too")


def of_unknown_goods() -> Moved:
    """Two of something that nobody knows, taken and put at this moment."""
    now_us = stamp().wall_us
    return Moved(tuple(replace(leg, wall_us=now_us) for leg in move("A", "B", 2, "WHAT").legs))


def test_scans_wait_for_no_reply(worker: Worker, device: Handheld) -> None:
    """A centre that says nothing: whoever asked it, and everybody else at this thread, goes on at once."""
    asked: list[Asked] = []
    gate = threading.Event()

    def silent(one: Asked, _tell: Callable[[Heard], None]) -> None:
        asked.append(one)
        gate.set()

    assert device.seat is not None
    assert device.work is not None
    device.work.call(lambda: device.seat.reach(silent)).result(10)  # type: ignore[union-attr]
    taken = []
    for _ in range(20):
        for text in (".m", "92", "1", ".b"):
            before = time.monotonic()
            worker.say(text)
            taken.append(time.monotonic() - before)
    assert len(asked) == 20
    assert sorted(taken)[int(len(taken) * 0.99)] < SCANS_P99_S


def test_without_a_connection_that_is_said_and_nothing_hangs(worker: Worker, centre: Centre) -> None:
    centre.stop()
    before = time.monotonic()
    worker.say(".m", "92")
    view = worker.comes_to("The centre says no. 1 asks again.")
    assert time.monotonic() - before < 5.0
    assert "The centre does not answer. Try again." in [line.text for line in view.listed]
    centre.start()
    worker.say("1")
    worker.comes_to("Which device? Type its number.")
