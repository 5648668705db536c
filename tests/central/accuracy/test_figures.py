"""Figures as they are told: at the desk, in exports; what makes them less sure; who decided what of whose counts."""

import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from scanner_app.domain.accuracy.figure import Formula, figure
from scanner_app.domain.accuracy.period import period_of
from scanner_app.domain.calendar import Calendar
from scanner_app.domain.catalog import Tolerance
from scanner_app.domain.desk.accuracy_asks import AskAccuracy, AskAccuracyLines, AskCheckers
from scanner_app.domain.desk.accuracy_replies import AccuracyLinesPage, AccuracyPage, CheckersPage
from scanner_app.domain.desk.replies import Refused, Why
from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.people import Operator
from scanner_app.domain.quantity import SCALE
from sync.central.accuracy.making import advance, begin_anew, behind, catch_up
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.store import CentralStore
from sync.central.exports.lines import export_lines
from sync.central.exports.listings import Selection
from sync.central.sites.calendar import close_month, reopen_month, set_days
from tests.central.claims import AT_US, MINUTE_US, Centre, closed, line, subject
from tests.central.warehouse import SITE, adjusted, key, move

_operators, _tolerances = (BY_STRUCT[struct].table for struct in (Operator, Tolerance))
DAY_US = 24 * 60 * MINUTE_US


@pytest.fixture
def centre(store: CentralStore) -> Centre:
    """Of 100 nuts 90 are counted, and no bolts, and the place is closed without its 7 of glue; all cost 2."""
    centre = Centre(store)
    centre.count(line("c1", 90))
    centre.count(line("c1", 0, item="BOLT"))
    centre.count(closed("c1", lines=2))
    return centre


def told(centre: Centre, **asked: Any) -> AccuracyPage:
    catch_up(centre.store, SITE)
    page = centre.ask(AskAccuracy(**asked))
    assert isinstance(page, AccuracyPage), page
    return page


def lines(centre: Centre, **asked: Any) -> AccuracyLinesPage:
    page = centre.ask(AskAccuracyLines(**asked))
    assert isinstance(page, AccuracyLinesPage), page
    return page


def test_the_month_that_it_is_with_every_figure_and_what_it_is_made_of(centre: Centre) -> None:
    page = told(centre)
    sums = page.sums
    assert (sums.lines, sums.differing, sums.beyond, sums.places, sums.places_differing) == (3, 2, 2, 1, 1)
    assert (sums.gross, sums.net, sums.value) == (2 * 17 * SCALE, -2 * 17 * SCALE, 2 * 107 * SCALE)
    assert figure(Formula.LINES, sums).percent == 33_333_333
    assert (page.period, page.has_today, page.is_made) == ("2026-05", True, True)
    assert page.trend == (None,) * 11 + (33_333_333,)


def test_the_lines_behind_a_figure_the_dearest_first_page_by_page(centre: Centre) -> None:
    told(centre)
    first = lines(centre, rows_max=1)
    (one,) = first.lines
    assert (one.place, one.item, one.name, one.counted, one.difference, one.value) == (
        "A", "NUT", "Nut", 90 * SCALE, -10 * SCALE, -20 * SCALE,
    )  # fmt: skip
    (two,) = lines(centre, rows_max=1, after=first.after).lines
    assert (two.item, two.lot, two.difference) == ("GLUE", "L1", -7 * SCALE)
    assert lines(centre, rows_max=1, after=lines(centre, rows_max=1, after=first.after).after or "0 z").lines == ()
    assert len(lines(centre, what="lines").lines) == 3
    assert lines(centre, what="late").lines == ()


def test_what_was_late_went_and_is_told(centre: Centre) -> None:
    centre.push(centre.made(move("A", "B", 10, at_us=AT_US - 5 * MINUTE_US)))
    sums = told(centre).sums
    assert (sums.lines, sums.differing, sums.met, sums.late) == (3, 1, 2, 1)
    assert [one.item for one in lines(centre, what="late").lines] == ["NUT"]


def test_a_recount_takes_the_place_of_what_it_counts_again(centre: Centre) -> None:
    (first,) = (case for case in centre.cases().cases if case.item == "NUT")
    centre.count(line("c2", 100, at_us=AT_US + MINUTE_US, recounts=first.id), by="w2")
    sums = told(centre).sums
    assert (sums.lines, sums.differing, sums.recounted, sums.recounts) == (3, 1, 1, 1)


