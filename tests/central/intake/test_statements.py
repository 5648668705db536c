"""Statements: a batch is applied by a handful of them, whatever its size and whatever is wrong with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event as watched

from scanner_app.domain.events.event import Event
from sync.central.database.store import CentralStore
from tests.central.databases import ON_SQLITE
from tests.central.warehouse import SENDER, event, move, push

STATEMENTS_MAX = 9
Said = tuple[str, Any]
"""A statement, and what is given with it."""


@contextmanager
def counted(store: CentralStore) -> Iterator[list[Said]]:
    """Yield the list of the statements that are run within the block."""
    seen: list[Said] = []

    def note(_connection: Any, _cursor: Any, statement: str, given: Any, *_rest: Any) -> None:
        seen.append((statement, given))

    watched.listen(store.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        watched.remove(store.engine, "before_cursor_execute", note)


def _batch(first: int, size: int) -> list[Event]:
    places = ["A", "B", "C", "P1", "BLOCKED", "NOWHERE"]
    return [
        event(n, move(places[n % 6], places[(n + 1) % 6], n, ("NUT", "WHAT")[n % 7 == 0], owner=("OWN", "ACME")[n % 2]))
        for n in range(first, first + size)
    ]


def test_a_batch_is_a_handful_of_statements_whatever_its_size(store: CentralStore) -> None:
    with counted(store) as few:
        push(store, _batch(1, 8))
    with counted(store) as many:
        push(store, _batch(9, 1_000))
    assert len(many) == len(few) <= STATEMENTS_MAX


def test_a_repeated_batch_is_looked_up_and_no_more(store: CentralStore) -> None:
    push(store, _batch(1, 100))
    with counted(store) as again:
        answers = push(store, _batch(1, 100), SENDER)
    assert all(answer.duplicate for answer in answers)
    assert len(again) <= 3


def test_numbers_with_gaps_are_looked_up_at_once(store: CentralStore) -> None:
    push(store, _batch(10, 1))
    with counted(store) as seen:
        answers = push(store, [event(n, move("A", "B"), id=f"again-{n}") for n in range(2, 500, 2)])
    assert [answer.id for answer in answers if answer.reasons == ("sequence_taken",)] == ["again-10"]
    assert len(seen) <= STATEMENTS_MAX + 1, "and how much of this device is in quarantine"


@ON_SQLITE
def test_every_look_up_of_a_push_knows_more_of_a_row_than_its_site(store: CentralStore) -> None:
    """A site has one row of what is its own."""
    with counted(store) as seen:
        push(store, _batch(1, 20))
    with store.reading() as connection:
        asked = [one for one in seen if one[0].startswith("SELECT")]
        plans = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", given).all() for text, given in asked]
    steps = [
        row.detail for plan in plans for row in plan if row.detail.startswith("SEARCH") or "SCAN events" in row.detail
    ]
    assert {step for step in steps if step.endswith("(site=?)") or "SCAN" in step} == {
        "SEARCH counters USING INDEX sqlite_autoindex_counters_1 (site=?)",
        "SEARCH sites USING PRIMARY KEY (site=?)",
    }
    assert len(steps) > len(asked) > 2
