"""What never happened: it leaves the book at its own instant, once, whoever says so first and in whatever order."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.events.event import Event, postings
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.events.plate_moved import PlateMoved
from sync.central.audit.verification import verify
from sync.central.database.master_tables import MASTER_KINDS
from sync.central.database.store import CentralStore, open_store
from sync.central.database.tables import KEY_NAMES, ledger, stock, undos, undos_waiting
from sync.central.events.sender import Sender
from sync.central.imports.run import Wish, import_folder, run_import
from sync.protocol import Outcome
from tests.central.databases import Databases
from tests.central.warehouse import (
    NOW_US,
    OTHER,
    SENDER,
    SITE,
    VERIFIER,
    event,
    move,
    push,
    words,
    write_sheets,
)

_PLATES = next(kind.table for kind in MASTER_KINDS if kind.file == "plates")
Book = dict[tuple[str, ...], int]


def book(store: CentralStore) -> Book:
    with store.reading() as connection:
        rows = connection.execute(select(*(stock.c[name] for name in KEY_NAMES), stock.c.quantity)).all()
    return {tuple(row[:-1]): row[-1] for row in rows if row[-1]}


def stand(store: CentralStore, plate: str) -> tuple[str, str, bool] | None:
    with store.reading() as connection:
        wanted = select(_PLATES.c.location, _PLATES.c.parent, _PLATES.c.active).where(_PLATES.c.plate == plate)
        row = connection.execute(wanted).first()
    return (row[0], row[1], bool(row[2])) if row else None


def test_a_mis_scan_leaves_the_book_at_its_own_instant(store: CentralStore) -> None:
    before = book(store)
    moved = event(1, move("A", "B", 4))
    (answer,) = push(store, [moved, event(2, Annulled(NOW_US + 9, moved.id))])[1:]
    assert (answer.outcome, answer.reasons) == (Outcome.POSTED, ())
    assert book(store) == before
    with store.reading() as connection:
        rows = connection.execute(select(ledger).order_by(ledger.c.recorded.desc()).limit(4)).all()
    assert {(row.cause, row.via) for row in rows} == {(event(2, Annulled(0, "x")).id, moved.id)}
    assert {row.effective_us for row in rows} == {NOW_US, NOW_US + 60_000_000}
    assert verify(store) == []


def test_two_people_undo_one_event_and_it_is_undone_once(store: CentralStore) -> None:
    before = book(store)
    moved = event(1, move("A", "B", 4))
    push(store, [moved])
    own = push(store, [event(2, Annulled(NOW_US, moved.id))])
    others = push(store, [event(1, Annulled(NOW_US, moved.id), OTHER, operator="s1")], OTHER)
    assert [one.outcome for one in (*own, *others)] == [Outcome.POSTED] * 2
    assert others[0].version > own[0].version
    assert book(store) == before


def test_undoing_an_undo_restores(store: CentralStore) -> None:
    moved = event(1, move("A", "B", 4))
    push(store, [moved])
    booked = book(store)
    push(store, [event(2, Annulled(NOW_US, moved.id)), event(3, Annulled(NOW_US, event(2, moved.fact).id))])
    assert book(store) == booked
    assert verify(store) == []


def test_the_undo_of_an_undo_is_undone_by_nobody(store: CentralStore) -> None:
    """Whoever wants it out of the book once more says so of the event itself."""
    row = [event(1, move("A", "B", 4))]
    for number in range(2, 6):
        row.append(event(number, Annulled(NOW_US, row[-1].id)))
    before = book(store)
    too_deep = (Outcome.HELD, ("undo_too_deep",))
    assert words(push(store, row)) == [(Outcome.POSTED, ())] * 3 + [too_deep] * 2
    assert book(store) != before
    push(store, [event(6, Annulled(NOW_US + 1, row[0].id))])
    assert book(store) == before
    assert verify(store) == []


def test_of_many_words_of_one_person_the_last_counts_and_one_row_is_kept(store: CentralStore) -> None:
    moved = event(1, move("A", "B", 4))
    before = book(store)
    words_on_it = [event(number, Annulled(NOW_US + number, moved.id)) for number in range(2, 202)]
    push(store, words_on_it)
    push(store, [moved])
    assert book(store) == before
    push(store, [event(300, Annulled(NOW_US + 300, words_on_it[7].id))])
    assert book(store) != before
    with store.reading() as connection:
        kept = [connection.execute(select(table)).all() for table in (undos, undos_waiting)]
        rows = connection.execute(select(ledger.c.recorded).where(ledger.c.via == moved.id)).all()
    assert (len(kept[0]), len(kept[1]), len(rows)) == (1, 0, 2 * 4)
    assert verify(store) == []


def test_what_another_did_only_a_supervisor_takes_back(store: CentralStore) -> None:
    moved = event(1, move("A", "B"), operator="s1")
    push(store, [moved])
    booked = book(store)
    assert words(push(store, [event(2, Annulled(NOW_US, moved.id))])) == [(Outcome.HELD, ("not_own",))]
    assert book(store) == booked


@pytest.mark.parametrize(("mine", "theirs"), [("", "w1"), ("ANN", "ANN"), ("w2", "")])
@pytest.mark.parametrize("order", ["told apart", "told apart, the undo first", "in one push"])
def test_two_badges_of_one_person_undo_what_the_other_did(
    store: CentralStore, tmp_path: Path, mine: str, theirs: str, order: str
) -> None:
    badges = f'operator,name,badge,verifier,person\nw1,Ann,b-w1,,{mine}\nw2,Ann,b-w2,"{VERIFIER}",{theirs}\n'
    run_import(store, write_sheets(tmp_path / "badges", operators=badges), NOW_US, Wish(SITE))
    before = book(store)
    moved = event(1, move("A", "B", by="w2"), operator="w2")
    undone = event(2, Annulled(NOW_US, moved.id))
    pushes = {"told apart": [[moved], [undone]], "in one push": [[moved, undone]]}.get(order, [[undone], [moved]])
    answers = [answer for batch in pushes for answer in push(store, batch)]
    assert {answer.outcome for answer in answers} <= {Outcome.POSTED, Outcome.EXCEPTIONS}
    assert book(store) == before
    assert verify(store) == []


def test_an_annulment_that_comes_first_waits_for_what_it_names(store: CentralStore) -> None:
    before = book(store)
    moved = event(1, move("A", "B"), OTHER)
    early = push(store, [event(1, Annulled(NOW_US, moved.id))])
    assert words(early) == [(Outcome.EXCEPTIONS, ("unknown_event",))]
    push(store, [moved], OTHER)
    assert book(store) == before
    theirs = event(2, move("A", "B"), OTHER, operator="s1")
    push(store, [event(2, Annulled(NOW_US, theirs.id))])
    push(store, [theirs], OTHER)
    assert book(store) != before


def test_what_is_held_and_annulled_is_not_in_the_book_either_way(store: CentralStore) -> None:
    before = book(store)
    held = event(1, move("A", "NOWHERE"))
    answers = push(store, [held, event(2, Annulled(NOW_US, held.id))])
    assert [one.outcome for one in answers] == [Outcome.HELD, Outcome.POSTED]
    assert book(store) == before


def test_a_plate_stands_where_it_was_last_put_whenever_that_is_heard(store: CentralStore) -> None:
    later, earlier = event(1, PlateMoved(NOW_US + 5, "P1", "B")), event(1, PlateMoved(NOW_US, "P1", "C"), OTHER)
    push(store, [later])
    assert stand(store, "P1") == ("B", "", True)
    (late,) = push(store, [earlier], OTHER)
    assert (late.outcome, stand(store, "P1")) == (Outcome.POSTED, ("B", "", True))
    push(store, [event(2, Annulled(NOW_US, later.id))])
    assert stand(store, "P1") == ("C", "", True)
    push(store, [event(2, Annulled(NOW_US, earlier.id), OTHER)], OTHER)
    assert stand(store, "P1") == ("A", "", True)
    assert verify(store) == []


def test_a_plate_begins_when_it_is_first_set_down_and_is_filled_in_the_same_batch(store: CentralStore) -> None:
    begun = event(1, PlateMoved(NOW_US, "NEW", "B"))
    batch = [begun, event(2, move("A", "NEW")), event(3, PlateMoved(NOW_US + 1, "NEW", parent="P1"))]
    assert words(push(store, batch)) == [(Outcome.POSTED, ())] * 3
    assert stand(store, "NEW") == ("", "P1", True)
    push(store, [event(4, Annulled(NOW_US, begun.id)), event(5, Annulled(NOW_US, batch[2].id))])
    assert (stand(store, "NEW") or ("", "", True))[-1] is False


def test_an_import_leaves_a_plate_where_the_floor_has_put_it(store: CentralStore, tmp_path: Path) -> None:
    sheets = write_sheets(tmp_path / "again", plates="plate,location\nP1,A\nP2,C\n")
    moved = event(1, PlateMoved(NOW_US, "P1", "B"))
    push(store, [moved])
    report = run_import(store, sheets, NOW_US, Wish())
    assert [note.reason for note in report.notes] == ["P1 was moved on the floor and stays at B"]
    assert (stand(store, "P1"), stand(store, "P2")) == (("B", "", True), ("C", "", True))
    push(store, [event(2, Annulled(NOW_US, moved.id))])
    import_folder(store, write_sheets(tmp_path / "again", plates="plate,location\nP1,C\n"), NOW_US)
    assert stand(store, "P1") == ("C", "", True)


def test_what_a_plate_cannot_do(store: CentralStore) -> None:
    batch = [
        event(1, PlateMoved(NOW_US, "A", "B")),
        event(2, PlateMoved(NOW_US, "P1", "NOWHERE")),
        event(3, PlateMoved(NOW_US, "P1", "P1")),
        event(4, PlateMoved(NOW_US, "P1", parent="A")),
        event(5, PlateMoved(NOW_US, "P1", "CLOSED")),
        event(6, PlateMoved(NOW_US, "P1", "A", parent="B")),
        event(7, PlateMoved(NOW_US, "P1", "@transit")),
    ]
    assert words(push(store, batch)) == [
        (Outcome.HELD, ("plate_is_location",)),
        (Outcome.HELD, ("unknown_place",)),
        (Outcome.NOT_ACCEPTED, ("goes_nowhere",)),
        (Outcome.HELD, ("unknown_place",)),
        (Outcome.EXCEPTIONS, ("place_closed",)),
        (Outcome.NOT_ACCEPTED, ("place_not_named",)),
        (Outcome.NOT_ACCEPTED, ("place_not_named",)),
    ]


_BINS = st.sampled_from("ABC")
_MINUTES = st.integers(0, 9)
_PEOPLE = st.sampled_from(["w1", "s1"])
MOVES = st.tuples(_BINS, _BINS, st.integers(1, 9)).filter(lambda one: one[0] != one[1])


@st.composite
def facts(draw: st.DrawFn) -> tuple[Fact, str]:
    """A fact, and who made it: of any kind that the floor makes, an annulment of any other event among them."""
    operator, at_us = draw(_PEOPLE), NOW_US + draw(_MINUTES)
    source, target, pieces = draw(MOVES)
    made: list[Fact] = [move(source, target, pieces, at_us=at_us, by=operator)]
    made.append(PlateMoved(at_us, draw(st.sampled_from(["P1", "Q1"])), target))
    made.append(Annulled(at_us, str(draw(st.integers(0, 11)))))
    return draw(st.sampled_from([*made, made[-1]])), operator


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Event], list[Event]]:
    """Events of two devices, annulments among them that name any other, and the same ones in any order, some twice."""
    drawn = draw(st.lists(st.tuples(facts(), st.booleans()), min_size=1, max_size=12))
    made = [_made(number, *fact, OTHER if other else SENDER) for number, (fact, other) in enumerate(drawn)]
    again = draw(st.lists(st.sampled_from(made), max_size=4))
    return made, draw(st.permutations(made + again))


def _made(number: int, fact: Fact, operator: str, sender: Sender) -> Event:
    return event(number + 1, fact, sender, id=str(number), operator=operator)


def _alive(made: Sequence[Event], name: str) -> bool:
    """Nobody's last word on an event is that it never happened; what takes a word back is later than that word."""
    by_id = {one.id: one for one in made}
    last: dict[str, tuple[int, int, str]] = {}
    for one in made:
        target = by_id.get(one.fact.undoes)
        if target is None or not _may(one, target):
            continue
        slot, word = one.operator, (one.fact.last_us, 1, one.id)
        if target.fact.undoes:
            slot, word = target.operator, (max(one.fact.last_us, target.fact.last_us), 2, one.id)
        if name == (target.fact.undoes or target.id):
            last[slot] = max(word, last.get(slot, word))
    return all(depth == 2 for _, depth, _ in last.values())


