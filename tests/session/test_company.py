"""The operator is signed on elsewhere, too: said once, shown all the time, forbidden never."""

from scanner_app.session.view.view import Tone
from scanner_app.store.identity import OtherDevice
from tests.warehouse import Floor


def told(floor: Floor, *devices: str) -> None:
    with floor.store.transaction:
        floor.store.identity.set_elsewhere(tuple(OtherDevice("1001", device, 1) for device in devices))


def test_it_is_said_once_and_stays_in_the_status(floor: Floor) -> None:
    floor.sign_in()
    worker, seat = floor.worker()
    worker.start()
    worker.call(lambda: told(floor, "truck 7")).result(10)
    worker.call(lambda: None).result(10)
    view = seat.views.latest()
    assert view.message.startswith("You are signed in on truck 7 too.")
    assert (view.tone, view.status.elsewhere) == (Tone.ATTENTION, "truck 7")
    seat.submit(floor.entry("1"))
    worker.stop()
    view = seat.views.latest()
    assert (view.title, view.message, view.status.elsewhere) == ("Move", "", "truck 7")


def test_a_third_device_is_said_again(floor: Floor) -> None:
    floor.sign_in()
    company = floor.session.company
    told(floor, "truck 7")
    assert len(company.news(floor.session.who)) == 1
    company.was_read()
    told(floor, "truck 7", "gun 3")
    assert [said.arguments["device"] for said in company.news(floor.session.who)] == ["gun 3"]


def test_nobody_else_is_told(floor: Floor) -> None:
    told(floor, "truck 7")
    floor.sign_in("B-1101")
    assert (floor.session.company.devices(floor.session.who), floor.session.company.news(floor.session.who)) == ("", ())
