"""A supervisor looks after what is to be counted: who has it, what was given up, and how far a stocktake is."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from scanner_app.domain.desk.asks import AskCases
from scanner_app.domain.desk.case import Opened
from scanner_app.domain.desk.replies import CasePage, Done
from scanner_app.domain.desk.work_asks import AskStocktake, AskTasks, CloseStocktake
from scanner_app.domain.desk.work_replies import EndedTask, NotHeard, StocktakePage, TasksPage, ZoneCounted
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.events.work.ended import Ended
from scanner_app.domain.events.work.requested import Requested
from scanner_app.domain.task import COUNT, Task, name_of
from tests.desk import CASES, DIGITS, KEY, Desk
from tests.warehouse import GTIN, PIN

US = 1_700_000_000_000_000
PAGE = TasksPage(
    tasks=(
        Task(name_of("A-01-01"), COUNT, "A-01-01", since=7, due=1, holder="1002"),
        Task(name_of("A-01-02"), COUNT, "A-01-02", since=7),
    ),
    open=2, late=1, held=1, as_of_us=US,
    ended=(EndedTask(place="A-02-07", reason="no_way", operator="1001", at_us=US),),
)  # fmt: skip
STOCK = StocktakePage(
    stocktake="2026", begun_us=1, places=9, left=4, zones=(ZoneCounted(zone="COLD", places=9, counted=5),),
    missing=(NotHeard(name="Handheld 2", told_us=1, waiting=3),), as_of_us=US,
)  # fmt: skip
_event = msgspec.json.Decoder(Event).decode


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.floor.close()


def posted(desk: Desk) -> list[Fact]:
    return [_event(payload).fact for payload in desk.floor.events()]


def test_who_has_what_is_listed_and_it_is_given_to_others_by_two_numbers(desk: Desk) -> None:
    desk.begin("tasks")
    assert isinstance(desk.asked[-1].ask, AskTasks)
    view = desk.answer(PAGE)
    assert view.prompt == "2 to count, 1 late. Number opens."
    texts = [line.text for line in view.listed]
    assert any("A-01-01" in text and "1002 has it" in text and "overdue" in text for text in texts)
    assert any("A-02-07" in text and "no way there" in text and "1001" in text for text in texts)
    view = desk.say("1", "3")
    assert view.message == "A-01-01: others may have it."
    (fact,) = posted(desk)
    assert isinstance(fact, Ended)
    assert (fact.task, fact.version, fact.reason) == (name_of("A-01-01"), 7, "released")


def test_what_nobody_has_is_not_given_to_others_and_may_be_ended(desk: Desk) -> None:
    desk.begin("tasks")
    desk.answer(PAGE)
    assert [line.label for line in desk.say("2").listed if line.label] == ["1", "2"]
    desk.say("2")
    (fact,) = posted(desk)
    assert isinstance(fact, Ended)
    assert fact.reason == "not_needed"


@pytest.mark.parametrize(("scan", "place", "item"), [("A-01-03", "A-01-03", ""), (GTIN, "", "100001")])
def test_a_place_or_goods_wherever_they_are_are_asked_for(desk: Desk, scan: str, place: str, item: str) -> None:
    desk.begin("tasks")
    desk.answer(PAGE)
    desk.say(".w", scan)
    (fact,) = posted(desk)
    assert isinstance(fact, Requested)
    assert (fact.place, fact.item) == (place, item)


def test_what_is_below_zero_is_turned_into_a_count_by_one_key(desk: Desk) -> None:
    desk.begin("decide")
    assert isinstance(desk.asked[-1].ask, AskCases)
    desk.answer(CASES)
    desk.say("2")
    desk.answer(CasePage(opened=Opened(case=KEY)))
    view = desk.say("6")
    assert view.message == "A-01-02 is to be counted."
    (fact,) = posted(desk)
    assert isinstance(fact, Requested)
    assert (fact.place, fact.item) == ("A-01-02", "100002")


def test_a_stocktake_is_closed_as_it_was_shown_with_what_is_left_said(desk: Desk) -> None:
    desk.begin("tasks")
    desk.answer(PAGE)
    desk.say(".t")
    assert isinstance(desk.asked[-1].ask, AskStocktake)
    view = desk.answer(STOCK)
    assert view.prompt == "2026: 4 of 9 left. 1 closes."
    view = desk.say("1")
    assert [line.text for line in view.listed] == ["Left: 4 places", "1 device has not told all"]
    desk.say(DIGITS, PIN)
    order = desk.asked[-1].ask
    assert isinstance(order, CloseStocktake)
    assert (order.stocktake, order.cut_us, order.left, order.missing) == ("2026", US, 4, 1)
    assert desk.answer(Done(number=7)).message == "2026 is closed."
    assert desk.floor.events() == []
