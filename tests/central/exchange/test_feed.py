"""The feed: no row is skipped whatever writes meanwhile, and a page may be cut anywhere."""

import threading
from typing import Any

import msgspec
import pytest

from scanner_app.domain.catalog import Item, Stock
from scanner_app.domain.quantity import SCALE
from sync.central.book.counters import site_version
from sync.central.database.store import CentralStore
from sync.central.events.sender import Sender
from sync.central.exchange.feed import page_after
from sync.central.intake.apply import apply_batch
from tests.central.warehouse import NOW_US, SENDER, SITE, event, move, push


def pulled(store: CentralStore, cursor: int, rows_max: int) -> tuple[dict[Any, Any], int]:
    """Pull to the end in pages of ``rows_max``; the latest row of each name."""
    rows: dict[Any, Any] = {}
    more = True
    while more:
        with store.reading() as connection:
            page = page_after(connection, SITE, cursor, rows_max)
        versions = [one.version for one in page.rows]
        assert versions == sorted(set(versions))
        assert len(versions) <= rows_max
        assert all(cursor < version <= page.cursor for version in versions)
        rows.update((_name(one.row), one.row) for one in page.rows)
        cursor, more = page.cursor, page.more
    return rows, cursor


def _name(row: Any) -> Any:
    if isinstance(row, Stock):
        return row.place, row.item, row.lot, row.serial, row.owner, row.status
    return type(row).__name__, *tuple(getattr(row, name) for name in row.__struct_fields__[:3])


@pytest.mark.parametrize("rows_max", [1, 2, 7, 5_000])
def test_every_cut_gives_the_same_rows(store: CentralStore, rows_max: int) -> None:
    push(store, [event(n, move("A", "B", n)) for n in range(1, 6)])
    whole, version = pulled(store, 0, 5_000)
    assert pulled(store, 0, rows_max) == (whole, version)
    with store.reading() as connection:
        assert version == site_version(connection, SITE)
    assert whole[("A", "NUT", "", "", "OWN", "AVAILABLE")].quantity == 85_000_000
    assert any(isinstance(row, Item) for row in whole.values())


def test_virtual_places_stay_at_the_centre_but_hands_are_fed(store: CentralStore) -> None:
    taken = move("A", "B").legs[:1]
    push(store, [event(1, type(move("A", "B"))(taken))])
    places = {row.place for row in pulled(store, 0, 100)[0].values() if isinstance(row, Stock)}
    assert places == {"A", "B", "@hand:w1"}


def test_nothing_new_is_an_empty_page_at_the_end(store: CentralStore) -> None:
    _, version = pulled(store, 0, 100)
    assert pulled(store, version, 100) == ({}, version)
    assert pulled(store, version + 1_000, 100) == ({}, version)


def test_an_answer_says_from_which_version_rows_contain_the_event(store: CentralStore) -> None:
    _, before = pulled(store, 0, 100)
    answers = push(store, [event(1, move("A", "B")), event(2, move("B", "A"))])
    rows, _ = pulled(store, before, 1)
    assert {answer.version for answer in answers} == {before + 1}
    assert {key[0] for key in rows} == {"A", "B"}


def test_no_row_is_skipped_with_eight_writers_and_a_slow_one(store: CentralStore) -> None:
    """The slow one has written, and commits only when the reader has been past three times more."""
    polls = Polls()
    writers = [threading.Thread(target=_write, args=(store, number)) for number in range(8)]
    writers.append(threading.Thread(target=_write_slowly, args=(store, polls)))
    rows, cursor = pulled(store, 0, 3)
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        fresh, cursor = pulled(store, cursor, 3)
        rows.update(fresh)
        polls.count()
    rows.update(pulled(store, cursor, 3)[0])
    assert rows == pulled(store, 0, 5_000)[0]
    assert rows[("A", "NUT", "", "", "OWN", "AVAILABLE")].quantity == (100 - 8 * 12 - 5) * SCALE


class Polls:
    """How often the reader has been past."""

    def __init__(self) -> None:
        self._turn = threading.Condition()
        self._done = 0

    def count(self) -> None:
        with self._turn:
            self._done += 1
            self._turn.notify_all()

    def wait_for_more(self, more: int) -> None:
        with self._turn:
            wanted = self._done + more
            assert self._turn.wait_for(lambda: self._done >= wanted, timeout=30)


def _write(store: CentralStore, number: int) -> None:
    sender = Sender(SITE, f"w{number}", 1)
    for sequence in range(1, 13):
        push(store, [event(sequence, move("A", "BC"[number % 2]), sender)], sender)


def _write_slowly(store: CentralStore, polls: Polls) -> None:
    sender = Sender(SITE, "slow", 1)
    for sequence in range(1, 6):
        with store.writing() as connection:
            payload = msgspec.json.encode(event(sequence, move("A", "B"), sender))
            apply_batch(connection, sender, [payload], NOW_US)
            polls.wait_for_more(3)


def test_a_push_of_nothing_changes_no_version(store: CentralStore) -> None:
    _, before = pulled(store, 0, 100)
    push(store, [])
    push(store, [event(1, move("A", "NOWHERE"))], SENDER)
    assert pulled(store, 0, 100)[1] == before


def test_a_page_is_bounded_whatever_is_asked(store: CentralStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.central.exchange.feed.ROWS_MAX", 4)
    with store.reading() as connection:
        page = page_after(connection, SITE, 0, 1_000)
    assert (len(page.rows), page.more) == (4, True)
