"""The engine with its threads, the real work thread, the real centre and the network between them."""

import socket
import time
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from scanner_app.config import Sync
from tests.sync.centre import Centre
from tests.sync.handheld import FAST, Handheld, until
from tests.sync.proxy import Proxy


def test_a_move_is_at_the_centre_as_soon_as_it_is_made(handheld: Handheld, centre: Centre) -> None:
    handheld.sync()
    handheld.start()
    until(lambda: handheld.link == "online", "online")
    for number in range(1, 4):
        handheld.move()
        assert until(lambda: handheld.waiting == 0, "sent") < 1
        assert len(centre.event_ids()) == number
    assert handheld.on_hand() == centre.on_hand()


def test_moves_made_one_by_one_beside_exchanges_are_each_booked_once(handheld: Handheld, centre: Centre) -> None:
    """Some are taken while the engine wakes up, some while an exchange is under way."""
    handheld.start()
    until(lambda: handheld.link == "online", "the first exchange")
    for _ in range(40):
        handheld.move()
    until(lambda: handheld.waiting == 0, "all of them")
    assert len(centre.event_ids()) == 40
    assert all(outcome.startswith("posted") for outcome, _ in handheld.outcomes())
    assert handheld.on_hand() == centre.on_hand()


def test_another_devices_move_shows_within_a_second(handheld: Handheld, another: Callable[[str], Handheld]) -> None:
    """The interval is a long one here: only the long poll can have told."""
    slow = handheld
    slow.settings = Sync(interval_s=600)
    slow.sync()
    slow.start()
    other = another("two")
    other.sync()
    until(lambda: slow.link == "online", "online")
    for _ in range(3):
        other.move()
        other.sync()
        expected = other.on_hand()
        assert until(lambda expected=expected: slow.on_hand() == expected, "seen") < 1  # type: ignore[misc]


def test_two_hundred_events_drain_by_themselves_when_the_centre_is_back(handheld: Handheld, centre: Centre) -> None:
    handheld.sync()
    centre.stop()
    handheld.start()
    for _ in range(20):
        handheld.moves(10)
    until(lambda: handheld.link == "offline", "offline")
    assert handheld.waiting == 200
    centre.start()
    until(lambda: handheld.waiting == 0, "drained")
    until(lambda: handheld.link == "online", "online")
    ids = centre.event_ids()
    assert (len(ids), len(set(ids)), len(centre.causes())) == (200, 200, 200 * 4)
    assert handheld.on_hand() == centre.on_hand()


def test_lost_answers_double_nothing(centre: Centre, proxy: Proxy, tmp_path: Path) -> None:
    device = Handheld(tmp_path / "two").enrol(centre, "two", proxy.url).start()
    until(lambda: device.link == "online", "online")
    for number in range(30):
        if number % 3 == 0:
            proxy.cuts += 1
        device.move()
    until(lambda: device.waiting == 0 and proxy.cuts == 0, "drained")
    assert proxy.cut == 10
    assert len(centre.event_ids()) == 30
    assert device.on_hand() == centre.on_hand()
    device.close()


def test_a_revoked_device_shows_it_and_loses_nothing(handheld: Handheld, centre: Centre) -> None:
    handheld.sync()
    handheld.settings = replace(FAST, news_wait_s=1)
    handheld.start()
    until(lambda: handheld.link == "online", "online")
    enrolment = handheld.store.identity.enrolment
    assert enrolment is not None
    centre.revoke(enrolment.device)
    handheld.move()
    until(lambda: handheld.link == "refused", "refused")
    assert len(centre.event_ids()) == 1
    assert [outcome for outcome, _ in handheld.outcomes()] == ["quarantined"]


def test_a_device_enrolled_again_elsewhere_is_refused_and_keeps_its_queue(
    handheld: Handheld, centre: Centre, another: Callable[[str], Handheld]
) -> None:
    handheld.sync()
    another("two").enrol(centre, "one", again="one")
    handheld.start()
    until(lambda: handheld.link == "refused", "refused")
    handheld.move()
    until(lambda: handheld.waiting == 1, "kept")
    assert handheld.link == "refused"


def test_stopping_takes_less_than_a_second_in_a_long_poll(handheld: Handheld) -> None:
    handheld.sync()
    handheld.start()
    until(lambda: handheld.link == "online", "online")
    begun = time.monotonic()
    handheld.stop()
    assert time.monotonic() - begun < 1


def test_stopping_takes_about_a_second_when_nothing_answers(centre: Centre, tmp_path: Path) -> None:
    """A queue of connections that is full: not even the connection comes about."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full, socket.create_connection(full.getsockname()):
        address = f"http://127.0.0.1:{full.getsockname()[1]}"
        device = Handheld(tmp_path / "two", Sync(connect_timeout_s=30)).enrol(centre, "two", address).start()
        until(lambda: device.link == "connecting", "connecting")
        _stopped_in_time(device)


def _stopped_in_time(device: Handheld) -> None:
    begun = time.monotonic()
    device.stop()
    assert time.monotonic() - begun < 1.5
    device.close()


def test_a_device_that_is_not_enrolled_stays_alone(tmp_path: Path) -> None:
    device = Handheld(tmp_path / "alone").start()
    assert device.engine is not None
    until(lambda: device.engine is not None and not device.engine.is_running, "ended")
    assert device.link == "never"
    device.close()
