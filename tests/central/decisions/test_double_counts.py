"""What two persons count: the first waits, somebody else is sent and told nothing of it, and what agrees stands."""

import json
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import update

from scanner_app.domain.catalog import DoubleCount, Item, Tolerance
from scanner_app.domain.counting.state import Standing
from scanner_app.domain.desk import marks
from scanner_app.domain.desk.opened_claim import BrokenLimit
from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.events.counted import Counted
from scanner_app.domain.quantity import SCALE
from scanner_app.domain.task import COUNT, Task
from scanner_app.domain.work.plan import PRIORITY_OF_WORDS
from sync.central.audit.verification import verify
from sync.central.database.master_tables import BY_STRUCT, FED_KINDS, cells
from sync.central.database.store import CentralStore
from sync.central.database.tables import claims
from sync.central.exports.lines import export_lines
from sync.central.exports.listings import Selection
from sync.central.imports.run import Wish, run_import
from tests.central.claims import AT_US, Centre, closed, line, subject
from tests.central.warehouse import SITE

_items = BY_STRUCT[Item].table


@pytest.fixture
def centre(store: CentralStore) -> Centre:
    """Nuts are an A item and cost two; ten may be off, and two persons count what is worth a hundred."""
    with store.engine.begin() as connection:
        connection.execute(update(_items).where(_items.c.item == "NUT").values(abc="A"))
        for row in (Tolerance("ten", quantity=10 * SCALE), DoubleCount("dear", abc="A", value=100 * SCALE)):
            kind = BY_STRUCT[type(row)]
            named = dict(zip(kind.fields, cells(row), strict=True))
            connection.execute(kind.table.insert().values(site=SITE, version=0, **named))
    return Centre(store)


def standings(centre: Centre) -> list[str]:
    with centre.store.engine.connect() as connection:
        alive = connection.execute(claims.select().where(claims.c.is_alive.is_(True))).all()
    return [row.standing for row in sorted(alive, key=lambda row: row.effective_us)]


def first_of(centre: Centre, pieces: int) -> Task:
    """The task that a first count makes."""
    centre.count(line("c1", pieces))
    (task,) = centre.tasks()
    return task


@pytest.mark.parametrize("pieces", [100, 95, 60], ids=("as the book has it", "within its limits", "far off"))
def test_the_first_waits_whatever_it_finds_and_somebody_else_is_sent(centre: Centre, pieces: int) -> None:
    task = first_of(centre, pieces)
    assert standings(centre) == ["waiting"]
    name, at_us = f"@{task.recounts}", task.since
    nothing_found = Task(name, COUNT, "A", "NUT", at_us, "w1", zone="pick", walk=1, priority=PRIORITY_OF_WORDS)
    assert task == nothing_found
    (case,) = centre.cases().cases
    assert marks.SECOND in case.marks
    claim = centre.opened(case.id).claim
    assert claim is not None
    assert claim.broken[0] == BrokenLimit(what="second")
    assert not verify(centre.store)


