"""Laws: however events are split, repeated and reordered, the book is the same, balanced and chained."""

from collections.abc import Sequence
from contextlib import closing

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from scanner_app.domain.events.event import Event
from sync.central.audit.verification import verify
from sync.central.database.store import CentralStore, open_store
from sync.central.database.tables import KEY_NAMES, stock
from tests.central.databases import Databases
from tests.central.warehouse import OTHER, SENDER, event, move, push

PLACES = st.sampled_from(["A", "B", "C", "BLOCKED", "P1", "NOWHERE"])
ITEMS = st.sampled_from(["NUT", "BOLT", "WHAT"])
MOVES = st.tuples(PLACES, PLACES, st.integers(1, 200), ITEMS).filter(lambda one: one[0] != one[1])


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Event], list[Event]]:
    """Events of two devices, and the same ones in any order with some of them repeated."""
    moves = draw(st.lists(st.tuples(MOVES, st.booleans()), min_size=1, max_size=12))
    made = [event(n, move(*one), OTHER if other else SENDER) for n, (one, other) in enumerate(moves, 1)]
    again = draw(st.lists(st.sampled_from(made), max_size=6))
    return made, draw(st.permutations(made + again))


def _pushed(databases: Databases, batches: Sequence[Sequence[Event]]) -> dict[tuple[str, ...], int]:
    with databases.warehouse() as url, closing(open_store(url)) as store:
        for batch in batches:
            for sender in (SENDER, OTHER):
                push(store, [one for one in batch if one.device == sender.device], sender)
        assert verify(store) == []
        return _book(store)


def _book(store: CentralStore) -> dict[tuple[str, ...], int]:
    with store.reading() as connection:
        rows = connection.execute(select(*(stock.c[name] for name in KEY_NAMES), stock.c.quantity)).all()
    return {tuple(row[:-1]): row[-1] for row in rows if row[-1]}


def _split(events: Sequence[Event], size: int) -> list[Sequence[Event]]:
    return [events[start : start + size] for start in range(0, len(events), size)]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories(), size=st.integers(1, 6))
def test_order_splits_and_repeats_mean_nothing(
    databases: Databases, history: tuple[list[Event], list[Event]], size: int
) -> None:
    made, shuffled = history
    once = _pushed(databases, [made])
    assert _pushed(databases, _split(shuffled, size)) == once
    assert sum(once.values()) == 0
