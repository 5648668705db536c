"""Stocktakes: every place once, how far it is, closing it with what is left, and the same report for ever."""

import pytest
from msgspec.structs import replace

from scanner_app.domain.events.count_closed import CountClosed
from scanner_app.domain.events.counted import Counted
from scanner_app.domain.task import name_of
from scanner_app.domain.work.zero_check import EMPTY
from scanner_app.errors import CentralError
from sync.central.book.as_of import balances_as_of
from sync.central.database.store import CentralStore
from sync.central.tasks.looking import look
from sync.central.tasks.stocktake_progress import Counting, Progress, Span, ZoneProgress, left_of, progress_of
from sync.central.tasks.stocktakes import Cut, NotAllCountedError, Stocktake, begin, close, named, stocktakes_of
from tests.central.tasks.floor import add_devices, tasks_of, tell
from tests.central.warehouse import NOW_US, SITE, event, move, push
from tests.kinds import CLOSED, LINE

PLACES = ("A", "B", "C", "BLOCKED", "CLOSED")
LATER_US = NOW_US + 3600 * 1_000_000


@pytest.fixture
def floor(store: CentralStore) -> CentralStore:
    begin(store, SITE, "2026", (), NOW_US)
    look(store, SITE, NOW_US)
    return store


def count(store: CentralStore, place: str, sequence: int, at_us: int = NOW_US + 1) -> None:
    closing = replace(CLOSED, count=f"c{place}", place=place, lines=0, begun_us=at_us, wall_us=at_us)
    assert push(store, [event(sequence, CountClosed(closing), wall_us=at_us)])[0].outcome.is_booked


def progress(store: CentralStore, until_us: int = LATER_US) -> Progress:
    with store.reading() as connection:
        one = named(connection, SITE, "2026")
        return progress_of(connection, SITE, Span(one.plan, one.begun_us, until_us))


def test_every_place_is_a_task_and_what_is_counted_is_done(floor: CentralStore) -> None:
    rows = tasks_of(floor, map(name_of, PLACES))
    assert [(task.place, task.plan) for task in sorted(rows.values(), key=lambda task: task.walk)] == [
        (place, "@2026") for place in PLACES
    ]
    count(floor, "B", 1)
    assert not tasks_of(floor, [name_of("B")])[name_of("B")].active
    assert progress(floor).zones == (ZoneProgress("pick", 5, 1),)
    with floor.reading() as connection:
        left = left_of(connection, SITE, Span("@2026", NOW_US, LATER_US), 2)
    assert [row.place for row in left] == ["A", "C"]


def test_a_plate_with_something_on_it_is_a_place_of_its_own(store: CentralStore) -> None:
    push(store, [event(1, move("A", "P1"))])
    assert begin(store, SITE, "2026", (), NOW_US).places == len(PLACES) + 1


def test_what_was_counted_before_it_began_or_only_found_empty_is_left(store: CentralStore) -> None:
    count(store, "A", 1, NOW_US)
    begin(store, SITE, "2026", (), NOW_US)
    look(store, SITE, NOW_US)
    push(store, [event(2, replace(move("B", "C", 50, at_us=NOW_US + 1), zero_check=EMPTY))])
    assert progress(store).left == len(PLACES)
    assert tasks_of(store, [name_of("B")])[name_of("B")].active


def test_who_is_where_and_which_device_has_not_told_all(floor: CentralStore) -> None:
    add_devices(floor, "d1", "d2", told_us=NOW_US)
    line = replace(LINE, count="c1", begun_us=NOW_US + 1, wall_us=NOW_US + 2)
    push(floor, [event(1, Counted(line))])
    tell(floor, "d2", LATER_US)
    found = progress(floor)
    assert found.counting == (Counting("w1", "A", "pick", NOW_US + 1),)
    assert [device.device for device in found.missing] == ["d1"]


def test_it_is_closed_with_what_is_left_said(floor: CentralStore) -> None:
    add_devices(floor, "d1", told_us=NOW_US)
    count(floor, "A", 1)
    with pytest.raises(NotAllCountedError, match="4 places are not counted and 1 devices have not told all"):
        close(floor, SITE, "2026", Cut(LATER_US))
    closed = close(floor, SITE, "", Cut(LATER_US, note="the rest tomorrow", has_gaps=True))
    assert (closed.left, closed.devices_missing, closed.note) == (4, 1, "the rest tomorrow")
    assert not any(task.active for task in tasks_of(floor, map(name_of, PLACES)).values())
    assert look(floor, SITE, LATER_US).made == 0
    with pytest.raises(CentralError, match="is closed"):
        close(floor, SITE, "2026", Cut(LATER_US))


def test_one_without_gaps_is_closed_without_a_word(floor: CentralStore) -> None:
    add_devices(floor, "d1", told_us=LATER_US)
    for sequence, place in enumerate(PLACES, 1):
        count(floor, place, sequence)
    assert close(floor, SITE, "2026", Cut(LATER_US)).left == 0


def test_what_it_came_to_is_told_the_same_for_ever(floor: CentralStore) -> None:
    """Late events, before the cut and after it, change the book and not the report."""
    closed = close(floor, SITE, "2026", Cut(LATER_US, has_gaps=True))
    before = _report(floor, closed)
    push(floor, [event(1, move("A", "B", 5, at_us=NOW_US)), event(2, move("A", "C", 1, at_us=LATER_US))])
    assert _report(floor, closed) == before
    with floor.reading() as connection:
        (again,) = stocktakes_of(connection, SITE)
    assert _report(floor, again) == before


def _report(store: CentralStore, one: Stocktake) -> list[object]:
    with store.reading() as connection:
        return list(balances_as_of(connection, SITE, one.moment))


@pytest.mark.parametrize(
    ("name", "zones", "why"),
    [
        ("2026", (), "was begun before"),
        ("2027", (), "2026 goes on"),
        ("2027", ("pick", "gone"), "in zone gone"),
        (".x", (), "no name"),
        ("", (), "no name"),
    ],
)
def test_what_cannot_begin_says_why(floor: CentralStore, name: str, zones: tuple[str, ...], why: str) -> None:
    with pytest.raises(CentralError, match=why):
        begin(floor, SITE, name, zones, LATER_US)


@pytest.mark.parametrize("at_us", [NOW_US - 1, LATER_US + 1])
def test_a_cut_lies_within_it(floor: CentralStore, at_us: int) -> None:
    with pytest.raises(CentralError, match="an instant since it was begun"):
        close(floor, SITE, "2026", Cut(LATER_US, at_us, has_gaps=True))
