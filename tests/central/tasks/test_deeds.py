"""What is wished for, ended and let in: each event has its effect on tasks once, whenever it comes into the book."""

import pytest

from scanner_app.domain.desk.replies import Refused, Why
from scanner_app.domain.desk.work_asks import AskStocktake, AskTasks, CloseStocktake
from scanner_app.domain.desk.work_replies import TasksPage
from scanner_app.domain.events.decided import Decided, Word
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.events.saying import Subject
from scanner_app.domain.events.work.ended import Ended
from scanner_app.domain.events.work.leased import Leased
from scanner_app.domain.events.work.requested import Requested
from scanner_app.domain.task import name_of
from scanner_app.domain.work.lease import LEASE_US, RELEASED
from sync.central.database.store import CentralStore
from sync.central.decisions.orders.author import Author
from sync.central.decisions.orders.carrying_out import carried_out
from sync.central.decisions.work_list import stocktake_page, tasks_page
from sync.central.events.sender import Sender
from sync.central.tasks.looking import look
from sync.central.tasks.stocktakes import begin
from sync.protocol import Outcome
from tests.central.tasks.floor import add_devices, add_tasks, holders, tasks_of, to_count
from tests.central.tasks.test_stocktakes import count
from tests.central.warehouse import NOW_US, SITE, event, push

ONE, DESK = Sender(SITE, "d1", 1), Sender(SITE, "d2", 1)
LOST = Sender(SITE, "d1", 1, revoked=True)
LATER_US = NOW_US + 3600 * 1_000_000
BOSS = Author(SITE, "s1", "s1", "d2")


@pytest.fixture
def floor(store: CentralStore) -> CentralStore:
    add_devices(store, "d1", "d2")
    add_tasks(store, *to_count("A", "B"))
    return store


def say(store: CentralStore, sequence: int, fact: Fact, operator: str = "s1") -> None:
    (answer,) = push(store, [event(sequence, fact, DESK, operator=operator)], DESK)
    assert answer.outcome.is_booked


def wanted(store: CentralStore, *places: str, item: str = "") -> list[bool]:
    rows = tasks_of(store, [name_of(place, item) for place in places])
    return [name_of(place, item) in rows and rows[name_of(place, item)].active for place in places]


def test_what_a_supervisor_wants_counted_is_one_task_however_often_it_is_said(floor: CentralStore) -> None:
    say(floor, 1, Requested(NOW_US, "C"))
    say(floor, 2, Requested(NOW_US, "C"))
    say(floor, 3, Requested(NOW_US, "A"))
    assert wanted(floor, "A", "C") == [True, True]
    with floor.reading() as connection:
        page = tasks_page(connection, SITE, AskTasks(), LATER_US)
    assert isinstance(page, TasksPage)
    assert [task.place for task in page.tasks] == ["A", "C", "B"], "what was asked for is more urgent than a plan"


def test_goods_are_wanted_counted_wherever_the_book_has_them(floor: CentralStore) -> None:
    say(floor, 1, Requested(NOW_US, "", "NUT"))
    assert wanted(floor, "A", "B", "C", item="NUT") == [True, True, False]


def test_a_worker_has_nothing_counted_and_what_was_counted_since_needs_no_task(floor: CentralStore) -> None:
    say(floor, 1, Requested(NOW_US, "C"), "w1")
    assert wanted(floor, "C") == [False]
    count(floor, "C", 1, NOW_US + 5)
    say(floor, 2, Requested(NOW_US, "C"))
    assert wanted(floor, "C") == [False], "it came late, and somebody has been there"


def test_a_request_and_an_end_of_a_lost_device_have_their_effect_when_they_are_let_in(floor: CentralStore) -> None:
    leased = event(1, Leased(NOW_US, (name_of("A"), name_of("B")), NOW_US + LEASE_US), LOST)
    ended = event(2, Ended(NOW_US + 1, name_of("B"), reason="no_way"), LOST)
    assert {answer.outcome for answer in push(floor, [leased, ended], LOST)} == {Outcome.QUARANTINED}
    assert holders(floor, "A", "B") == ["", ""]
    let_in = Decided(NOW_US, Word.LET_IN, (Subject("event", leased.id), Subject("event", ended.id)))
    say(floor, 1, let_in)
    assert holders(floor, "A", "B") == ["w1", ""]
    assert wanted(floor, "B") == [False]


def test_a_supervisor_sees_who_has_what_and_what_was_given_up_and_why(floor: CentralStore) -> None:
    push(floor, [event(1, Leased(NOW_US, (name_of("A"), name_of("B")), NOW_US + LEASE_US), ONE)], ONE)
    push(floor, [event(2, Ended(NOW_US + 1, name_of("B"), reason="no_way"), ONE)], ONE)
    with floor.reading() as connection:
        page = tasks_page(connection, SITE, AskTasks(), LATER_US)
    assert isinstance(page, TasksPage)
    assert [(task.place, task.holder) for task in page.tasks] == [("A", "w1")]
    assert [(one.place, one.reason, one.operator) for one in page.ended] == [("B", "no_way", "w1")]
    assert (page.open, page.held) == (1, 1)
    say(floor, 1, Ended(NOW_US + 2, name_of("A"), reason=RELEASED))
    assert (holders(floor, "A"), wanted(floor, "A")) == ([""], [True])


def test_pages_of_tasks_show_each_once(floor: CentralStore) -> None:
    add_tasks(floor, *to_count("C", "BLOCKED", "CLOSED"))
    seen, after = [], ""
    with floor.reading() as connection:
        while True:
            page = tasks_page(connection, SITE, AskTasks(after=after, rows_max=2), LATER_US)
            assert not isinstance(page, Refused)
            seen += [task.place for task in page.tasks]
            if not (after := page.after):
                break
        assert tasks_page(connection, SITE, AskTasks(after="what"), LATER_US) == Refused(why=Why.NOT_UNDERSTOOD)
    assert sorted(seen) == ["A", "B", "BLOCKED", "C", "CLOSED"]


def test_a_stocktake_is_closed_at_a_desk_with_no_more_left_than_was_shown(store: CentralStore) -> None:
    begin(store, SITE, "2026", (), NOW_US)
    look(store, SITE, NOW_US)
    count(store, "A", 1)
    with store.reading() as connection:
        page = stocktake_page(connection, SITE, AskStocktake(), LATER_US)
    assert (page.places, page.left, len(page.not_counted)) == (5, 4, 4)
    order = CloseStocktake(id="one", stocktake="2026", cut_us=page.as_of_us, left=3, missing=len(page.missing))
    with store.writing() as connection:
        assert carried_out(connection, BOSS, order, LATER_US) == Refused(why=Why.MORE_LEFT)
    order = CloseStocktake(id="two", stocktake="2026", cut_us=page.as_of_us, left=4, missing=len(page.missing))
    with store.writing() as connection:
        assert not isinstance(carried_out(connection, BOSS, order, LATER_US), Refused)
    count(store, "B", 2, LATER_US + 1)
    with store.reading() as connection:
        closed = stocktake_page(connection, SITE, AskStocktake(), 2 * LATER_US)
    assert (closed.closed_us, closed.left, closed.zones) == (LATER_US, 4, page.zones), "it is that for ever"
