"""The overview of what waits: of each kind how much, how much of that for a day or more, and what it is worth."""

from scanner_app.domain.desk.overview import FIRST_ANYWAY, LATE_US, NEVER_FIRST, ORDER, AskOverview, OverviewPage
from scanner_app.domain.task import COUNT, Task
from sync.central.book.counters import locked_counters
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.store import CentralStore
from sync.central.decisions.desk import answered
from sync.central.decisions.overview_page import SOURCES
from sync.central.events.sender import Sender
from tests.central.decisions.desks import asked
from tests.central.decisions.test_lists import cases, priced
from tests.central.serving import Handheld
from tests.central.warehouse import NOW_US, SITE, event, move


def overview(store: CentralStore, sender: Sender, now_us: int = NOW_US) -> OverviewPage:
    with store.reading() as connection:
        page = answered(connection, sender, "s1", AskOverview(), now_us)
    assert isinstance(page, OverviewPage), page
    return page


def test_each_kind_is_told_with_what_it_is_worth_as_its_list_tells_it(store: CentralStore, handheld: Handheld) -> None:
    priced(store, "NUT", 2)
    handheld.exchange(
        event(1, move("A", "BLOCKED", 3), handheld.sender),
        event(2, move("A", "nowhere", 9), handheld.sender),
        event(3, move("A", "CLOSED", 5), handheld.sender),
        event(4, move("B", "A", 5_000), handheld.sender),
    )
    page = asked(handheld, AskOverview())
    assert isinstance(page, OverviewPage)
    assert [one.kind for one in page.in_order] == ["held", "negative", "exception"]
    assert [one.is_first for one in page.in_order] == [True, True, False]
    for one in page.kinds:
        of_kind = cases(handheld, kind=one.kind)
        assert (one.waiting, one.up, one.down) == (of_kind.waiting, of_kind.up, of_kind.down)


def test_what_waits_for_a_day_is_late_from_then_on(store: CentralStore, handheld: Handheld) -> None:
    handheld.exchange(event(1, move("A", "nowhere"), handheld.sender))
    since_us = cases(handheld).cases[0].since_us
    late = [overview(store, handheld.sender, since_us + LATE_US + more).kinds[0].late for more in (-1, 0)]
    assert late == [0, 1]


def test_tasks_are_counted_that_are_late(store: CentralStore, handheld: Handheld) -> None:
    kind = BY_STRUCT[Task]
    rows = [Task(f".{due}", COUNT, "A", due=due) for due in (0, NOW_US, NOW_US + 1)]
    with store.writing() as connection:
        locked_counters(connection, SITE)
        for row in rows:
            fields = {name: getattr(row, name) for name in kind.fields}
            connection.execute(kind.table.insert().values(site=SITE, version=1, **fields))
    assert overview(store, handheld.sender).late_tasks == 1


def test_where_nothing_waits_nothing_is_told(store: CentralStore, handheld: Handheld) -> None:
    assert overview(store, handheld.sender).kinds == ()


def test_every_kind_has_its_number_and_what_is_urgent_names_kinds() -> None:
    assert sorted(ORDER) == sorted(source.kind for source in SOURCES)
    assert not FIRST_ANYWAY & NEVER_FIRST