def test_told_apart_by_what_they_are_of(centre: Centre) -> None:
    centre.count(line("c3", 50, "B"), by="w2")
    by_counter = {row.name: row.sums.lines for row in told(centre, by="counter").rows}
    assert by_counter == {"w1": 3, "w2": 1}
    assert told(centre, facet="counter", name="w2").sums.lines == 1
    assert {row.name: row.sums.lines for row in told(centre, by="zone").rows} == {"pick": 4}
    (row,) = told(centre, facet="counter", name="w2", by="reason").rows
    assert (row.name, row.sums.differing) == ("@waiting", 1)
    first = told(centre, by="counter", rows_max=1)
    assert [row.name for row in told(centre, by="counter", rows_max=1, after=first.after).rows] == ["w2"]


@pytest.mark.parametrize("asked", [
    AskAccuracy(period="2026-13"), AskAccuracy(period="yesterday"), AskAccuracy(period="2026-05-02/2026-05-01"),
    AskAccuracy(period="2026-02-30"), AskAccuracy(period="0001"), AskAccuracy(facet="moon"), AskAccuracy(by="moon"),
    AskAccuracy(by="all"), AskAccuracyLines(what="moon"), AskAccuracyLines(after="x"), AskCheckers(period="9999-12"),
])  # fmt: skip
def test_what_makes_no_sense_is_not_understood(centre: Centre, asked: Any) -> None:
    assert centre.ask(asked) == Refused(why=Why.NOT_UNDERSTOOD)


@pytest.mark.parametrize("asked", [AskAccuracy(), AskAccuracyLines(), AskCheckers()])
def test_figures_are_for_who_may_decide(centre: Centre, asked: Any) -> None:
    assert centre.ask(asked, by="w1") == Refused(why=Why.NO_RIGHT)


def test_a_period_before_the_first_count_has_no_percentages(centre: Centre) -> None:
    page = told(centre, period="2024")
    assert (page.sums.lines, page.has_today, figure(Formula.LINES, page.sums).percent) == (0, False, None)
    assert page.trend == (None,) * 5


def test_a_day_of_23_hours_has_the_lines_of_its_own_hours(centre: Centre) -> None:
    """In Vienna the 29th of March of 2026 begins at 23:00 UTC and ends at 22:00: a line a second before either."""
    first_us, end_us = period_of("2026-03-29").instants_us(Calendar(ZoneInfo("Europe/Vienna")))
    assert end_us - first_us == 23 * 60 * MINUTE_US
    for number, at_us in enumerate((first_us - 1, first_us, end_us - 1, end_us)):
        centre.count(line(f"day-{number}", 5, place="C", at_us=at_us))
    assert told(centre, period="2026-03-29").sums.lines == 2
    assert told(centre, period="2026-03-28/2026-03-30").sums.lines == 4


def test_figures_stay_where_a_month_is_closed_and_opened_again(centre: Centre, store: CentralStore) -> None:
    before = told(centre, period="2026-05").sums
    close_month(store, SITE, "2026-05", AT_US + 40 * DAY_US)
    assert told(centre, period="2026-05").sums == before
    centre.push(centre.made(move("A", "B", 10, at_us=AT_US - 5 * MINUTE_US)))
    late = told(centre, period="2026-05").sums
    assert (late.late, late.differing) == (before.late + 1, before.differing - 1)
    reopen_month(store, SITE, "2026-05")
    assert told(centre, period="2026-05").sums == late


def test_other_days_of_the_site_are_the_days_of_all_figures(centre: Centre, store: CentralStore) -> None:
    day = told(centre).sums.lines, [row.name for row in told(centre, by="zone").rows]
    set_days(store, SITE, 12, None)
    assert behind(store) == {SITE: 1}
    assert not told_without_making(centre).is_made
    assert (told(centre).sums.lines, [row.name for row in told(centre, by="zone").rows]) == day


def told_without_making(centre: Centre) -> AccuracyPage:
    """While the figures are made anew for other days."""
    advance(centre.store, SITE, counts_max=1)
    page = centre.ask(AskAccuracy())
    assert isinstance(page, AccuracyPage)
    return page


def test_what_is_not_in_the_figures_yet_is_said(centre: Centre, store: CentralStore) -> None:
    assert (told(centre).is_made, behind(store)) == (True, {})
    centre.count(line("c4", 1, "B"))
    page = centre.ask(AskAccuracy())
    assert isinstance(page, AccuracyPage)
    assert (page.is_made, page.sums.lines, behind(store)) == (False, 3, {SITE: 1})
    begin_anew(store, SITE)
    assert told(centre).sums.lines == 4


