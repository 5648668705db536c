"""Laws of words: the book is the fold of the events that are in it, however late facts come that words are about."""

from collections.abc import Sequence
from contextlib import closing
from typing import NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.events.decided import Decided
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.identified import Identified
from scanner_app.domain.events.saying import Subject
from scanner_app.domain.quantity import SCALE
from sync.central.audit.verification import verify
from sync.central.database.store import CentralStore, open_store
from sync.central.database.tables import stock, words
from sync.central.events.sender import Sender
from tests.central.databases import Databases
from tests.central.warehouse import NOW_US, OTHER, SENDER, SITE, event, move, push
from tests.extent import extent

DESK = Sender(SITE, "desk", 1)
WORDS = ("void", "release", "withdraw", "seen", "identify", "identify")
MOVES = st.tuples(st.sampled_from("ABC"), st.sampled_from("ABC"), st.integers(1, 9), st.sampled_from(["NUT", "WHAT"]))


Sums = dict[tuple[str, str], int]
Verdicts = list[tuple[object, ...]]


class History(NamedTuple):
    """Moves, those of them that somebody says never happened, and words on them: which, by whom, having seen what."""

    moves: list[tuple[str, str, int, str]]
    undone: set[int]
    words: list[tuple[int, str, str, int]]
    order: list[int]


@st.composite
def histories(draw: st.DrawFn) -> History:
    moves = draw(st.lists(MOVES.filter(lambda one: one[0] != one[1]), min_size=1, max_size=5))
    which = st.integers(0, len(moves) - 1)
    said = st.tuples(which, st.sampled_from(WORDS), st.sampled_from(["s1", "s2", "w1"]), st.integers(0, 12))
    order = draw(st.permutations(range(len(moves))))
    return History(moves, draw(st.sets(which)), draw(st.lists(said, max_size=8)), list(order))


def _moved(history: History, at: int) -> Event:
    source, target, pieces, item = history.moves[at]
    return event(at + 1, move(source, target, pieces, item, at_us=NOW_US + at))


def _undone(history: History) -> list[Event]:
    return [event(at + 1, Annulled(NOW_US, _moved(history, at).id), OTHER) for at in sorted(history.undone)]


def _said(history: History) -> list[Event]:
    made = []
    for number, (at, word, operator, seen) in enumerate(history.words, 1):
        name = _moved(history, at).id
        fact = Decided(NOW_US, word, (Subject("event", name, seen=seen),))
        if word == "identify":
            made.append(event(number, Identified(NOW_US, name, "WHAT", "BOLT", ""), DESK, operator=operator))
        else:
            made.append(event(number, fact, DESK, operator=operator))
    return made


def _book(databases: Databases, pushes: Sequence[tuple[Sender, list[Event]]]) -> tuple[Sums, Verdicts]:
    with databases.warehouse() as url, closing(open_store(url)) as store:
        with store.writing() as connection:
            names = "site, operator, name, badge, person, verifier, roles, language, active, version"
            kept = "verifier, roles, language, active, version FROM operators WHERE operator = 's1'"
            connection.execute(text(f"INSERT INTO operators ({names}) SELECT site, 's2', name, 's2', '', {kept}"))
        for sender, batch in pushes:
            push(store, batch, sender)
            push(store, batch, sender)
        assert verify(store) == []
        cells = (words.c.subject, words.c.word, words.c.is_valid, words.c.why, words.c.outcome)
        with store.reading() as connection:
            said = connection.execute(select(*cells).order_by(words.c.number)).all()
        return _floor(store), [tuple(row) for row in said]


def _floor(store: CentralStore) -> Sums:
    """What each place holds, by its stock rows; goods that no word and no move is about are left out."""
    with store.reading() as connection:
        rows = connection.execute(select(stock.c.place, stock.c.item, stock.c.quantity)).all()
    return {(row.place, row.item): row.quantity for row in rows if row.place in "ABC" and row.item != "GLUE"}


def _fold(history: History, said: Verdicts) -> Sums:
    """From scratch: each move that is in the book by its last valid word, and that nobody took back."""
    sums: Sums = {("A", "NUT"): 100 * SCALE, ("B", "NUT"): 50_500_000}
    for at, (source, target, pieces, item) in enumerate(history.moves):
        name, named, is_booked = _moved(history, at).id, item, item == "NUT"
        for subject, word, is_valid, _why, outcome in said:
            if subject == name and is_valid:
                is_booked = str(outcome).startswith("posted")
                named = "BOLT" if word == "identify" else named
        if is_booked and at not in history.undone:
            sums[source, named] = sums.get((source, named), 0) - pieces * SCALE
            sums[target, named] = sums.get((target, named), 0) + pieces * SCALE
    return {key: quantity for key, quantity in sums.items() if quantity}


@settings(max_examples=extent(3, 200), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories())
def test_late_facts_and_repeats_mean_nothing_and_the_book_is_the_fold(databases: Databases, history: History) -> None:
    moves = [_moved(history, at) for at in range(len(history.moves))]
    shuffled = [moves[at] for at in history.order]
    undone, said = (OTHER, _undone(history)), [(DESK, [one]) for one in _said(history)]
    book, verdicts = _book(databases, [(SENDER, moves), *said, undone])
    late, again = _book(databases, [undone, *((SENDER, [one]) for one in shuffled), *said])
    assert again == verdicts
    assert {key: quantity for key, quantity in book.items() if quantity} == _fold(history, verdicts)
    assert {key: quantity for key, quantity in late.items() if quantity} == _fold(history, verdicts)
