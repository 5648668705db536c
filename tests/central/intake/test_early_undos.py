"""Early undos: whatever arrives first, of each event the same is told, and the book is the same."""

from collections.abc import Sequence
from contextlib import closing

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.events.decided import Decided, SubjectKind, Word
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.saying import Subject
from sync.central.audit.verification import verify
from sync.central.database.store import CentralStore, open_store
from sync.central.database.tables import came_back, events, undos_early
from sync.central.intake import early_undos
from sync.protocol import Outcome
from tests.central.databases import Databases
from tests.central.warehouse import NOW_US, OTHER, SENDER, event, move, push, words
from tests.extent import extent

POSTED, EARLY = (Outcome.POSTED, ()), (Outcome.EXCEPTIONS, ("unknown_event",))
NOT_OWN, TOO_DEEP = (Outcome.HELD, ("not_own",)), (Outcome.HELD, ("undo_too_deep",))
Told = dict[str, tuple[str, str]]


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Event], list[Event]]:
    """Moves, undos of them and of undos by anybody, and the same ones in any order with some of them repeated."""
    made: list[Event] = []
    for number in range(1, draw(st.integers(2, 9)) + 1):
        sender = draw(st.sampled_from([SENDER, OTHER]))
        operator = draw(st.sampled_from(["w1", "s1", "eve"]))
        names = draw(st.sampled_from(["", "ghost", *(one.id for one in made)]))
        place = draw(st.sampled_from(["B", "NOWHERE", "BLOCKED"]))
        fact = Annulled(NOW_US + number, names) if names else move("A", place, by=operator)
        made.append(event(number, fact, sender, operator=operator))
    again = draw(st.lists(st.sampled_from(made), max_size=3))
    return made, draw(st.permutations(made + again))


def told(store: CentralStore) -> Told:
    with store.reading() as connection:
        rows = connection.execute(select(events.c.id, events.c.outcome, events.c.reasons)).all()
    return {row.id: (row.outcome, " ".join(sorted(row.reasons.split()))) for row in rows}


def _pushed(databases: Databases, batches: Sequence[Sequence[Event]]) -> Told:
    with databases.warehouse() as url, closing(open_store(url)) as store:
        for batch in batches:
            for sender in (SENDER, OTHER):
                push(store, [one for one in batch if one.device == sender.device], sender)
        assert verify(store) == []
        return told(store)


@settings(max_examples=extent(10, 300), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories(), size=st.integers(1, 5))
def test_what_is_told_does_not_depend_on_the_order_of_arrival(
    databases: Databases, history: tuple[list[Event], list[Event]], size: int
) -> None:
    made, shuffled = history
    parts = [shuffled[start : start + size] for start in range(0, len(shuffled), size)]
    assert _pushed(databases, parts) == _pushed(databases, [[one] for one in made])


def test_an_undo_is_right_as_soon_as_what_it_names_is_there(store: CentralStore) -> None:
    """Its device hears of it, and its worker is not stopped for that."""
    theirs, own = event(1, move("A", "B"), OTHER, operator="s1"), event(2, move("A", "B"), OTHER)
    undos = [event(1, Annulled(NOW_US, own.id)), event(2, Annulled(NOW_US, theirs.id))]
    assert words(push(store, undos)) == [EARLY] * 2
    push(store, [theirs, own], OTHER)
    outcomes = told(store)
    assert [outcomes[one.id] for one in undos] == [("posted", ""), ("held", "not_own")]
    with store.reading() as connection:
        backs = connection.execute(select(came_back)).all()
        assert connection.execute(select(undos_early)).all() == []
    assert {(row.event, row.device, row.operator, row.outcome, bool(row.is_told)) for row in backs} == {
        (undos[0].id, undos[0].device, "w1", "posted", True),
        (undos[1].id, undos[1].device, "w1", "held", False),
    }
    assert {(row.place, row.item) for row in backs} == {("A", "NUT")}
    assert words(push(store, undos)) == [POSTED, NOT_OWN], "it is told to who asks again"
    assert verify(store) == []


def test_one_push_tells_at_once_what_is_behind(store: CentralStore) -> None:
    moved = event(4, move("A", "B"))
    undone = event(3, Annulled(NOW_US, moved.id))
    back = event(2, Annulled(NOW_US, undone.id))
    assert words(push(store, [event(1, Annulled(NOW_US, back.id)), back, undone, moved])) == [TOO_DEEP, *[POSTED] * 3]
    with store.reading() as connection:
        assert connection.execute(select(came_back)).all() == []


def test_what_is_quarantined_or_held_has_arrived_too(store: CentralStore) -> None:
    held = event(1, move("A", "NOWHERE"), OTHER)
    undone = event(1, Annulled(NOW_US, held.id))
    assert words(push(store, [undone])) == [EARLY]
    push(store, [held], OTHER)
    assert told(store)[undone.id] == ("posted", "")


def _said(number: int, word: Word, name: str, seen: int = 0) -> Event:
    return event(number, Decided(NOW_US, word, (Subject(SubjectKind.EVENT, name, seen=seen),)), OTHER, operator="s1")


def test_a_word_that_is_withdrawn_does_not_bring_back_what_is_long_there(store: CentralStore) -> None:
    moved = event(2, move("A", "B"), OTHER)
    undone = event(1, Annulled(NOW_US, moved.id))
    push(store, [undone])
    push(store, [_said(1, Word.SEEN, undone.id)], OTHER)
    push(store, [moved], OTHER)
    assert told(store)[undone.id] == ("posted", "")
    push(store, [_said(3, Word.WITHDRAW, undone.id, seen=1)], OTHER)
    assert told(store)[undone.id] == ("posted", "")


def test_so_many_are_judged_again_at_once_and_the_rest_waits_for_somebody(store: CentralStore) -> None:
    moved = event(1, move("A", "B"), OTHER)
    many = [event(n, Annulled(NOW_US, moved.id)) for n in range(1, early_undos.EARLY_MAX + 2)]
    push(store, many)
    push(store, [moved], OTHER)
    outcomes = [told(store)[one.id] for one in sorted(many, key=lambda one: one.id)]
    assert outcomes == [*[("posted", "")] * early_undos.EARLY_MAX, ("posted_with_exceptions", "unknown_event")]
    assert verify(store) == []
