"""Own events lie over a row only behind the count that the row tells of; when that falls they lie there whole again."""

from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace

from scanner_app.domain.catalog import Stock
from scanner_app.domain.clock import Instant, Offset, Stamp
from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.events.moved import Moved
from scanner_app.domain.ledger import Leg, StockKey, in_hand
from scanner_app.domain.quantity import whole
from scanner_app.store.store import Store
from scanner_app.workflows.lookups.stock import Held
from tests.warehouse import filled

A, HAND = StockKey("A-01-01", "100001"), StockKey(in_hand("1001"), "100001")
OFFSET = Offset(0, 0, Stamp(0, 0, "b"))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return filled(tmp_path)


def post(store: Store, number: int, fact: Fact, offset: Offset | None = OFFSET) -> None:
    event = Event(
        id=f"e{number}", device="dev-1", epoch=1, sequence=number, entry=number, site="DC1", operator="1001",
        wall_us=number * 100, monotonic_us=number * 100, boot="b", program="p", fact=fact,
    )  # fmt: skip
    with store.transaction:
        store.journal.post(event, offset)


def taken(quantity: int, at_us: int) -> Moved:
    return Moved((Leg(at_us, whole(quantity), A, HAND),))


def pull(store: Store, version: int, quantity: int, claimed: Instant | None) -> None:
    row = Stock(A.place, A.item, "", "", "OWN", "AVAILABLE", whole(quantity))
    with store.transaction:
        store.feed.put([(version, replace(row, claimed=claimed))])


def on_hand(store: Store) -> float:
    return sum(row.quantity for row in store.catalog.held(Held(A.place, A.item)).rows) / 10**6


def test_a_count_has_what_happened_before_it_in_itself(store: Store) -> None:
    post(store, 1, taken(3, 100))
    post(store, 2, taken(4, 200))
    assert on_hand(store) == 93
    pull(store, 900, 50, Instant(150, "other", 1, 1, 0))
    assert on_hand(store) == 46, "the three were taken before it"
    post(store, 3, Annulled(300, "e1"))
    assert on_hand(store) == 46, "and so was what never happened"
    pull(store, 901, 50, Instant(250, "other", 1, 2, 0))
    assert on_hand(store) == 50
    pull(store, 902, 90, None)
    assert on_hand(store) == 86, "it stands no more"


def test_what_is_not_settled_yet_counts_as_behind_it(store: Store) -> None:
    post(store, 1, taken(3, 100), None)
    pull(store, 900, 50, Instant(150, "other", 1, 1, 0))
    assert on_hand(store) == 47
    with store.transaction:
        store.journal.settle(OFFSET, 10)
    assert on_hand(store) == 50


def test_at_one_instant_device_epoch_sequence_and_leg_decide(store: Store) -> None:
    instants = [Instant(100, *rest) for rest in (("dev-0", 9, 9, 9), ("dev-1", 1, 1, 0), ("dev-2", 1, 1, 0))]
    assert all(one < other for one, other in pairwise(instants))
    post(store, 1, taken(3, 100))
    seen = []
    for version, claimed in enumerate(instants, 900):
        pull(store, version, 50, claimed)
        seen.append(on_hand(store))
    assert seen == [47, 50, 50]
