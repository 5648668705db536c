"""The status says how the device is doing and why, follows what happens, and keeps nothing of it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from scanner_app.domain.capture.reader_state import ReaderState, ReaderTold, ReaderWhy, state_of
from scanner_app.errors import BusyError, LinkError, OutdatedError, RefusedError, StoreFailedError, StrangerError
from scanner_app.session.condition import READERS
from scanner_app.session.seat import Seat
from scanner_app.session.view.view import Line, Link, Pull, Scanner, View
from scanner_app.session.worker import WorkThread
from scanner_app.store.identity import Position
from sync.device.reasons import reason_of
from tests.warehouse import GTIN, Floor


@contextmanager
def at_work(floor: Floor) -> Iterator[tuple[WorkThread, Seat]]:
    worker, seat = floor.worker()
    worker.start()
    yield worker, seat
    worker.stop()


def settled(worker: WorkThread, seat: Seat) -> View:
    """The newest view, when all that was asked of the thread is done."""
    worker.call(lambda: None).result(10)
    worker.call(lambda: None).result(10)
    return seat.views.latest()


def shown(worker: WorkThread, seat: Seat) -> list[str]:
    return [f"{line.label}: {line.text}" if line.label else line.text for line in settled(worker, seat).listed]


def test_everything_about_the_device_in_words(floor: Floor) -> None:
    floor.move()
    floor.say("A-01-01", GTIN, "5", "A-01-05")
    with floor.store.transaction:
        floor.store.identity.set_exchanged(floor.clock.now_us)
    with at_work(floor) as (worker, seat):
        seat.submit(floor.entry(".s"))
        worker.set_link(Link.OFFLINE, reason_of(LinkError("No route.")))
        seat.tell_reader(ReaderTold("GUN-1", ReaderState.MISSING, ReaderWhy.GONE))
        lines = shown(worker, seat)
    assert lines == [
        "Link: off line",
        "The centre does not answer. Work on.",
        "Synced: 23:13",
        "Waiting: 1",
        "No centre since 23:13.",
        "Nothing is lost; it goes out by itself.",
        "Scanner: GUN-1 is gone. Check its plug.",
        "Time: 23:14",
        "Program: test",
        "Device: dev-1",
    ]


def test_every_reader_has_a_line_and_those_that_do_not_read_come_first(floor: Floor) -> None:
    floor.sign_in()
    with at_work(floor) as (worker, seat):
        seat.submit(floor.entry(".s"))
        for name, why in (("GUN-1", ReaderWhy.NOTHING), ("GUN-2", ReaderWhy.GONE), ("GUN-3", ReaderWhy.NOISE)):
            seat.tell_reader(ReaderTold(name, state_of(why), why))
        lines = [line for line in shown(worker, seat) if line.startswith("Scanner: ")]
        status = settled(worker, seat).status
        seat.tell_reader(ReaderTold("GUN-2", ReaderState.READY))
        after = settled(worker, seat).status
    assert lines == [
        "Scanner: GUN-2 is gone. Check its plug.",
        "Scanner: GUN-1 is ready",
        "Scanner: GUN-3: noise. Check its speed.",
    ]
    assert (status.scanner, status.scanner_name) == (Scanner.LOST, "GUN-2")
    assert (after.scanner, after.scanner_name) == (Scanner.READY, "GUN-1, GUN-2, GUN-3"), "it comes back by itself"


def test_there_are_words_for_every_reason() -> None:
    assert set(READERS) == set(ReaderWhy)


def test_the_status_line_is_there_at_every_question(floor: Floor) -> None:
    with at_work(floor) as (worker, seat):
        worker.call(floor.session.clock.learn)
        seat.tell_reader(ReaderTold("GUN-1", ReaderState.READY))
        worker.set_link(Link.ONLINE)
        status = settled(worker, seat).status
    assert (status.link, status.scanner, status.scanner_name, status.trouble) == (
        Link.ONLINE,
        Scanner.READY,
        "GUN-1",
        "",
    )
    assert status.local_us == 3_600_000_000, "Berlin in November"


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (LinkError("x"), "The centre does not answer. Work on."),
        (BusyError("x", 5.0), "The centre is busy and is asked later."),
        (StrangerError("x"), "Another program answers. Tell IT."),
        (RefusedError("x"), "Refused by the centre. Tell IT."),
        (OutdatedError("x"), "Program too old for the centre. Tell IT."),
        (StoreFailedError("x"), "The exchange failed here. Tell IT."),
    ],
)
def test_each_reason_has_its_sentence(floor: Floor, error: Exception, sentence: str) -> None:
    with at_work(floor) as (worker, seat):
        worker.set_link(Link.REFUSED, reason_of(error))
        assert settled(worker, seat).status.trouble == sentence
        worker.set_link(Link.ONLINE)
        assert settled(worker, seat).status.trouble == ""


def test_a_first_fetch_is_followed_and_goes_on_after_a_restart(floor: Floor) -> None:
    identity = floor.store.identity
    with floor.store.transaction:
        identity.set_whole(False)
        identity.move_to(Position("epoch", 5_000))
    identity.site_version = 20_000
    with at_work(floor) as (worker, seat):
        seat.submit(floor.entry(".s"))
        assert settled(worker, seat).status.pull == Pull(4_800, 20_000, is_first=True)
        assert {"Fetched: 24 %", "First fetch. You may work or leave."} <= set(shown(worker, seat))
    floor.restart()
    assert not floor.store.identity.is_whole
    assert floor.store.identity.position.cursor == 5_000
    with at_work(floor) as (worker, seat):
        assert settled(worker, seat).status.pull is None, "nobody can tell before the centre has said how far it is"
        floor.store.identity.site_version = 20_000
        assert settled(worker, seat).status.pull == Pull(4_800, 20_000, is_first=True)


def test_small_news_are_not_worth_a_word(floor: Floor) -> None:
    with at_work(floor) as (worker, seat):
        cursor = floor.store.identity.position.cursor
        floor.store.identity.site_version = cursor + 100
        assert settled(worker, seat).status.pull is None
        floor.store.identity.site_version = cursor + 10_000
        assert settled(worker, seat).status.pull == Pull(0, 10_000)


def test_status_is_a_detour_also_before_signing_in(floor: Floor) -> None:
    assert floor.say("key:F11").title == "Status"
    assert floor.say(GTIN).message == "That is an item. Go back: F3 or .b"
    assert floor.restart().title == "Status"
    assert floor.say(".k", ".b").title == "Sign in"
    floor.move()
    floor.say("A-01-01", "CMD:STATUS")
    view = floor.say(".b")
    assert (view.title, view.lines) == ("Move", (Line("A-01-01", "From"),))


def test_a_device_that_is_refused_is_not_said_to_go_on_by_itself(floor: Floor) -> None:
    """It was revoked, or enrolled again elsewhere: somebody has to act."""
    floor.move()
    floor.say("A-01-01", GTIN, "5", "A-01-05")
    with at_work(floor) as (worker, seat):
        seat.submit(floor.entry(".s"))
        worker.set_link(Link.REFUSED, reason_of(RefusedError("void")))
        told = shown(worker, seat)
    assert "Nothing is lost; it waits for IT." in told
    assert "Nothing is lost; it goes out by itself." not in told
