"""Serials in two places: derived from the present book, wherever on the floor or in a hand the pieces are."""

from scanner_app.domain.events.moved import Moved
from scanner_app.domain.ledger import Leg, in_hand
from scanner_app.domain.quantity import SCALE
from sync.central.database.store import CentralStore
from sync.central.decisions.serials_twice import PLACES_OF_SERIAL, SERIALS_TWICE
from tests.central.databases import ON_SQLITE
from tests.central.decisions.plans import steps
from tests.central.warehouse import NOW_US, SITE, event, key, move, push


def _twice(store: CentralStore) -> list[tuple[str, str, int]]:
    with store.reading() as connection:
        rows = connection.execute(SERIALS_TWICE, {"site": SITE}).all()
    return [(row.item, row.serial, int(row.quantity)) for row in rows]


def _places(store: CentralStore) -> set[str]:
    with store.reading() as connection:
        named = {"site": SITE, "of_item": "BOLT", "of_serial": "S1"}
        return {row.place for row in connection.execute(PLACES_OF_SERIAL, named)}


def test_a_serial_found_in_a_second_place_is_one_until_one_of_them_is_gone(store: CentralStore) -> None:
    """Nobody knows of it: two people put one of it each, out of their hands; then one of them takes it again."""
    hand = key(in_hand("w1"), "BOLT", serial="S1")
    here, there = (key(place, "BOLT", serial="S1") for place in "AB")
    push(store, [event(1, Moved((Leg(NOW_US, SCALE, hand, here),)))])
    assert _twice(store) == []
    push(store, [event(2, Moved((Leg(NOW_US, SCALE, hand, there),)))])
    assert (_twice(store), _places(store)) == ([("BOLT", "S1", 2 * SCALE)], {"A", "B"})
    push(store, [event(3, Moved((Leg(NOW_US + 1, SCALE, there, hand),)))])
    assert (_twice(store), _places(store)) == ([], {"A"})


def test_two_pieces_in_one_place_are_as_wrong(store: CentralStore) -> None:
    push(store, [event(1, move("C", "B", 2, "BOLT", serial="S1"))])
    assert _twice(store) == [("BOLT", "S1", 2 * SCALE)]


@ON_SQLITE
def test_only_serials_of_which_there_was_more_than_one_are_looked_at(store: CentralStore) -> None:
    suspects, pieces = steps(store, SERIALS_TWICE)[:2]
    assert suspects.startswith("SEARCH serial_suspects USING")
    assert "stock_serials (site=? AND serial=? AND item=? AND quantity>?)" in pieces
