"""The operator is signed on elsewhere, too: said once, shown all the time, forbidden never."""

from scanner_app.domain.people import SHIFT_US
from scanner_app.session.view.view import Tone
from scanner_app.store.identity import OtherDevice
from screens.layout import paint
from tests.screens.views import SIZES
from tests.warehouse import Floor


def told(floor: Floor, *devices: str) -> None:
    with floor.store.transaction:
        others = tuple(OtherDevice("1001", device, 1, floor.clock.now_us) for device in devices)
        floor.store.identity.set_elsewhere(others)


def test_it_is_said_once_and_stays_in_the_status(floor: Floor) -> None:
    floor.sign_in()
    worker, seat = floor.worker()
    worker.start()
    worker.call(lambda: told(floor, "truck 7")).result(10)
    worker.call(lambda: None).result(10)
    view = seat.views.latest()
    assert (view.message, view.tone) == ("Welcome, Worker 1001.", Tone.GOOD)
    assert (view.news, view.status.elsewhere) == ("You are signed in on truck 7 too.", "truck 7")
    seat.submit(floor.entry("1"))
    worker.stop()
    view = seat.views.latest()
    assert (view.title, view.message, view.news, view.status.elsewhere) == ("Move", "", "", "truck 7")


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


def test_a_device_that_died_is_no_company_for_ever_although_no_centre_answers(floor: Floor) -> None:
    floor.sign_in()
    told(floor, "truck 7")
    assert floor.session.company.devices(floor.session.who) == "truck 7"
    floor.clock.now_us += SHIFT_US
    assert (floor.session.company.devices(floor.session.who), floor.session.company.news(floor.session.who)) == ("", ())


def test_where_else_stands_beside_who_it_is(floor: Floor) -> None:
    """Two places on the screen, at every size."""
    floor.sign_in()
    told(floor, "truck 7")
    _worker, seat = floor.worker()
    view = seat.views.latest()
    assert ("Also at", "truck 7") in [(line.label, line.text) for line in view.lines]
    for width, height in SIZES:
        rows = ["".join(piece.text for piece in row) for row in paint(view, b"", width, height, 0)]
        assert any("truck 7" in row for row in rows[:-1])
        assert "Work" in rows[-1]


def test_when_it_was_heard_of_is_told_by_the_status(floor: Floor) -> None:
    floor.sign_in()
    told(floor, "truck 7")
    floor.say(".s")
    _worker, seat = floor.worker()
    (line,) = [line for line in seat.views.latest().listed if line.label == "Also at"]
    assert line.text.startswith("truck 7 ")
    assert line.text.endswith(floor.session.clock.words(floor.session.store.identity.elsewhere[0].heard_us))
