"""Claims against the ledger: whoever alters what a count put into the book, or why it stands, is found."""

import pytest
from sqlalchemy import text

from sync.central.audit.laws import Law
from sync.central.audit.verification import verify
from sync.central.database.store import CentralStore
from tests.central.claims import AT_US, MINUTE_US, Centre, closed, line, subject
from tests.central.warehouse import move

CLAIMED, STANDS = Law.CLAIMED, Law.STANDS


@pytest.fixture
def counted(store: CentralStore) -> CentralStore:
    """A count that was accepted, one that waits, a closing, and a late move before all of them."""
    centre = Centre(store)
    centre.count(line("c1", 90))
    centre.say("accept", *(subject(case) for case in centre.cases().cases))
    centre.count(line("c2", 7, at_us=AT_US + 5 * MINUTE_US))
    centre.count(closed("c3", "C", at_us=AT_US + 6 * MINUTE_US))
    centre.push(centre.made(move("A", "C", 3, at_us=AT_US - 9 * MINUTE_US)))
    assert verify(store) == []
    return store


@pytest.mark.parametrize(
    ("altered", "laws"),
    [
        ("UPDATE claims SET variance = variance + 1 WHERE count_id = 'd1/c2'", {CLAIMED}),
        ("UPDATE claims SET adjustment = adjustment - 1 WHERE count_id = 'd1/c1'", {CLAIMED}),
        ("UPDATE claims SET quantity = quantity + 5 WHERE count_id = 'd1/c1'", {CLAIMED}),
        ("UPDATE claims SET effective_us = effective_us + 1 WHERE count_id = 'd1/c1'", {CLAIMED}),
        ("DELETE FROM claims WHERE count_id = 'd1/c1'", {CLAIMED}),
        ("UPDATE claims SET standing = 'within' WHERE count_id = 'd1/c2'", {STANDS}),
        ("UPDATE claims SET standing = 'waiting' WHERE count_id = 'd1/c1'", {STANDS}),
        ("UPDATE claims SET standing = 'exact', word = 0 WHERE count_id = 'd1/c1'", {STANDS}),
        ("UPDATE claims SET version = 'another' WHERE count_id = 'd1/c1'", {STANDS}),
        ("UPDATE words SET is_valid = false WHERE kind = 'claim'", {STANDS}),
        ("UPDATE words SET word = 'reject' WHERE kind = 'claim'", {STANDS}),
        ("UPDATE ledger SET via = '~made-up' WHERE via LIKE '~%' AND recorded % 2 = 1", {CLAIMED, Law.CHAIN}),
        ("UPDATE ledger SET quantity = quantity * 2 WHERE via LIKE '~%'", {CLAIMED, Law.CHAIN, Law.STOCK}),
        ("UPDATE ledger SET effective_us = effective_us - 1 WHERE via LIKE '~%'", {CLAIMED, Law.CHAIN}),
    ],
)
def test_what_was_altered_is_found(counted: CentralStore, altered: str, laws: set[Law]) -> None:
    with counted.writing() as connection:
        assert connection.execute(text(altered)).rowcount
    assert {one.law for one in verify(counted)} >= laws


def test_it_is_told_of_which_claim_of_what_and_where(counted: CentralStore) -> None:
    with counted.writing() as connection:
        connection.execute(text("UPDATE claims SET variance = variance + 1 WHERE count_id = 'd1/c2'"))
        name = connection.execute(text("SELECT claim FROM claims WHERE count_id = 'd1/c2'")).scalar()
    (told,) = [one.what for one in verify(counted) if one.law is CLAIMED]
    assert told == f"claim {name} of NUT at A met 90000000 and says that it met 89999999"
