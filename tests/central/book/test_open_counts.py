"""Open counts: devices hear who counts where, from the first entry on, as long as it means anything."""

from typing import Any

import msgspec
import pytest
from sqlalchemy import func, select

from scanner_app.domain.count_open import ENDS_AFTER_US, MINUTE_US, CountOpen
from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.events.closing import Closing
from scanner_app.domain.events.count_closed import CountClosed
from scanner_app.domain.events.counted import Counted
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.line import Line
from scanner_app.domain.events.sighted import Sighted
from scanner_app.domain.quantity import SCALE
from sync.central.book.counters import locked_counters, set_counters
from sync.central.book.open_counts import KEPT_US, decided_counts
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.store import CentralStore
from sync.central.exchange.feed import page_after
from sync.central.intake.apply import apply_batch
from tests.central.warehouse import NOW_US, OTHER, SENDER, SITE, event, key

BLIND_US = 60 * MINUTE_US
_table = BY_STRUCT[CountOpen].table


def line(count: str, at_us: int = NOW_US, place: str = "A", item: str = "NUT") -> Counted:
    return Counted(Line(count, key(place, item), SCALE, at_us - 5, at_us, "EA", "EA"))


def closed(count: str, at_us: int = NOW_US, place: str = "A", lines: int = 1) -> CountClosed:
    return CountClosed(Closing(count, place, lines, 0, at_us - 60, at_us))


def told(store: CentralStore, *events: Event, at_us: int = NOW_US, sender: Any = SENDER) -> None:
    with store.writing() as connection:
        apply_batch(connection, sender, [msgspec.json.encode(one) for one in events], at_us)


def rows(store: CentralStore) -> dict[str, CountOpen]:
    """What the feed has of counts, by their names without what tells them apart from others."""
    with store.reading() as connection:
        page = page_after(connection, SITE, 0, 5_000)
    found = [row.row for row in page.rows if isinstance(row.row, CountOpen)]
    return {row.count.removeprefix(SENDER.device + "/"): row for row in found}


def test_the_first_entry_opens_a_count_and_its_closing_ends_it(store: CentralStore) -> None:
    told(store, event(1, line("c1")))
    assert rows(store) == {"c1": CountOpen("d1/c1", "A", "w1", NOW_US - 5, NOW_US)}
    told(store, event(2, closed("c1", NOW_US + 9)))
    assert rows(store)["c1"] == CountOpen("d1/c1", "A", "w1", NOW_US - 51, NOW_US + 9, is_ended=True)


@pytest.mark.parametrize(("begun_us", "counts"), [(NOW_US + 9, {"c1"}), (NOW_US + 8, {"c1", "said"})])
def test_who_says_at_the_desk_that_a_plate_is_lost_counts_nowhere(
    begun_us: int, counts: set[str], store: CentralStore
) -> None:
    told(store, event(1, line("c1")), event(2, CountClosed(Closing("said", "P1", 0, 0, begun_us, NOW_US + 9))))
    assert rows(store).keys() == counts
    assert not rows(store)["c1"].is_ended, "nor is another count of theirs left by that"


def test_a_code_that_nobody_knows_opens_a_count_as_well(store: CentralStore) -> None:
    told(store, event(1, line("c1", item="4006381333931")))
    assert rows(store)["c1"].place == "A"


def test_a_plate_that_was_seen_is_an_entry_at_the_place_where_it_stands(store: CentralStore) -> None:
    told(store, event(1, Sighted(NOW_US, "c1", "P1", "A")))
    assert rows(store)["c1"] == CountOpen("d1/c1", "A", "w1", NOW_US, NOW_US)


def test_another_count_of_the_operator_ends_the_one_before_and_one_of_a_plate_within_does_not(
    store: CentralStore,
) -> None:
    told(store, event(1, line("c1")), event(2, line("in-it", NOW_US + 1, "P1")))
    assert not rows(store)["c1"].is_ended
    told(store, event(3, line("c2", NOW_US + 2, "B")))
    assert [name for name, row in sorted(rows(store).items()) if row.is_ended] == ["c1", "in-it"]
    told(store, event(4, line("c1", NOW_US + 3)))
    assert not rows(store)["c1"].is_ended, "within the blind time one may go on"


def test_a_count_goes_on_as_long_as_a_plate_within_it_is_counted(store: CentralStore) -> None:
    hour_us = ENDS_AFTER_US // 2
    told(store, event(1, line("c0", NOW_US - 9, "B")), event(2, line("c1")))
    for number in range(1, 4):
        at_us = NOW_US + number * hour_us
        told(store, event(2 + number, line("in-it", at_us, "P1")), at_us=at_us)
    assert rows(store)["c1"].is_open(NOW_US + 4 * hour_us)
    assert rows(store)["c0"].last == NOW_US - 9, "it had ended before"
    late_us = NOW_US + 5 * hour_us
    told(store, event(6, line("in-it", late_us, "P1")), at_us=late_us)
    assert rows(store)["c1"].last == NOW_US + 3 * hour_us, "nobody has come back for two hours"


