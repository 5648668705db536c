"""Recounting: who alters the book and its hashes and stock together is found by what devices have sent."""

from collections.abc import Callable

import msgspec
import pytest
from msgspec.structs import replace
from sqlalchemy import Connection, select, text, update

from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.moved import Moved
from scanner_app.domain.events.plate_moved import PlateMoved
from sync.central.audit.chain import ledger_rows
from sync.central.audit.laws import Law
from sync.central.audit.verification import verify
from sync.central.book.counters import HEAD_FIRST
from sync.central.book.posting import linked
from sync.central.database.store import CentralStore
from sync.central.database.tables import KEY_NAMES, counters, events, ledger
from sync.protocol import Outcome
from tests.central.warehouse import NOW_US, SITE, event, move, push

ONCE, RECOUNTED = Law.ONCE, Law.RECOUNTED


def _with_leg(one: Event, **changed: object) -> Event:
    """The event, its second leg changed."""
    assert isinstance(one.fact, Moved)
    first, second = one.fact.legs
    return replace(one, fact=replace(one.fact, legs=(first, replace(second, **changed))))


def _turned(one: Event) -> Event:
    assert isinstance(one.fact, Moved)
    return replace(one, fact=replace(one.fact, legs=one.fact.legs[::-1]))


@pytest.mark.parametrize(
    ("altered", "told"),
    [
        (lambda one: _with_leg(one, quantity=5), "row 9 (event {id}) has another quantity than event {id} says"),
        (lambda one: _with_leg(one, target=one.fact.legs[0].source), "row 10 (event {id}) has another place than"),
        (lambda one: _with_leg(one, wall_us=0), "row 9 (event {id}) has another effective_us than"),
        (lambda one: replace(one, offset_us=7), "row 7 (event {id}) has another effective_us than"),
        (lambda one: replace(one, fact=Moved(one.fact.legs[:1])), "row 7 (event {id}) begins 4 rows where event"),
        (_turned, "row 7 (event {id}) has another place, effective_us than"),
        (lambda one: replace(one, fact=Annulled(NOW_US, "x")), "row 7 (event {id}) begins 4 rows where event"),
        (lambda _one: b"{}", "row 7 (event {id}) is of event {id}, which is not there or cannot be read"),
    ],
)  # fmt: skip
def test_a_payload_that_was_altered_is_named(
    store: CentralStore, altered: Callable[[Event], Event | bytes], told: str
) -> None:
    one = event(1, move("A", "B"))
    push(store, [one])
    payload = altered(one)
    with store.writing() as connection:
        whole = payload if isinstance(payload, bytes) else msgspec.json.encode(payload)
        connection.execute(update(events).where(events.c.id == one.id).values(payload=whole))
    found = [found.what for found in verify(store) if found.law == RECOUNTED]
    assert len(found) == 1
    assert found[0].startswith(told.format(id=one.id))


def _cover_up(connection: Connection) -> None:
    """Make the chain and the stock agree with a ledger that was altered, as who knows the program would."""
    head, number = HEAD_FIRST, 0
    for row in list(ledger_rows(connection, SITE)):
        head, number = linked(head, row[:-1]), row[1]
        connection.execute(update(ledger).where(ledger.c.recorded == number).values(hash=head))
    connection.execute(update(counters).values(recorded=number, head=head))
    names = ", ".join(KEY_NAMES)
    connection.execute(text("DELETE FROM stock"))
    connection.execute(
        text(
            f"INSERT INTO stock (site, {names}, quantity, on_device, version) "
            f"SELECT site, {names}, sum(quantity), true, 1 FROM ledger GROUP BY site, {names}"
        )
    )


def _copied(first: int, last: int, by: int, **changed: str) -> str:
    """Add rows of the ledger once more, ``by`` numbers further."""
    shown = {column.name: column.name for column in ledger.c} | {"recorded": f"recorded + {by}"} | changed
    return (
        f"INSERT INTO ledger ({', '.join(shown)}) SELECT {', '.join(shown.values())} FROM ledger "
        f"WHERE recorded BETWEEN {first} AND {last}"
    )


MOVED, OTHER, UNDO, UNDO_AGAIN = (event(number, move("A", "B")).id for number in range(1, 5))


