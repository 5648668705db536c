"""Verifying: every kind of tampering with the book is found and named."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import text

from scanner_app.errors import CentralError
from sync.central.admin import invite, revoke_device, status
from sync.central.store import CentralStore, init_store, open_store
from sync.central.timelines import catch_up
from sync.central.verifying import verify
from tests.central.warehouse import NOW_US, SITE, event, move, push


@pytest.mark.parametrize(
    ("tampering", "law", "names"),
    [
        ("UPDATE ledger SET quantity = quantity + 1 WHERE recorded = 3", "the chain of hashes holds", "row 3"),
        ("UPDATE ledger SET effective_us = 0 WHERE recorded = 2", "the chain of hashes holds", "row 2"),
        ("DELETE FROM ledger WHERE recorded = 4", "recorded numbers have no gap", "after row 3 comes 5"),
        ("DELETE FROM ledger WHERE recorded > 8", "the chain of hashes holds", "it ends at row 8"),
        ("UPDATE ledger SET quantity = 1 WHERE recorded = 1", "the rows of one cause sum to zero", ""),
        ("UPDATE stock SET quantity = 5 WHERE place = 'B'", "stock is the sum of the ledger", "B NUT"),
        ("DELETE FROM events WHERE device = 'd1'", "every row of the ledger has its event", ""),
        ("UPDATE events SET id = 'x' WHERE device = 'd1'", "every posted event is in the ledger", "x"),
    ],
)
def test_tampering_is_named(store: CentralStore, tampering: str, law: str, names: str) -> None:
    push(store, [event(1, move("A", "B"))])
    assert verify(store) == []
    with store.writing() as connection:
        connection.execute(text(tampering))
    assert [found for found in verify(store) if found.law == law and names in found.what]


def test_swapped_rows_are_found(store: CentralStore) -> None:
    push(store, [event(1, move("A", "B"))])
    with store.writing() as connection:
        for before, after in ((7, 99), (8, 7), (99, 8)):
            connection.execute(text(f"UPDATE ledger SET recorded = {after} WHERE recorded = {before}"))
    assert "row 7" in verify(store)[0].what


def test_status_counts(store: CentralStore) -> None:
    push(store, [event(1, move("A", "B")), event(2, move("A", "NOWHERE"))])
    invite(store, SITE, NOW_US)
    (site,) = status(store).sites
    assert site.outcomes == {"held": 1, "posted": 2}
    assert (site.rows["items"], site.rows["ledger"], site.recorded) == (3, 10, 10)


def test_a_store_keeps_its_epoch_and_its_rows(store: CentralStore, warehouse_url: str) -> None:
    again = init_store(warehouse_url)
    assert again.store_epoch == store.store_epoch
    again.close()


def test_wrong_names_are_errors(store: CentralStore) -> None:
    with pytest.raises(CentralError, match="no site"):
        invite(store, "W9", NOW_US)
    with pytest.raises(CentralError, match="no device"):
        revoke_device(store, SITE, "ghost")


def test_there_is_no_store_before_it_is_made(empty_url: str, tmp_path: Path) -> None:
    with pytest.raises(CentralError, match="central init"):
        open_store(empty_url)
    with pytest.raises(CentralError, match="no central store"):
        open_store(str(tmp_path / "none.db"))


@pytest.mark.parametrize(
    ("tampering", "law"),
    [
        ("UPDATE timeline SET quantity = quantity + 1 WHERE recorded = 9", "every row of a timeline is in the ledger"),
        ("DELETE FROM timeline WHERE recorded = 9", "every row of the ledger is in its timeline"),
        ("UPDATE checkpoints SET balance = balance + 1", "every checkpoint is the sum of its timeline"),
        ("UPDATE checkpoints SET effective_us = effective_us + 1", "every checkpoint is the sum of its timeline"),
    ],
)
def test_tampering_with_timelines_is_named(store: CentralStore, tampering: str, law: str) -> None:
    for number in range(1, 9):
        later = move("A", "B")
        legs = tuple(replace(leg, wall_us=leg.wall_us + number) for leg in later.legs)
        push(store, [event(number, replace(later, legs=legs))])
        catch_up(store, SITE, spacing=2)
    push(store, [event(9, move("B", "A"))])
    catch_up(store, SITE, spacing=2)
    assert verify(store) == []
    with store.writing() as connection:
        connection.execute(text(tampering))
    assert law in {found.law for found in verify(store)}