def _may(one: Event, target: Event) -> bool:
    return one.operator in ("s1", target.operator)


def _folded(made: Sequence[Event], opened: Book) -> Book:
    found = dict(opened)
    for one in made:
        if _alive(made, one.id):
            for posting in postings(one, one.fact):
                key = (posting.key.place, posting.key.item, "", "", posting.key.owner, posting.key.status)
                found[key] = found.get(key, 0) + posting.quantity
    return {key: quantity for key, quantity in found.items() if quantity}


def _stands(made: Sequence[Event], plate: str) -> str | None:
    found = [
        (stand.wall_us, one.device, one.epoch, one.sequence, stand.location)
        for one in made
        if (stand := one.fact.stand) and stand.plate == plate and _alive(made, one.id)
    ]
    return max(found)[-1] if found else None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories(), size=st.integers(1, 6))
def test_the_book_is_what_is_alive_in_whatever_order_it_arrives(
    databases: Databases, history: tuple[list[Event], list[Event]], size: int
) -> None:
    made, shuffled = history
    with databases.warehouse() as url, closing(open_store(url)) as store:
        opened = book(store)
        for start in range(0, len(shuffled), size):
            for sender in (SENDER, OTHER):
                batch = [one for one in shuffled[start : start + size] if one.device == sender.device]
                push(store, batch, sender)
        assert book(store) == _folded(made, opened)
        assert (stand(store, "P1") or ("",))[0] == (_stands(made, "P1") or "A")
        new = stand(store, "Q1")
        assert (new[0] if new and new[2] else None) == _stands(made, "Q1")
        assert verify(store) == []
