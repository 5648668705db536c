"""What a device's own events change of what it has pulled: annulments reverse, plates stand where they were put."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from scanner_app.domain.catalog import Plate, Stock
from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.events.moved import Moved
from scanner_app.domain.events.plate_moved import PlateMoved
from scanner_app.domain.ledger import Leg, StockKey, in_hand
from scanner_app.store import schema
from scanner_app.store.file import CACHE_NAME
from scanner_app.store.journal import Answered
from scanner_app.store.store import Store, open_store
from tests.warehouse import filled

HAND = in_hand("1001")
A, B = StockKey("A-01-01", "100001"), StockKey("A-01-05", "100001")


def moved(quantity: int) -> Moved:
    return Moved((Leg(1, quantity, A, B),))


def post(store: Store, number: int, fact: Fact) -> None:
    event = Event(
        id=f"e{number}", device="dev-1", epoch=1, sequence=number, entry=number, site="DC1", operator="1001",
        wall_us=number, monotonic_us=number, boot="b", program="p", fact=fact,
    )  # fmt: skip
    with store.transaction:
        store.journal.post(event, None)


def answer(store: Store, number: int, outcome: str, version: int = 0) -> None:
    with store.transaction:
        store.journal.answer([Answered(number, outcome, version, (), counts=outcome == "posted")])


def on_hand(store: Store, key: StockKey) -> int:
    both = " UNION ALL ".join(f"SELECT place, item, quantity FROM {table}" for table in ("stock", "overlay"))
    query = f"SELECT coalesce(sum(quantity), 0) FROM ({both}) WHERE place = ? AND item = ?"
    return int(store.file.database.execute(query, (key.place, key.item)).fetchone()[0])


def row(key: StockKey, quantity: int) -> Stock:
    return Stock(key.place, key.item, key.lot, key.serial, key.owner, key.status, quantity)


def stands(store: Store, plate: str) -> tuple[str, str] | None:
    row = store.file.database.execute("SELECT location, parent FROM plate_now WHERE plate = ?", (plate,)).fetchone()
    return (row[0], row[1]) if row else None


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return filled(tmp_path)


def test_what_never_happened_is_taken_off_the_stock_at_once(store: Store) -> None:
    before = on_hand(store, A)
    post(store, 1, moved(5))
    post(store, 2, Annulled(2, "e1"))
    assert (on_hand(store, A), on_hand(store, B)) == (before, 0)
    post(store, 3, Annulled(3, "e2"))
    assert (on_hand(store, A), on_hand(store, B)) == (before - 5, 5)


@pytest.mark.parametrize("first", ["rows", "answer"])
def test_an_annulment_stays_in_the_sum_until_its_rows_are_there(store: Store, first: str) -> None:
    before = on_hand(store, A)
    post(store, 1, moved(5))
    answer(store, 1, "posted", 50)
    with store.transaction:
        store.feed.put([(50, row(A, before - 5)), (51, row(B, 5))])
    post(store, 2, Annulled(2, "e1"))
    rows = [(60, row(A, before)), (61, row(B, 0))]
    assert on_hand(store, A) == before
    if first == "rows":
        with store.transaction:
            store.feed.put(rows)
        answer(store, 2, "posted", 60)
    else:
        answer(store, 2, "posted", 60)
        assert on_hand(store, A) == before
        with store.transaction:
            store.feed.put(rows)
    assert (on_hand(store, A), on_hand(store, B)) == (before, 0)
    assert store.file.database.execute("SELECT count(*) FROM overlay").fetchone() == (0,)


def test_annulling_what_the_centre_holds_changes_nothing(store: Store) -> None:
    before = on_hand(store, A)
    post(store, 1, moved(5))
    post(store, 2, Annulled(2, "e1"))
    answer(store, 1, "held")
    assert (on_hand(store, A), on_hand(store, B)) == (before, 0)
    answer(store, 2, "posted", 70)
    assert (on_hand(store, A), on_hand(store, B)) == (before, 0)


def test_nor_does_annulling_that_annulment(store: Store) -> None:
    before = on_hand(store, A)
    post(store, 1, moved(5))
    post(store, 2, Annulled(2, "e1"))
    post(store, 3, Annulled(3, "e2"))
    answer(store, 1, "quarantined")
    assert (on_hand(store, A), on_hand(store, B)) == (before, 0)


def test_a_plate_stands_where_it_was_put_until_the_centre_says_the_same(store: Store) -> None:
    with store.transaction:
        store.feed.put([(40, Plate("LP-9", "A-01-01"))])
    post(store, 1, PlateMoved(1, "LP-9", "A-01-05", was_at="A-01-01"))
    post(store, 2, PlateMoved(2, "LP-NEW", "A-01-05"))
    assert (stands(store, "LP-9"), stands(store, "LP-NEW")) == (("A-01-05", ""), ("A-01-05", ""))
    post(store, 3, Annulled(3, "e1"))
    assert stands(store, "LP-9") == ("A-01-01", "")
    for number in (1, 2, 3):
        answer(store, number, "posted", 80)
    assert stands(store, "LP-9") == ("A-01-01", "")
    with store.transaction:
        store.feed.put([(81, Plate("LP-9", "A-01-02")), (82, Plate("LP-NEW", "A-01-05"))])
    assert (stands(store, "LP-9"), stands(store, "LP-NEW")) == (("A-01-02", ""), ("A-01-05", ""))
    assert store.file.database.execute("SELECT count(*) FROM plate_overlay").fetchone() == (0,)


def test_a_plate_that_went_on_stays_there_when_an_earlier_move_never_happened(store: Store) -> None:
    with store.transaction:
        store.feed.put([(40, Plate("LP-9", "A-01-01"))])
    post(store, 1, PlateMoved(1, "LP-9", "A-01-05", was_at="A-01-01"))
    post(store, 2, PlateMoved(2, "LP-9", "A-01-02", was_at="A-01-05"))
    post(store, 3, Annulled(3, "e1"))
    assert stands(store, "LP-9") == ("A-01-02", "")


def test_a_new_plate_is_known_at_once_and_unknown_when_it_is_held(store: Store) -> None:
    post(store, 1, PlateMoved(1, "LP-NEW", "A-01-05"))
    assert [found.place for found in store.catalog.identify(("LP-NEW",), people=False).places] == ["LP-NEW"]
    answer(store, 1, "held")
    assert store.catalog.identify(("LP-NEW",), people=False).places == ()


def test_a_cache_of_the_first_version_is_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:1])
        patched.setattr(schema, "VERSION", 1)
        with closing(sqlite3.connect(tmp_path / CACHE_NAME, isolation_level=None)) as old:
            old.execute("PRAGMA journal_mode = WAL")
            schema.migrate(old)
            old.execute("INSERT INTO plate VALUES ('LP-1', 'A-01-01', '')")
            assert old.execute("PRAGMA user_version").fetchone() == (1,)
    store = open_store(tmp_path)
    assert stands(store, "LP-1") == ("A-01-01", "")
    assert store.file.database.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
