"""Accuracy at the desk: figures with their formulas, the lines behind them, what may deceive, and who decided what."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from scanner_app.domain.accuracy.sums import Sums
from scanner_app.domain.desk.accuracy_asks import AskAccuracy, AskAccuracyLines, AskCheckers
from scanner_app.domain.desk.accuracy_replies import (
    AccuracyPage,
    AccuracyRow,
    CheckersPage,
    Doubts,
    SplitRow,
)
from scanner_app.domain.desk.asks import Ask
from scanner_app.domain.quantity import SCALE
from scanner_app.session.view.view import View
from tests.desk import Desk
from tests.desk_pages.accuracy import LINE, LINES, PAGE, PAIR, SUMS
from tests.warehouse import GTIN


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def opened(desk: Desk, page: AccuracyPage = PAGE) -> View:
    desk.begin("accuracy")
    return desk.answer(page)


def asked(desk: Desk) -> Ask:
    return desk.asked[-1].ask


def text(view: View) -> str:
    return "\n".join(line.text for line in (*view.lines, *view.listed))


def test_every_figure_is_told_with_what_it_is_worked_out_from(desk: Desk) -> None:
    view = opened(desk)
    assert asked(desk) == AskAccuracy()
    told = text(view)
    for words in (
        "98.0 %", "404 of 412 lines agree", "99.5 %", "410 of 412 lines within limits", "99.1 %",
        "value: 1 - 5,157.00 / 573,000.00", "-0.21 %", "shrinkage: -1,204.00 / 573,000.00", "37 of 40 places agree",
        "31 of 39 gone by late events", "9.5 s",
    ):  # fmt: skip
        assert words in told, (words, told)


def test_f3_at_the_figures_leaves_them_and_behind_them_comes_back(desk: Desk) -> None:
    figures = opened(desk).prompt
    desk.say("1")
    assert asked(desk) == AskAccuracyLines(period="2026-10")
    assert "-6.00" in text(desk.answer(LINES))
    assert desk.say(".b").prompt == figures
    assert desk.say(".b").prompt == "What do you want to do?"


def test_the_next_lines_and_those_that_went_late(desk: Desk) -> None:
    opened(desk)
    desk.say("1")
    desk.answer(LINES)
    desk.say("4")
    desk.answer(PAGE)
    assert asked(desk) == AskAccuracyLines(period="2026-10", after="6 claim-1")
    desk.answer(LINES)
    desk.say("3")
    desk.answer(PAGE)
    assert asked(desk) == AskAccuracyLines(period="2026-10", what="late")
    desk.answer(replace(LINES, after=""))
    assert desk.say("4", ".k").prompt == "1\u00a0differing 2\u00a0all 3\u00a0late"
    desk.say("0")
    assert asked(desk) == AskAccuracy(period="2026-10")


def test_told_apart_by_a_name_that_is_looked_at_then(desk: Desk) -> None:
    opened(desk)
    desk.say("3")
    assert asked(desk) == AskAccuracy(period="2026-10", by="counter")
    rows = (AccuracyRow(name="1001", sums=SUMS), AccuracyRow(name="", sums=Sums(lines=1)))
    desk.answer(AccuracyPage(period="2026-10", rows=rows, after="=", sums=SUMS))
    desk.say("1")
    assert asked(desk) == AskAccuracy(period="2026-10", facet="counter", name="1001")


def test_a_reason_is_called_by_its_name_in_figures_and_behind_them(desk: Desk) -> None:
    opened(desk)
    desk.say("2")
    rows = (AccuracyRow(name="damaged", sums=SUMS), AccuracyRow(name="@waiting", sums=SUMS))
    told = text(desk.answer(AccuracyPage(period="2026-10", rows=rows, sums=SUMS)))
    assert ("Damaged" in told, "damaged" in told) == (True, False)
    desk.say("1")
    assert asked(desk) == AskAccuracy(period="2026-10", facet="reason", name="damaged")
    assert "Damaged" in text(desk.answer(PAGE))
    desk.say("1")
    lines = replace(LINES, lines=(replace(LINE, reason="damaged"), replace(LINE, reason="ours")))
    told = text(desk.answer(lines))
    assert ("Damaged" in told, "ours" in told, "damaged" in told) == (True, True, False)


def test_what_may_deceive_is_one_key_away_with_how_much_of_it_there_is(desk: Desk) -> None:
    opened(desk)
    desk.say(".d")
    assert asked(desk) == AskAccuracy(period="2026-10", with_doubts=True)
    told = text(desk.answer(replace(PAGE, doubts=Doubts(places=300, counted=40, oldest_days=90))))
    for words in (
        "412 counted of 430 due", "40 of 300 places were counted.",
        "Longest not counted: 90 days.", "6 of 8 off are let by limits.",
        "5 counted again are left out.", "1 rejected are left out.", "2 not decided", "3 differ without a cost",
    ):  # fmt: skip
        assert words in told, (words, told)


def test_another_period(desk: Desk) -> None:
    opened(desk)
    desk.say(".w", "2")
    assert asked(desk) == AskAccuracy(period="2026-09")
    desk.answer(PAGE)
    desk.say(".w", "3", "2026")
    assert asked(desk) == AskAccuracy(period="2026")
    desk.answer(PAGE)
    assert desk.say(".w", "3", "soon").message == "No period. Type it like 2026-10."
    assert asked(desk) == AskAccuracy(period="2026-10")


def test_who_counts_is_not_told_what_the_figures_of_today_give_away(desk: Desk) -> None:
    desk.begin("count")
    desk.say("A-01-03", GTIN, "3", "A-01-03", "A-01-03")
    today = replace(PAGE, period="2026-11", has_today=True)
    view = opened(desk, today)
    assert view.prompt == "You count: today is told afterwards."
    assert "404" not in text(view)
    desk.say(".p")
    assert asked(desk) == AskAccuracy(period="2026-10")
    assert "404 of 412 lines agree" in text(desk.answer(PAGE))
    desk.begin("checkers")
    view = desk.answer(CheckersPage(period="2026-11", rows=(PAIR,), has_today=True))
    assert (view.prompt, "1001" in text(view)) == ("You count: today is told afterwards.", False)


def test_pairs_of_a_supervisor_and_a_counter(desk: Desk) -> None:
    desk.begin("checkers")
    assert asked(desk) == AskCheckers()
    split = SplitRow(day="2026-10-05", place="A-01-01", item="100001", people=("1001", "1002"), quantity=-18 * SCALE)
    view = desk.answer(CheckersPage(period="2026-10", rows=(PAIR,), splits=(split,)))
    assert "1001+1002" in text(view)
    told = text(desk.say("1"))
    for words in ("12 accepted of 12 by 2001", "8 counted by nobody else", "5 many at once", "3 above their limits"):
        assert words in told, (words, told)
    desk.say("1")
    assert asked(desk) == AskCheckers(period="2026-10")
