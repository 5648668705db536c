"""A supervisor's morning: what waits by kind, what comes first, each kind by the same number every day."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.domain.clock import Stamp
from scanner_app.domain.desk.asks import AskCases
from scanner_app.domain.desk.case import CaseKind
from scanner_app.domain.desk.overview import ORDER, AskOverview, KindWaiting, OverviewPage
from scanner_app.domain.desk.work_asks import AskTasks
from scanner_app.domain.quantity import SCALE
from scanner_app.session.view.view import View
from scanner_app.workflows.engine.commands import command_of
from scanner_app.workflows.menu import number_of
from scanner_app.workflows.supervise.morning import decided, overview
from scanner_app.workflows.supervise.morning import phrases as say
from tests.desk import CASES, Desk

PAGE = OverviewPage(
    kinds=(
        KindWaiting(kind=CaseKind.EXCEPTION, waiting=12, late=12, up=3 * SCALE),
        KindWaiting(kind=CaseKind.CLAIM, waiting=1000, is_more=True, down=9 * SCALE),
        KindWaiting(kind=CaseKind.ADJUSTMENT, waiting=2, late=1),
        KindWaiting(kind=CaseKind.HELD, waiting=3),
        KindWaiting(kind="newer", waiting=1),
    ),
    late_tasks=4,
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.floor.close()


def seen(desk: Desk, page: OverviewPage = PAGE) -> View:
    desk.say(".m", number_of("decide"))
    return desk.answer(page)


def test_what_comes_first_stands_first_and_each_kind_has_its_number(desk: Desk) -> None:
    view = seen(desk)
    assert view.prompt == "1,018+ wait. ! first."
    assert [(line.label, line.text) for line in view.listed] == [
        ("1", "! 3 not booked"), ("5", "! 2 adjusted"), ("6", "1,000+ counted"), ("9", "12 look at it"),
        ("14", "1 newer"), ("0", "All -6.00"), (".t", "4 late to count"), (".d", "Decided"),
        (".r", view.listed[-1].text),
    ]  # fmt: skip


@pytest.mark.parametrize(("kind", "number"), [(kind, str(place)) for place, kind in enumerate(ORDER, 1)])
def test_a_number_lists_its_kind_and_back_leads_here_again(kind: CaseKind, number: str, desk: Desk) -> None:
    seen(desk, OverviewPage(kinds=(KindWaiting(kind=kind, waiting=1),)))
    desk.say(number)
    assert desk.asked[-1].ask == AskCases(kind=kind)
    desk.answer(CASES)
    assert [line.label for line in desk.say(".b").listed] == [number, "0", ".d", ".r"]


def test_a_list_leads_to_the_overview_also_behind_a_word(desk: Desk) -> None:
    desk.begin("decide")
    desk.answer(CASES)
    desk.say(".r")
    listed = desk.asked[-1].ask
    assert isinstance(listed, AskCases)
    desk.answer(CASES)
    desk.say(".v")
    assert desk.asked[-1].ask == AskOverview()


def test_where_nothing_waits_that_is_said(desk: Desk) -> None:
    assert seen(desk, OverviewPage()).prompt == "Nothing waits here. .r asks again."
    desk.say(".r")
    assert desk.asked[-1].ask == AskOverview()


def test_every_kind_has_a_word_or_two() -> None:
    assert set(say.KINDS) == set(map(str, CaseKind)) >= set(ORDER)


def test_late_tasks_lead_to_them(desk: Desk) -> None:
    seen(desk)
    desk.say(".t")
    assert desk.asked[-1].ask == AskTasks()


def test_the_only_one_who_may_decide_is_told(desk: Desk) -> None:
    view = seen(desk, replace(PAGE, alone="2001"))
    assert "Only 2001 may decide here." in [line.text for line in (*view.lines, *view.listed)]


@pytest.mark.parametrize("letters", [overview.LETTERS, decided.LETTERS])
def test_no_letter_of_a_page_is_a_command(letters: dict[str, str]) -> None:
    assert len({*letters.values()}) == len(letters)
    for letter in letters.values():
        assert command_of(Entry(f".{letter}".encode(), Source.KEYBOARD, stamp=Stamp(0, 0, ""))) is None
