"""Before: what keys held before instants of the whole order, and the legs near them, are those of the ledger itself."""

from collections import defaultdict
from itertools import count
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from scanner_app.domain.clock import Instant
from scanner_app.domain.events.corrections.adjusted import Adjusted
from scanner_app.domain.events.event import Event
from scanner_app.domain.ledger import Leg, StockKey
from sync.central.book.before import Before
from sync.central.book.timelines import advance
from sync.central.database.store import CentralStore
from sync.central.database.tables import KEY_NAMES, ledger
from tests.central.warehouse import NOW_US, SITE, event, key, push

SPACING = 3
_ACCOUNT = key("@adjustment")
_KEYS = [key("A"), key("B"), key("A", "BOLT"), key("C")]
"""Three that come into the ledger, and one that never does."""
_at = st.integers(-9, 9)
"""So close together that many share an instant, and are told apart by the number of their event."""
_posts = st.lists(
    st.tuples(_at, st.integers(-9, 9).filter(bool), st.sampled_from(_KEYS[:3])), min_size=1, max_size=8
)  # fmt: skip
_steps = st.lists(_posts | st.integers(1, 12), max_size=8)
_numbers = count(1)


def _adjusted(at_us: int, quantity: int, target: StockKey) -> Event:
    account = StockKey(_ACCOUNT.place, target.item)
    pair = (account, target) if quantity > 0 else (target, account)
    return event(next(_numbers), Adjusted((Leg(NOW_US + at_us, abs(quantity), *pair),), "found"))


def _made(store: CentralStore, steps: list[list[tuple[int, int, StockKey]] | int]) -> list[Any]:
    """The rows of the ledger behind some pushes, and passes over so many rows between them."""
    for step in steps:
        if isinstance(step, int):
            advance(store, SITE, SPACING, step)
        else:
            push(store, [_adjusted(*one) for one in step])
    names = (*KEY_NAMES, "quantity", "effective_us", "device", "epoch", "sequence", "leg")
    with store.reading() as connection:
        return list(connection.execute(select(*(ledger.c[name] for name in names)).where(ledger.c.site == SITE)))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_steps, st.lists(st.tuples(st.sampled_from(_KEYS), _at, st.integers(0, 99)), min_size=1, max_size=9))
def test_it_is_the_sum_of_what_came_before(
    store: CentralStore, steps: list[list[tuple[int, int, StockKey]] | int], moments: list[tuple[StockKey, int, int]]
) -> None:
    rows = _made(store, steps)
    now: dict[StockKey, int] = defaultdict(int)
    for row in rows:
        now[StockKey(*row[:6])] += row.quantity
    asked = [
        (one, Instant(NOW_US + at_us, "d1", 1, rows[back % len(rows)].sequence, 0), now[one])
        for one, at_us, back in moments
    ]
    with store.writing() as connection:
        held = Before(connection, SITE, len(rows)).balances(asked)
    expected = [
        sum(row.quantity for row in rows if StockKey(*row[:6]) == one and row[7:11] < instant[:4])
        for one, instant, _now in asked
    ]
    assert held == expected


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_steps, st.lists(st.tuples(st.sampled_from(_KEYS), _at, st.integers(0, 4)), min_size=1, max_size=5))
def test_the_legs_near_an_instant_are_those_of_the_ledger(
    store: CentralStore, steps: list[list[tuple[int, int, StockKey]] | int], moments: list[tuple[StockKey, int, int]]
) -> None:
    rows = _made(store, steps)
    asked = [(one, NOW_US + at_us, NOW_US + at_us + wide) for one, at_us, wide in moments]
    with store.writing() as connection:
        near = Before(connection, SITE, len(rows)).near(asked)
    expected = {
        (row[:6], row.quantity, tuple(row[7:12]))
        for row in rows
        for one, from_us, to_us in asked
        if StockKey(*row[:6]) == one and from_us <= row.effective_us <= to_us
    }
    assert {(_cells(leg.key), leg.quantity, tuple(leg.instant)) for leg in near} == expected
    assert {(leg.operator, leg.uncertainty_us) for leg in near} <= {("centre", 0), ("w1", 0)}


def _cells(one: StockKey) -> tuple[str, ...]:
    return one.place, one.item, one.lot, one.serial, one.owner, one.status
