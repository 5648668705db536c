"""What came back is told at the next free prompt, once, as a line that nothing stops for, and stays in Today."""

import pytest
from msgspec.structs import replace

from scanner_app.session.view.view import View
from scanner_app.store.lookups.came_back import Returned
from screens.messages import message_rows
from tests.warehouse import Floor

WORKER = "1001"
VOID = Returned(
    7, "event", WORKER, "other", "void", ("unknown_item",), "2001", 1_000, "", 0, "A-01-01", "100001", 5_000_000, 900
)


def keep(floor: Floor, *rows: Returned) -> None:
    with floor.store.transaction:
        floor.store.came_back.keep(rows, 9, [WORKER], ())


def backs(floor: Floor, *texts: str, rows: tuple[Returned, ...] = ()) -> list[str]:
    """What is told after each entry at a screen of the work thread, the first before any."""
    worker, seat = floor.worker()
    worker.start()
    keep_it = lambda: keep(floor, *rows)  # noqa: E731
    worker.call(keep_it).result(10)
    worker.call(lambda: None).result(10)
    told = [seat.views.latest().back]
    for text in texts:
        seat.submit(floor.entry(text))
        worker.call(lambda: None).result(10)
        view: View = seat.views.latest()
        assert not view.halted
        told.append(view.back)
    worker.stop()
    return told


def test_it_is_told_at_a_free_prompt_until_it_is_acknowledged(floor: Floor) -> None:
    floor.sign_in()
    line = "A-01-01 100001: not booked. F8"
    assert backs(floor, "1", "key:F8", ".m", rows=(VOID,)) == [line, line, "", ""]
    assert floor.store.came_back.unread(WORKER) == ()
    assert floor.store.came_back.told() == (7,)


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        ((replace(VOID, outcome="posted", reasons=()),), "+ A-01-01 100001: booked. F8"),
        ((VOID,), "X A-01-01 100001: not booked. F8"),
        ((replace(VOID, outcome="posted", reasons=()), replace(VOID, number=8)), "X A-01-01 100001: booked. F8"),
    ],
    ids=("what was accepted", "what was not", "one of each"),
)
def test_what_was_accepted_is_no_mistake(rows: tuple[Returned, ...], shown: str, floor: Floor) -> None:
    floor.sign_in()
    keep(floor, *rows)
    _worker, seat = floor.worker()
    seat.show()
    view = seat.views.latest()
    painted = ["".join(piece.text for piece in row) for row in message_rows(view, 80)]
    assert [row for row in painted if row.startswith(shown)], painted


def test_it_waits_while_work_is_begun(floor: Floor) -> None:
    floor.sign_in()
    floor.say("1", "A-01-01")
    assert backs(floor, "100001", ".m", rows=(VOID,)) == ["", "", "A-01-01 100001: not booked. F8"]


def test_others_are_counted_and_a_word_tells_who_came_first(floor: Floor) -> None:
    floor.sign_in()
    late = replace(VOID, number=8, subjects=1, reasons=("already_decided",))
    assert backs(floor, rows=(VOID, late)) == ["A-01-01 100001: not booked. F8 1 more: see Today."]
    with floor.store.transaction:
        floor.store.came_back.read([7])
    assert backs(floor) == ["100001: 2001 came first. F8"]


def test_nobody_else_is_told(floor: Floor) -> None:
    floor.sign_in("B-1101")
    assert backs(floor, rows=(VOID,)) == [""]


def test_it_stays_in_today_with_who_said_so(floor: Floor) -> None:
    floor.sign_in()
    keep(floor, VOID)
    number = next(line.label for line in floor.desk.view().listed if line.text == "Today")
    listed = [line.text for line in floor.say(number).listed]
    assert listed[0].endswith("A-01-01: void: not booked")
    lines = [(line.label, line.text) for line in floor.say("1").listed]
    assert ("By", "2001") in lines
    assert ("Why", "Item not known. Tell your supervisor.") in lines