def test_the_order_of_arrival_says_nothing(store: CentralStore) -> None:
    told(store, event(2, line("c2", NOW_US + 2, "B")))
    told(store, event(3, closed("c2", NOW_US + 3, "B")))
    told(store, event(1, line("c1", NOW_US)), event(4, line("c2", NOW_US + 1, "B")))
    assert rows(store)["c2"] == CountOpen("d1/c2", "B", "w1", NOW_US - 57, NOW_US + 3, is_ended=True)


def test_of_a_count_only_its_own_device_says_anything_and_only_of_its_place(store: CentralStore) -> None:
    told(store, event(1, closed("c1", NOW_US - 9), OTHER, operator="s1"), sender=OTHER)
    told(store, event(1, line("c1")))
    told(store, event(2, closed("c1", NOW_US + 9), OTHER, operator="s1"), sender=OTHER)
    told(store, event(2, closed("c1", NOW_US + 9, "B")))
    assert rows(store)["c1"] == CountOpen("d1/c1", "A", "w1", NOW_US - 5, NOW_US)
    assert rows(store)["d2/c1"] == CountOpen("d2/c1", "A", "s1", NOW_US - 69, NOW_US + 9, is_ended=True)


def test_another_badge_goes_on_with_a_count(store: CentralStore) -> None:
    told(store, event(1, line("c1")), event(2, closed("c1", NOW_US + 9), operator="s1"))
    assert rows(store)["c1"] == CountOpen("d1/c1", "A", "w1", NOW_US - 51, NOW_US + 9, is_ended=True)


def test_an_undone_closing_opens_it_again(store: CentralStore) -> None:
    closing = event(2, closed("c1", NOW_US + 9))
    told(store, event(1, line("c1")), closing)
    told(store, event(3, Annulled(NOW_US + 10, closing.id)))
    assert not rows(store)["c1"].is_ended


def test_what_means_nothing_any_more_is_told_and_then_forgotten(store: CentralStore) -> None:
    told(store, event(1, line("c1")))
    told(store, event(2, line("c2", NOW_US + ENDS_AFTER_US, "B")), at_us=NOW_US + ENDS_AFTER_US)
    assert rows(store)["c1"].active, "at the edge"
    told(store, event(3, line("c2", NOW_US + ENDS_AFTER_US + 1, "B")), at_us=NOW_US + ENDS_AFTER_US + 1)
    assert not rows(store)["c1"].active
    late_us = NOW_US + KEPT_US + 1
    told(store, event(4, line("c3", late_us, "C")), at_us=late_us)
    with store.reading() as connection:
        kept = connection.execute(select(_table.c.count).order_by(_table.c.count)).scalars().all()
        assert connection.execute(select(func.count()).select_from(_table)).scalar() == 2
    assert kept == ["d1/c2", "d1/c3"]


def test_that_a_person_decided_is_noted_once(store: CentralStore) -> None:
    told(store, event(1, line("c1")), event(2, closed("c1", NOW_US + 1)))
    for _ in range(2):
        with store.writing() as connection:
            before = locked_counters(connection, SITE)
            version = decided_counts(connection, SITE, {"d1/c1", "unknown"}, before.version)
            set_counters(connection, SITE, before._replace(version=version))
    assert rows(store)["c1"].is_decided
    assert version == before.version


@pytest.mark.parametrize(
    ("row", "after_us", "is_open", "is_blind"),
    [
        pytest.param({}, ENDS_AFTER_US - 1, True, True, id="open to the edge"),
        pytest.param({}, ENDS_AFTER_US, False, False, id="two hours without an entry"),
        pytest.param({"is_ended": True}, BLIND_US - 1, False, True, id="closed, and still blind"),
        pytest.param({"is_ended": True}, BLIND_US, False, False, id="blind no more"),
        pytest.param({"is_ended": True, "is_decided": True}, 0, False, False, id="a person has decided"),
        pytest.param({"is_decided": True}, BLIND_US + 1, True, True, id="as long as it is open, whatever is decided"),
        pytest.param({"active": False}, 0, False, False, id="gone"),
    ],
)
def test_how_long_a_row_means_anything(row: dict[str, bool], after_us: int, is_open: bool, is_blind: bool) -> None:
    count = CountOpen("c1", "A", "w1", 0, 0, **row)
    assert (count.is_open(after_us), count.is_blind(after_us, 60)) == (is_open, is_blind)