@pytest.mark.parametrize(
    ("first", "second", "standing"),
    [(100, 100, Standing.EXACT), (95, 95, Standing.WITHIN), (60, 60, Standing.AGREED), (95, 96, Standing.WAITING)],
)
def test_where_the_second_finds_the_same_it_stands_and_else_somebody_decides(
    centre: Centre, first: int, second: int, standing: Standing
) -> None:
    task = first_of(centre, first)
    centre.count(line("c2", second, at_us=AT_US + 60_000_000, recounts=task.recounts), "w2")
    assert standings(centre)[-1] == standing
    assert [task.active for task in centre.tasks()] == [False], "and nobody is sent a third time"
    cases = centre.cases().cases
    assert len(cases) == (standing is Standing.WAITING)
    if cases:
        claim = centre.opened(cases[0].id).claim
        assert claim is not None
        assert (claim.broken[0], [one.counted // SCALE for one in claim.others]) == (
            BrokenLimit(what="differ"),
            [first],
        )
    assert not verify(centre.store)


@pytest.mark.parametrize("first", [line("c1", 60), closed("c1")], ids=("some of it", "nothing of it"))
def test_where_the_second_finds_nothing_nobody_is_sent_again_and_again(centre: Centre, first: Counted) -> None:
    """A closing cannot say what it recounts."""
    centre.count(first)
    (sent,) = centre.tasks()
    centre.count(closed("c2", at_us=AT_US + 60_000_000), "w2")
    assert [task for task in centre.tasks() if task.active] == []
    assert centre.tasks()[0].task == sent.task
    (case,) = [one for one in centre.cases().cases if one.item == "NUT"]
    assert marks.SECOND not in case.marks
    claim = centre.opened(case.id).claim
    assert claim is not None
    assert (claim.broken[0], len(claim.others)) == (BrokenLimit(what="both"), 1)


def test_who_closes_twice_is_no_second(centre: Centre) -> None:
    centre.count(closed("c1"))
    centre.count(closed("c2", at_us=AT_US + 60_000_000))
    assert [task.not_by for task in centre.tasks() if task.active] == ["w1", "w1"]


def test_what_two_have_counted_before_the_centre_hears_of_it_is_done(centre: Centre) -> None:
    made = [centre.made(line("c1", 60)), centre.made(closed("c2", at_us=AT_US + 60_000_000), "w2")]
    centre.push(*made)
    assert [task.active for task in centre.tasks()] == [False]


def test_of_several_lots_that_were_found_again_none_is_said_to_differ(centre: Centre) -> None:
    """A line names one claim of its item; those of other lots wait, and it is not known whether they are alike."""
    lots = ("L1", "L2")
    first = [_of_lot("c1", lot, AT_US + at) for at, lot in enumerate(lots)]
    centre.push(*(centre.made(fact) for fact in first))
    last = max(centre.tasks(), key=lambda task: task.since)
    second = [_of_lot("c2", lot, AT_US + 60_000_000 + at, last.recounts) for at, lot in enumerate(lots)]
    centre.push(*(centre.made(fact, "w2") for fact in second))
    assert [task.active for task in centre.tasks()] == [False, False]
    (case,) = centre.cases().cases
    claim = centre.opened(case.id).claim
    assert claim is not None
    assert (case.lot, claim.broken[0]) == ("L1", BrokenLimit(what="both"))


def _of_lot(count: str, lot: str, at_us: int, recounts: str = "") -> Counted:
    counted = line(count, 60, at_us=at_us, recounts=recounts)
    return Counted(replace(counted.line, key=replace(counted.line.key, lot=lot)))


def test_the_same_person_is_no_second(centre: Centre) -> None:
    task = first_of(centre, 95)
    centre.count(line("c2", 95, at_us=AT_US + 60_000_000, recounts=task.recounts), "w1")
    assert standings(centre) == ["waiting", "waiting"]
    assert centre.tasks()[0].active


def test_somebody_may_decide_before_the_second_has_counted(centre: Centre) -> None:
    first_of(centre, 95)
    (case,) = centre.cases().cases
    assert centre.say("accept", subject(case)) == ()
    assert standings(centre) == ["accepted"]


def test_what_is_worth_less_one_person_counts(centre: Centre) -> None:
    """By what was counted and by what the book has, whichever is more."""
    centre.count(line("c1", 49, "C"))
    assert (standings(centre), centre.tasks()) == (["waiting"], []), "it is over its limit, and nothing else"
    centre.count(line("c2", 50, "C", at_us=AT_US + 1))
    assert len(centre.tasks()) == 1


def test_a_count_that_never_happened_asks_for_no_second(centre: Centre) -> None:
    counted = line("c1", 95)
    event = centre.count(counted)
    centre.count(Annulled(AT_US + 1, event.id))
    assert [task.active for task in centre.tasks()] == [False]


@pytest.mark.parametrize("second", [95, 60], ids=("it had found the same", "it had not"))
def test_where_the_second_count_never_happened_somebody_is_sent_again(second: int, centre: Centre) -> None:
    task = first_of(centre, 95)
    event = centre.count(line("c2", second, at_us=AT_US + 60_000_000, recounts=task.recounts), "w2")
    assert [task.active for task in centre.tasks()] == [False]
    centre.count(Annulled(AT_US + 60_000_001, event.id), "w2")
    assert centre.tasks() == [task]
    (case,) = centre.cases().cases
    assert marks.SECOND in case.marks


def test_what_is_closed_anew_is_counted_by_somebody_else_once_more(centre: Centre) -> None:
    event = centre.count(closed("c1"))
    centre.count(Annulled(AT_US + 1, event.id))
    assert [task.active for task in centre.tasks()] == [False]
    centre.count(closed("c1", at_us=AT_US + 2))
    (task,) = centre.tasks()
    assert (task.active, task.since) == (True, AT_US + 2)


def test_where_another_second_count_is_there_nobody_is_sent_again(centre: Centre) -> None:
    task = first_of(centre, 95)
    made = [
        centre.made(line(f"c{n}", 95 + n, at_us=AT_US + n * 60_000_000, recounts=task.recounts), "w2") for n in (2, 3)
    ]
    centre.push(*made)
    centre.count(Annulled(AT_US + 180_000_001, made[0].id), "w2")
    assert [task.active for task in centre.tasks()] == [False]


def test_what_the_table_says_later_changes_no_claim_that_was_met(centre: Centre) -> None:
    task = first_of(centre, 95)
    with centre.store.engine.begin() as connection:
        connection.execute(BY_STRUCT[DoubleCount].table.update().values(active=False))
    centre.count(line("c2", 96, at_us=AT_US + 60_000_000, recounts=task.recounts), "w2")
    assert standings(centre) == ["waiting", "within"], "the second was met later: one person counts it by then"


def test_no_device_is_sent_what_two_persons_count() -> None:
    assert DoubleCount not in {kind.struct for kind in FED_KINDS}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("a,,,NOWHERE,,,10,yes", "there is no location NOWHERE"),
        ("a,NOTHING,,,,,10,yes", "there is no item NOTHING"),
        ("a,,,,,nobody,10,yes", "there is no operator nobody"),
        ("a,NUT,A,,,,10,yes", "for an item, or for a class of items"),
        ("a,,,,,,-5,yes", ""),
        ("a,,,,,,much,yes", ""),
    ],
)
def test_a_row_that_cannot_be_is_refused(store: CentralStore, tmp_path: Path, row: str, reason: str) -> None:
    head = "double_count,item,abc,location,zone,operator,value,active\n"
    (tmp_path / "double_counts.csv").write_text(f"{head}{row}\n", encoding="utf-8")
    report = run_import(store, tmp_path, AT_US, Wish(SITE))
    assert report.refusals
    assert reason in str(report.refusals[0])


def test_a_row_is_imported_and_exported_again(store: CentralStore, tmp_path: Path) -> None:
    head = "double_count,item,abc,location,zone,operator,value,active\n"
    (tmp_path / "double_counts.csv").write_text(f"{head}dear,,A,,,,100,yes\nall,,,,pick,,,yes\n", encoding="utf-8")
    assert not run_import(store, tmp_path, AT_US, Wish(SITE)).refusals
    rows = [json.loads(line) for line in export_lines(store, Selection("double_counts"), "jsonl")]
    assert [(row["double_count"], row["abc"], row["zone"], row["value"]) for row in rows] == [
        ("all", "", "pick", ""),
        ("dear", "A", "", "100"),
    ]