def test_what_one_has_to_know_of_a_good_figure(centre: Centre) -> None:
    doubts = told(centre, with_doubts=True).doubts
    assert doubts is not None
    assert (doubts.places, doubts.counted, doubts.oldest_days) == (5, 1, 0)
    zone = told(centre, with_doubts=True, facet="zone", name="pick").doubts
    assert zone == doubts


def test_who_accepted_whose_counts(centre: Centre) -> None:
    cases = centre.cases().cases
    assert centre.say("accept", *(subject(case) for case in cases), by="s1", reason="other") == ()
    centre.count(line("c5", 49, "B"), by="w2")
    (case,) = centre.cases().cases
    assert centre.say("reject", subject(case), by="s2") == ()
    catch_up(centre.store, SITE)
    page = centre.ask(AskCheckers())
    assert isinstance(page, CheckersPage)
    first, second = page.rows
    assert (first.supervisor, first.counter, first.accepted, first.unchecked, first.bulk) == ("s1", "w1", 2, 2, 2)
    assert (first.above, first.other, first.value) == (2, 2, 2 * 17 * SCALE)
    assert (second.supervisor, second.counter, second.accepted, second.rejected) == ("s2", "w2", 0, 1)
    last = centre.ask(AskCheckers(rows_max=1, after="s1 w1"))
    assert isinstance(last, CheckersPage)
    assert (last.rows, last.after) == ((second,), "")


def test_a_word_that_was_withdrawn_is_nobodys(centre: Centre) -> None:
    case = next(case for case in centre.cases().cases if case.item == "NUT")
    centre.say("accept", subject(case))
    centre.say("withdraw", subject(case, seen=1))
    catch_up(centre.store, SITE)
    page = centre.ask(AskCheckers())
    assert isinstance(page, CheckersPage)
    assert page.rows == ()


def test_one_quantity_in_two_parts_by_two_people_is_shown(centre: Centre, store: CentralStore) -> None:
    cells = dict(zip(BY_STRUCT[Tolerance].fields, ("all", "", "", "", "", "", -1, 9 * SCALE, -1, True), strict=False))
    with store.writing() as connection:
        connection.execute(_tolerances.insert().values(site=SITE, version=0, **cells))
        connection.execute(update(_operators).where(_operators.c.operator == "w2").values(person=""))
    centre.count(line("c6", 45, "B"), by="w1")
    centre.count(line("c7", 40, "B", at_us=AT_US + MINUTE_US), by="w2")
    catch_up(store, SITE)
    page = centre.ask(AskCheckers())
    assert isinstance(page, CheckersPage)
    (split,) = page.splits
    assert (split.place, split.item, split.people) == ("B", "NUT", ("w1", "w2"))
    assert (split.quantity, split.value) == (-10_500_000, -21 * SCALE)
    assert centre.held(key("B")) == 40


def test_two_who_adjust_the_same_goods_the_same_way_on_a_day_are_shown(centre: Centre) -> None:
    for place, pieces, by in (("A", 2, "w1"), ("B", 5, "w1"), ("B", 1, "w1")):
        centre.count(adjusted(place, pieces), by)
    second = centre.count(adjusted("A", 3), "w2")
    page = centre.ask(AskCheckers(period="2026-05"))
    assert isinstance(page, CheckersPage)
    assert [(one.place, one.people, one.quantity) for one in page.splits] == [("A", ("w1", "w2"), 5 * SCALE)]
    centre.count(Annulled(AT_US, second.id), "w2")
    page = centre.ask(AskCheckers(period="2026-05"))
    assert isinstance(page, CheckersPage)
    assert page.splits == ()


def test_exports_are_made_of_all_that_was_counted(centre: Centre, store: CentralStore) -> None:
    def rows(what: str) -> list[dict[str, Any]]:
        return [json.loads(text) for text in export_lines(store, Selection(what, SITE), "jsonl")]

    whole = next(row for row in rows("accuracy") if (row["facet"], row["period"]) == ("all", "2026-05"))
    assert (whole["lines"], whole["gross"], whole["lines_percent"]) == (3, "34", "33.333333")
    (count,) = rows("counts")
    assert (count["count"], count["place"], count["lines"], count["net"]) == ("d1/c1", "A", 3, "-34")
    assert [(row["item"], row["difference"], row["net"]) for row in rows("variances")] == [
        ("GLUE", "-7", "-14"), ("NUT", "-10", "-20"),
    ] or [row["item"] for row in rows("variances")] == ["NUT", "GLUE"]  # fmt: skip
    assert "'-" not in "".join(export_lines(store, Selection("variances"), "csv"))
