"""What comes by the network works like any scan, and neither signs in, unlocks nor decides."""

from pathlib import Path

import pytest

from scanner_app.domain.capture.answered import Answered
from scanner_app.domain.capture.entry import Entry, Fault, Source
from scanner_app.domain.people import Right
from scanner_app.session.guard import is_for_hands
from scanner_app.session.view.view import View
from scanner_app.workflows.library import SCRIPTS
from scanner_app.workflows.menu import ROWS
from tests.desk import Desk
from tests.warehouse import GTIN, PIN, Floor

ON_MENU = [row.name for top in ROWS for row in (top, *top.group) if row.name in SCRIPTS]
REFUSED = "Not by network. Enter it here."
MINUTES_US = 60_000_000


def sent(floor: Floor, *texts: str) -> View:
    """Lines of a scanner on the network, each after the other."""
    for text in texts:
        floor.desk.take([Entry(text.encode(), Source.TCP, floor.clock.stamp(), reader="GATE")])
        floor.desk.shown(floor.clock.stamp())
    return floor.desk.view()


def refused(floor: Floor, *texts: str) -> bool:
    """Whether each line was told bad, and has stopped nobody who is here."""
    for text in texts:
        view = sent(floor, text)
        if (view.message, view.halted, floor.desk.effects.outcomes) != (REFUSED, False, [Answered.BAD]):
            return False
    return True


def test_nobody_signs_in_by_the_network(floor: Floor) -> None:
    assert refused(floor, "B-1001", PIN, "1001")
    assert floor.say("B-1001").title == "Sign in"
    assert refused(floor, PIN, ".b", "key:F3")
    assert floor.say(PIN).title == "Menu", "and what came did not count as wrong"


def test_nobody_unlocks_by_the_network(floor: Floor) -> None:
    floor.move()
    floor.clock.now_us += 16 * MINUTES_US
    assert refused(floor, PIN, "B-1001")
    assert floor.desk.view().title != "Move"
    assert floor.say(PIN).title == "Move"


def test_what_comes_by_the_network_keeps_nothing_unlocked(floor: Floor) -> None:
    floor.move()
    for _ in range(4):
        floor.clock.now_us += 5 * MINUTES_US
        view = sent(floor, "A-01-01")
    assert view.title != "Move"
    floor.restart()
    assert floor.desk.view().title != "Move"


def test_work_is_done_by_the_network(floor: Floor) -> None:
    floor.move()
    assert sent(floor, "A-01-01", GTIN, "2", "A-01-05").message == "Moved 2 EA to A-01-05."


def test_a_fault_by_the_network_at_sign_in_stops_nobody(floor: Floor) -> None:
    floor.desk.take([Entry(b"", Source.TCP, floor.clock.stamp(), fault=Fault.CUT, reader="GATE")])
    assert not floor.desk.view().halted
    assert floor.sign_in().title == "Menu"


@pytest.mark.parametrize("script", list(SCRIPTS))
def test_whatever_keeps_a_secret_or_wants_the_right_to_decide_is_for_hands(script: str) -> None:
    made = SCRIPTS[script]
    assert is_for_hands((made,), None) == (made.secret or made.right is Right.DECIDE)
    assert is_for_hands((SCRIPTS["move"], made, SCRIPTS["inquiry"]), None) == is_for_hands((made,), None)


@pytest.mark.parametrize("script", [name for name in ON_MENU if SCRIPTS[name].right is Right.DECIDE])
def test_nobody_decides_by_the_network(tmp_path: Path, script: str) -> None:
    desk = Desk(tmp_path)
    desk.begin(script)
    asked, turn = len(desk.asked), desk.floor.session.stack.top.number
    assert refused(desk.floor, "1", "2", "yes", ".k", GTIN)
    desk.floor.desk.asking.hand_out()
    assert len(desk.asked) == asked, "nothing was sent to the centre"
    assert desk.floor.session.stack.top.number == turn, "and nothing was chosen"
