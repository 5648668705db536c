"""Plans at the centre: what is due becomes tasks once, so many a day, and a count by chance does one."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import func, select

from scanner_app.domain.catalog import Location
from scanner_app.domain.events.count_closed import CountClosed
from scanner_app.domain.task import LOOK, Task, name_of
from scanner_app.domain.work.plan import By, Plan
from scanner_app.domain.work.zero_check import EMPTY, NOT_EMPTY
from sync.central.audit.verification import verify
from sync.central.book.master_rows import write_master_rows
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.store import CentralStore
from sync.central.database.tables import count_closings
from sync.central.imports.run import Wish, run_import
from sync.central.sites.calendar import calendar_of
from sync.central.tasks.looking import Looked, look
from sync.central.tasks.planning import planned, today_of
from tests.central.tasks.floor import tasks_of
from tests.central.warehouse import NOW_US, SITE, event, move, push
from tests.kinds import CLOSED

DAY_US = 24 * 3600 * 1_000_000
PLACES = ("A", "B", "C", "BLOCKED", "CLOSED")
"""Of them, A and B have something; NOW_US is a Thursday."""


def plan(store: CentralStore, *plans: Plan) -> None:
    write(store, *plans)


def write(store: CentralStore, *rows: Struct) -> None:
    """Write rows of one kind of master data."""
    with store.writing() as connection:
        write_master_rows(connection, BY_STRUCT[type(rows[0])], SITE, [(one,) for one in rows], lambda _done, _of: None)


def seen(store: CentralStore, day: int = 0, seed: str = "") -> Looked:
    return look(store, SITE, NOW_US + day * DAY_US, seed)


def to_do(store: CentralStore) -> dict[str, Task]:
    found = tasks_of(store, [*map(name_of, (*PLACES, "P1")), "@P1"])
    return {task.place: task for task in found.values() if task.active}


def close(store: CentralStore, place: str, day: int = 0, sequence: int = 1) -> None:
    at_us = NOW_US + day * DAY_US
    closing = replace(CLOSED, count=f"c{place}{day}", place=place, lines=0, begun_us=at_us, wall_us=at_us)
    made = event(sequence, CountClosed(closing), wall_us=at_us)
    assert push(store, [made])[0].outcome.is_booked


def test_what_was_never_counted_is_due_and_planned_once(store: CentralStore) -> None:
    plan(store, Plan("cycle"))
    assert seen(store).due == (("cycle", 2),)
    assert to_do(store).keys() == {"A", "B"}
    task = to_do(store)["A"]
    assert (task.zone, task.walk, task.priority, task.plan, task.holder) == ("pick", 1, 1, "cycle", "")
    assert NOW_US < task.due <= NOW_US + DAY_US
    assert seen(store).made == 0
    assert verify(store) == []


def test_a_count_by_chance_does_it_and_it_is_due_again_when_its_days_are_over(store: CentralStore) -> None:
    """The items of the small warehouse are of class C."""
    plan(store, Plan("cycle", days_a=1, days_b=2, days_c=4))
    close(store, "A")
    seen(store)
    assert to_do(store).keys() == {"B"}
    close(store, "B", sequence=2, day=0)
    assert to_do(store) == {}
    for day, due in ((1, 0), (3, None), (4, 2)):
        looked = seen(store, day)
        assert looked.is_worked == (due is not None), day
        assert dict(looked.due).get("cycle") == due
    assert to_do(store).keys() == {"A", "B"}


def test_no_more_a_day_and_no_more_at_once_than_the_plan_says(store: CentralStore) -> None:
    plan(store, Plan("cycle", a_day=1))
    assert [seen(store).made, seen(store).made, seen(store, 1).made] == [1, 0, 0]
    (place,) = to_do(store)
    close(store, place, 1)
    assert seen(store, 1).made == 1
    (other,) = to_do(store)
    close(store, other, 1, 2)
    assert seen(store, 1).made == 0


def test_the_same_seed_gives_the_same_plan_and_another_begins_elsewhere(store: CentralStore) -> None:
    chosen = [_chosen(store, seed) for seed in ("one", "one", "", "", "two", "three", "four")]
    assert chosen[0] == chosen[1]
    assert chosen[2] == chosen[3]
    assert len(set(chosen)) > 1
    assert all(len(places) == 2 for places in chosen)


def _chosen(store: CentralStore, seed: str) -> tuple[str, ...]:
    """What is planned by a plan that nothing is known of yet."""
    with store.reading() as connection:
        today = today_of(calendar_of(connection, SITE), NOW_US)
        (day,) = planned(connection, SITE, [Plan("cycle", a_day=1, empty=True)], today, seed)
    return tuple(one.place for one in day.first)


def test_two_plans_over_one_place_make_one_task_of_the_more_urgent(store: CentralStore) -> None:
    plan(store, Plan("cycle"), Plan("dear", By.VALUE, from_a=0, from_b=0, priority=7), Plan("all", empty=True))
    seen(store)
    assert {place: task.plan for place, task in to_do(store).items()} == {
        "A": "dear", "B": "dear", "C": "all", "BLOCKED": "all", "CLOSED": "all",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("one", "places"),
    [
        (Plan("p", zones="pick"), {"A", "B"}),
        (Plan("p", zones="gone"), set()),
        (Plan("p", By.MOVES, from_a=1_000_000, from_b=1_000_000, days_a=1, days_b=1, days_c=3_000), {"A", "B", "C"}),
        (Plan("p", By.BELOW, below=52_000_000), {"A", "B", "C"}),
        (Plan("p", By.BELOW, below=7_000_000), {"A", "C"}),
        (Plan("p", By.TROUBLE, troubles=("negative",)), {"CLOSED"}),
    ],
)
def test_what_a_plan_goes_by(store: CentralStore, one: Plan, places: set[str]) -> None:
    """Five nuts are moved from A to C, and a nut that was not there from CLOSED to B; A has 7 of glue."""
    push(store, [event(1, move("A", "C", 5)), event(2, move("CLOSED", "B"))])
    plan(store, one)
    if one.by is By.CLASS:
        close(store, "C", sequence=3)
        close(store, "CLOSED", sequence=4)
    seen(store)
    assert to_do(store).keys() == places | ({"CLOSED"} if one.by is By.MOVES else set())


def test_what_was_moved_is_read_once_and_counts_by_the_days_it_gets(store: CentralStore) -> None:
    """At A and C two moves were made, they are due again in a day; B was only opened, and is not."""
    often = Plan("p", By.MOVES, from_a=2_000_000, from_b=2_000_000, days_a=1, days_b=1, days_c=3_000)
    plan(store, often)
    push(store, [event(1, move("A", "C", 5)), event(2, move("A", "C", 5))])
    for sequence, place in enumerate("ABC", 3):
        close(store, place, sequence=sequence)
    assert seen(store).due == (("p", 0),)
    assert seen(store, 1).due == (("p", 2),)
    assert to_do(store).keys() == {"A", "C"}


def test_where_something_is_left_that_the_book_has_not_somebody_counts(store: CentralStore) -> None:
    plan(store, Plan("p", By.TROUBLE, troubles=("zero_check",)))
    push(store, [event(1, replace(move("A", "C", 100), zero_check=NOT_EMPTY))])
    assert seen(store).made == 1
    assert to_do(store)["A"].plan == "p"
    close(store, "A", 1, 2)
    assert to_do(store) == {}
    assert seen(store, 1).made == 0


def test_empty_said_where_the_book_has_something_is_no_count_and_is_counted(store: CentralStore) -> None:
    """Who says so claims nothing: taken for a count it would be seen by nobody."""
    plan(store, Plan("p", By.TROUBLE, troubles=("zero_check",)))
    push(store, [event(1, replace(move("A", "C", 100), zero_check=EMPTY))])
    assert (seen(store).made, to_do(store)["A"].plan) == (1, "p"), "its device did not know of the glue"
    glue = move("A", "C", 7, "GLUE", lot="L1", at_us=NOW_US + 120_000_000)
    push(store, [event(2, replace(glue, zero_check=EMPTY))])
    assert to_do(store) == {}, "where the book has nothing by then it is as good as a count"


def test_a_plate_that_no_count_saw_is_looked_for(store: CentralStore) -> None:
    plan(store, Plan("p", By.TROUBLE))
    close(store, "A")
    assert seen(store).made == 1
    assert (to_do(store)["A"].kind, to_do(store)["A"].item) == (LOOK, "P1")


def test_no_plan_on_a_day_that_is_not_worked(store: CentralStore) -> None:
    plan(store, Plan("cycle"))
    saturday = seen(store, 2)
    assert (saturday.is_worked, saturday.made, to_do(store)) == (False, 0, {})


def test_what_is_gone_is_not_counted_any_more(store: CentralStore) -> None:
    """A plan that goes out of use takes its tasks along, and so does a place."""
    plan(store, Plan("cycle"), Plan("all", empty=True))
    seen(store)
    plan(store, Plan("all", empty=True, active=False))
    write(store, Location("A", "pick", 1, "BIN", active=False))
    assert seen(store).ended
    assert to_do(store).keys() <= {"B"}


def test_a_zone_that_is_gone_since_makes_no_task_and_stops_no_other(store: CentralStore) -> None:
    plan(store, Plan("gone", zones="attic"), Plan("cycle", a_day=2))
    assert {task.plan for task in to_do(store).values()} == set()
    assert seen(store).made == 2
    assert {task.plan for task in to_do(store).values()} == {"cycle"}


HEAD = "plan,by,zones,days_a,days_b,days_c,from_a,from_b,below,troubles,a_day,empty,priority\n"


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("p,class,pick,,,,,,,,,,", ""),
        ("p,class,\"pick, gone\",,,,,,,,,,", "zones"),
        ("p,class,,,,,,,,,0,,", "a_day"),
        ("p,class,,,,,,,,,10000,,", ""),
        ("p,class,,,,,,,,,10001,,", "a_day"),
        ("p,class,,90,30,180,,,,,,,", "days_a"),
        ("p,class,,0,30,180,,,,,,,", "days_a"),
        ("p,class,,,,3651,,,,,,,", "days_a"),
        ("p,class,,,,,,,,,,,10", "priority"),
        ("p,value,,,,,,,,,,,", "from_a"),
        ("p,moves,,,,,10,20,,,,,", "from_a"),
        ("p,moves,,,,,20,10,,,,,", ""),
        ("p,below,,,,,,,,,,,", "below"),
        ("p,below,,,,,,,2.5,,,,", ""),
        ("p,trouble,,,,,,,,weather,,,", "troubles"),
        ("p,trouble,,,,,,,,negative zero_check,,,", ""),
        ("p,trouble,,,,,,,,,,yes,", "empty"),
        ("p,all,,,,,,,,,,,", "by"),
        ("p,season,,,,,,,,,,,", "by"),
        ("@p,class,,,,,,,,,,,", "plan"),
    ],
)  # fmt: skip
def test_a_plan_that_cannot_be_is_refused(store: CentralStore, tmp_path: Path, row: str, column: str) -> None:
    (tmp_path / "plans.csv").write_text(f"{HEAD}{row}\n", encoding="utf-8")
    report = run_import(store, tmp_path, NOW_US, Wish(SITE))
    assert [one.column for one in report.refusals] == ([column] if column else [])
    assert report.is_taken == (not column)


_DAY = st.tuples(st.integers(0, 3), st.sets(st.sampled_from(PLACES), max_size=3), st.integers(1, 2))


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.lists(_DAY, min_size=1, max_size=5))
def test_whatever_is_counted_when_no_plan_makes_too_much_and_no_place_has_two(
    store: CentralStore, days: list[tuple[int, set[str], int]]
) -> None:
    """Days go by, places are counted, and somebody looks once or twice; each walk goes on from where the last ended."""
    plans = {"often": 2, "seldom": 3}
    plan(store, Plan("often", days_a=1, days_b=1, days_c=1, a_day=2, priority=3), Plan("seldom", a_day=3, empty=True))
    day, sequence = _walked(store)
    for wait, places, looks in days:
        day += wait
        for place in sorted(places):
            sequence += 1
            close(store, place, day, sequence)
        made = [seen(store, day) for _ in range(looks)]
        assert sum(looked.made for looked in made) <= sum(plans.values())
        assert all(looked.made == 0 for looked in made[1:])
        tasks = to_do(store).values()
        assert {name: sum(task.plan == name for task in tasks) <= most for name, most in plans.items()} == {
            "often": True, "seldom": True,
        }  # fmt: skip
        assert not {task.place for task in tasks} & places


def _walked(store: CentralStore) -> tuple[int, int]:
    """The last day on which something was closed by the walks before, and their last number."""
    with store.reading() as connection:
        wanted = select(func.max(count_closings.c.effective_us), func.max(count_closings.c.sequence))
        last_us, sequence = connection.execute(wanted).one()
    return ((last_us or NOW_US) - NOW_US) // DAY_US + 4, sequence or 0