@pytest.mark.parametrize(
    ("tampering", "law", "told"),
    [
        ("UPDATE ledger SET place = 'C' WHERE recorded = 10", RECOUNTED, f"row 10 (event {MOVED}) has another place"),
        ("UPDATE ledger SET quantity = 2 * quantity WHERE recorded BETWEEN 7 AND 10", RECOUNTED, "row 7 "),
        ("UPDATE ledger SET device = 'd9' WHERE recorded = 8", RECOUNTED, "row 8 "),
        ("UPDATE ledger SET effective_us = 9 WHERE recorded = 2", RECOUNTED, "row 2 "),
        ("UPDATE ledger SET leg = 1 - leg WHERE recorded BETWEEN 7 AND 10", RECOUNTED, "row 7 "),
        ("DELETE FROM ledger WHERE recorded > 20", RECOUNTED, f"row 19 (event {UNDO_AGAIN}) begins 2 rows where"),
        ("UPDATE ledger SET quantity = -quantity WHERE recorded = 15 OR recorded = 16", RECOUNTED, "row 17 "),
        (f"UPDATE ledger SET via = '{OTHER}' WHERE via <> ''", RECOUNTED, f"row 15 (event {UNDO}) takes back"),
        ("UPDATE ledger SET via = 'gone' WHERE via <> ''", RECOUNTED, f"row 15 (event {UNDO}) is of event gone"),
        ("UPDATE ledger SET quantity = -quantity WHERE recorded > 14", ONCE, f"event {MOVED} is out of turn in row 15"),
        ("UPDATE ledger SET quantity = -quantity WHERE recorded > 18", ONCE, f"event {MOVED} is out of turn in row 19"),
        (_copied(7, 10, 16), ONCE, f"event {MOVED} has written rows of event {MOVED} more than once"),
        (_copied(15, 18, 8), ONCE, f"event {UNDO} has written rows of event {MOVED} more than once"),
        (_copied(15, 18, 8, cause=f"'{OTHER}'"), RECOUNTED, f"row 23 (event {OTHER}) takes back event {MOVED}, which"),
    ],
)  # fmt: skip
def test_a_ledger_that_was_altered_with_its_chain_and_stock_is_named(
    store: CentralStore, tampering: str, law: str, told: str
) -> None:
    """Rows 7 to 10 are a move, 11 to 14 another, 15 to 18 take the first one back, 19 to 22 bring it again."""
    moves = [event(1, move("A", "B")), event(2, move("A", "B"))]
    push(store, [*moves, event(3, Annulled(NOW_US, MOVED))])
    push(store, [event(4, Annulled(NOW_US, UNDO))])
    assert verify(store) == []
    with store.writing() as connection:
        connection.execute(text(tampering))
        _cover_up(connection)
    found = verify(store)
    assert {one.law for one in found} <= {RECOUNTED, ONCE}
    assert [one for one in found if one.law == law and one.what.startswith(told)], found


@pytest.mark.parametrize("outcome", [Outcome.POSTED, Outcome.HELD, Outcome.QUARANTINED])
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("id", "'x'"), ("device", "'d9'"), ("epoch", "9"), ("sequence", "9"), ("operator", "'w9'"),
        ("kind", "'adjusted'"), ("site", "'W9'"),
    ],
)  # fmt: skip
def test_a_cell_of_an_event_that_its_payload_does_not_say_is_named(
    store: CentralStore, outcome: Outcome, column: str, value: str
) -> None:
    by_outcome = {
        Outcome.POSTED: event(1, move("A", "B")),
        Outcome.HELD: event(1, move("A", "NOWHERE")),
        Outcome.QUARANTINED: event(1, move("A", "B"), epoch=5),
    }
    (answer,) = push(store, [by_outcome[outcome]])
    assert answer.outcome is outcome
    assert verify(store) == []
    with store.writing() as connection:
        connection.execute(text(f"UPDATE events SET {column} = {value} WHERE device = 'd1'"))
        name = connection.execute(select(events.c.id).where(events.c.device != "centre")).scalar_one()
    found = [one.what for one in verify(store) if one.law == Law.COPIES]
    assert found == [f"event {name} has another {column} than its payload"]


def test_an_event_that_waits_and_can_no_longer_be_read_is_named(store: CentralStore) -> None:
    push(store, [event(1, move("A", "NOWHERE"))])
    with store.writing() as connection:
        connection.execute(update(events).where(events.c.outcome == "held").values(payload=b"gone"))
    assert [str(one) for one in verify(store)] == [
        f"site W1: {Law.COPIES}: event {MOVED} has a payload that cannot be read"
    ]


def test_a_site_without_its_counters_is_named(store: CentralStore) -> None:
    with store.writing() as connection:
        connection.execute(text("DELETE FROM counters"))
        connection.execute(text("UPDATE ledger SET lot = 'y' WHERE recorded = 3"))
    found = [str(one) for one in verify(store)]
    assert "site W1: every site of the book has its counters: its row of counters is gone" in found
    assert [one for one in found if "row 3" in one and Law.CHAIN in one]


def test_a_book_of_every_kind_of_event_is_sound(store: CentralStore) -> None:
    """Annulled ones, those that came back, that wait, that are not trusted, and an annulment that came first."""
    first = event(1, move("A", "B"))
    plate = PlateMoved(NOW_US, "P1", "B")
    push(store, [first, event(2, plate), event(3, Annulled(NOW_US, first.id))])
    push(store, [event(4, Annulled(NOW_US, event(3, plate).id))])
    push(store, [event(5, Annulled(NOW_US + 1, first.id))])
    push(store, [event(6, Annulled(NOW_US, event(9, plate).id)), event(7, move("A", "NOWHERE"))])
    push(store, [event(8, move("A", "B"), epoch=5), event(9, move("A", "C")), event(10, move("P1", "A"))])
    push(store, [event(11, Annulled(NOW_US, event(2, plate).id)), event(12, Annulled(NOW_US, event(10, plate).id))])
    push(store, [msgspec.json.encode(event(13, move("A", "B"))).replace(b'"moved"', b'"not_known_yet"')])
    with store.reading() as connection:
        assert set(connection.execute(select(events.c.outcome)).scalars()) >= {"posted", "held", "quarantined"}
        signs = connection.execute(select(ledger.c.quantity).where(ledger.c.via == first.id, ledger.c.leg == 0))
        assert [quantity > 0 for quantity in signs.scalars()] == [True, False, False, True, True, False]
    assert verify(store) == []
