"""Keys below zero: derived from the present book, of floor and hands only, and the event where it last happened."""

from collections.abc import Sequence

import pytest

from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.moved import Moved
from scanner_app.domain.ledger import StockKey, in_hand
from scanner_app.domain.quantity import SCALE
from sync.central.book.timelines import catch_up
from sync.central.database.store import CentralStore
from sync.central.decisions.keys_below_zero import BELOW_ZERO, last_below
from tests.central.databases import ON_SQLITE
from tests.central.decisions.plans import steps
from tests.central.warehouse import NOW_US, OTHER, SENDER, SITE, event, key, move, push

MINUTE_US = 60_000_000


def _below(store: CentralStore) -> dict[StockKey, int]:
    with store.reading() as connection:
        return {StockKey(*row[:6]): row.quantity for row in connection.execute(BELOW_ZERO, {"site": SITE})}


def _last(store: CentralStore, place: str = "C") -> tuple[int, str] | None:
    with store.reading() as connection:
        return last_below(connection, SITE, key(place))


def _take(number: int, at_us: int = NOW_US, pieces: int = 1) -> Event:
    return event(number, move("C", "A", pieces, at_us=at_us))


def _put(number: int, at_us: int = NOW_US, pieces: int = 1) -> Event:
    return event(number, move("A", "C", pieces, at_us=at_us - MINUTE_US), OTHER)


def _arrive(store: CentralStore, made: Sequence[Event]) -> None:
    for one in made:
        push(store, [one], SENDER if one.device == SENDER.device else OTHER)


def test_a_take_that_arrives_before_the_put_that_was_earlier_is_below_zero_until_then(store: CentralStore) -> None:
    take, put = _take(1, NOW_US + 5 * MINUTE_US), _put(1, NOW_US)
    _arrive(store, [take])
    assert (_below(store), _last(store)) == ({key("C"): -SCALE}, (take.fact.legs[0].wall_us, take.id))
    _arrive(store, [put])
    assert (_below(store), _last(store)) == ({}, None)


@pytest.mark.parametrize("is_sorted", [False, True], ids=["unsorted", "sorted"])
def test_it_is_the_last_crossing_by_instants_in_whatever_order_it_was_heard(
    store: CentralStore, is_sorted: bool
) -> None:
    """Below at 1, above again at 2, below at 3 and deeper at 4: the one at 3 is named."""
    at = [NOW_US + minute * MINUTE_US for minute in range(5)]
    made = [_take(1, at[1]), _put(1, at[2], 2), _take(2, at[3], 2), _take(3, at[4])]
    _arrive(store, [made[3], made[1]])
    if is_sorted:
        catch_up(store, SITE)
    _arrive(store, [made[0], made[2]])
    assert _below(store) == {key("C"): -2 * SCALE}
    assert _last(store) == (at[3], made[2].id)


def test_what_never_happened_is_not_blamed(store: CentralStore) -> None:
    first, second = _take(1, NOW_US), _take(2, NOW_US)
    _arrive(store, [first, second, event(3, Annulled(NOW_US, first.id))])
    assert _last(store) == (NOW_US, second.id)


def test_a_hand_may_be_below_zero_and_an_account_may_not(store: CentralStore) -> None:
    """Opening stock has left the adjustment account far below zero."""
    _arrive(store, [event(1, move(in_hand("w1"), "A"))])
    assert _below(store) == {}
    put = Moved(move("A", "B").legs[1:])
    _arrive(store, [event(2, put)])
    assert _below(store) == {key(in_hand("w1")): -SCALE}


@ON_SQLITE
def test_they_are_found_by_an_index_of_their_own(store: CentralStore) -> None:
    assert steps(store, BELOW_ZERO)[0].startswith("SEARCH stock USING INDEX stock_below (site=?")
