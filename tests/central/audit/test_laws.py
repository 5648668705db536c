"""Verifying: every kind of tampering with the book is found and named."""

import re
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import text

from scanner_app.errors import CentralError
from sync.central.audit.laws import Law
from sync.central.audit.verification import missing_numbers, verify
from sync.central.book.timelines import catch_up
from sync.central.database.store import CentralStore, init_store, open_store
from sync.central.events.sender import Sender
from sync.central.sites import enrolling
from sync.central.sites.administration import invite, revoke_device
from sync.central.sites.store_status import status
from tests.central.warehouse import NOW_US, SITE, event, move, push

STORE_PAGE = Path(__file__).parents[3] / "docs" / "store.md"


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


def _renumbered(*pairs: tuple[int, int]) -> list[str]:
    return [f"UPDATE ledger SET recorded = {after} WHERE recorded = {before}" for before, after in pairs]


@pytest.mark.parametrize(
    ("tampering", "told"),
    [
        (
            ["UPDATE ledger SET quantity = quantity + 1 WHERE recorded IN (3, 9)"],
            [(Law.CHAIN, "row 3 was altered"), (Law.CHAIN, "row 9 was altered")],
        ),
        (
            ["UPDATE ledger SET cause = 'x' WHERE recorded IN (4, 5)"],
            [(Law.CHAIN, "row 4 was a"), (Law.CHAIN, "row 5 was a")],
        ),
        (
            ["UPDATE ledger SET hash = (SELECT head FROM counters) WHERE recorded = 5"],
            [(Law.CHAIN, "row 5 was altered")],
        ),
        (
            ["DELETE FROM ledger WHERE recorded IN (4, 8)"],
            [(Law.GAPS, "after row 3 comes 5"), (Law.GAPS, "after row 7 comes 9")],
        ),
        (
            ["DELETE FROM ledger WHERE recorded = 4", "UPDATE ledger SET lot = 'y' WHERE recorded = 9"],
            [(Law.GAPS, "after row 3 comes 5"), (Law.CHAIN, "row 9 was altered")],
        ),
        (
            _renumbered((7, 99), (8, 7), (99, 8)),
            [(Law.CHAIN, "row 7 was row 8"), (Law.CHAIN, "row 8 was row 7")],
        ),
        (
            _renumbered((7, 99), (8, 7), (9, 8), (99, 9)),
            [(Law.CHAIN, "row 7 was row 8"), (Law.CHAIN, "row 8 was row 9"), (Law.CHAIN, "row 9 was row 7")],
        ),
        (["DELETE FROM ledger WHERE recorded = 10"], [(Law.CHAIN, "it ends at row 9 and should at 10")]),
    ],
)
def test_every_row_that_is_not_what_or_where_it_was_is_named(
    store: CentralStore, tampering: list[str], told: list[tuple[str, str]]
) -> None:
    push(store, [event(1, move("A", "B"))])
    with store.writing() as connection:
        for statement in tampering:
            connection.execute(text(statement))
    found = [(one.law, re.sub(r" \(event [^)]*\)", "", one.what)) for one in verify(store)]
    about_rows = [one for one in found if one[0] in (Law.CHAIN, Law.GAPS)]
    assert len(about_rows) == len(told)
    for (law, what), (wanted, start) in zip(sorted(about_rows), sorted(told), strict=True):
        assert law == wanted
        assert what.startswith(start)


def test_numbers_that_a_device_has_not_told_of_are_noted(store: CentralStore) -> None:
    push(store, [event(n, move("A", "B")) for n in (1, 2, 5)])
    assert [one.what for one in missing_numbers(store)] == ["device d1, epoch 1: 2 of 1 to 5 are missing"]
    push(store, [event(n, move("A", "B")) for n in (3, 4)])
    assert missing_numbers(store) == verify(store) == []


def test_status_counts(store: CentralStore) -> None:
    push(store, [event(1, move("A", "B")), event(2, move("A", "NOWHERE"))])
    invite(store, SITE, NOW_US)
    (site,) = status(store).sites
    assert site.outcomes == {"held": 1, "posted": 2}
    assert (site.rows["items"], site.rows["ledger"], site.recorded) == (3, 10, 10)


def test_status_tells_of_each_device_what_waits(store: CentralStore) -> None:
    code = invite(store, SITE, NOW_US)
    enrolled = store.write(
        lambda connection: enrolling.enrolled(connection, enrolling.EnrolmentAsked(code=code, name="one"), NOW_US)
    )
    assert isinstance(enrolled, enrolling.Enrolled)
    sender = Sender(SITE, enrolled.device, enrolled.epoch)
    push(store, [event(1, move("A", "B"), sender), event(2, move("A", "NOWHERE"), sender)], sender)
    (device,) = status(store).sites[0].devices
    assert (device.name, device.undecided) == ("one", {"held": 1})


def test_a_store_keeps_its_epoch_and_its_rows(store: CentralStore, warehouse_url: str) -> None:
    again = init_store(warehouse_url)
    assert status(again) == status(store)
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


def test_the_page_on_the_store_says_what_each_law_means() -> None:
    table = STORE_PAGE.read_text(encoding="utf-8").partition("| it says | it means |\n| --- | --- |\n")[2]
    cells = [row.split("|")[1] for row in table.partition("\n\n")[0].splitlines()]
    said = [law.partition(":")[0].strip(" ?") for cell in cells for law in cell.split(";")]
    assert set(said) == set(Law)
