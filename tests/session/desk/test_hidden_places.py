"""A supervisor who counts somewhere: each ask of the list names the places, and they are as many as fit."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from scanner_app.domain.count_open import CountOpen
from scanner_app.domain.desk.asks import HIDDEN_MAX, AskCase, AskCases
from scanner_app.domain.desk.replies import CasesPage
from scanner_app.workflows.supervise.filters import Filters
from tests.desk import CASES, MOVE, Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    with desk.floor.store.transaction:
        now_us = desk.floor.clock.now_us
        desk.floor.store.feed.put([(500, CountOpen("elsewhere", "A-01-05", "2001", now_us, now_us))])
    yield desk
    desk.floor.close()


def test_every_page_is_asked_for_without_the_places_where_one_counts(desk: Desk) -> None:
    desk.begin("decide")
    assert desk.asked[-1].ask == AskCases(hidden=("A-01-05",))
    desk.answer(replace(CASES, after="behind"))
    desk.say(".p")
    assert desk.asked[-1].ask == AskCases(after="behind", hidden=("A-01-05",))
    desk.answer(CASES)
    desk.say("1")
    opened = desk.asked[-1].ask
    assert isinstance(opened, AskCase)
    assert (opened.id, opened.hidden) == (MOVE.id, ("A-01-05",))


def test_many_at_once_leave_them_out_on_each_page(desk: Desk) -> None:
    desk.begin("decide")
    desk.answer(CasesPage(cases=(MOVE,), waiting=2, after="x"))
    desk.say("0", "4", "1")
    assert desk.asked[-1].ask == AskCases(after="x", hidden=("A-01-05",))


@pytest.mark.parametrize("number", [HIDDEN_MAX, HIDDEN_MAX + 1])
def test_no_ask_names_more_than_fit(number: int) -> None:
    assert len(Filters().ask(hidden=("A",) * number).hidden) == HIDDEN_MAX
