"""An acceptance that is taken back: it waits again, and is out of the book at its own instant."""

from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import select, text

from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.events.corrections.adjusted import Adjusted
from scanner_app.domain.events.decided import Decided
from scanner_app.domain.events.saying import Subject
from scanner_app.domain.ledger import StockKey
from scanner_app.domain.quantity import SCALE
from sync.central.audit.laws import Law
from sync.central.audit.verification import verify
from sync.central.book.as_of import BookMoment, balance_as_of
from sync.central.connectors.ledger_feed import postings_page
from sync.central.database.store import CentralStore
from sync.central.database.tables import came_back
from sync.central.decisions.words_of_the_centre import WordMeant, say
from tests.central.intake.approval.desk import DESK, Floor, into, out
from tests.central.warehouse import NOW_US, SITE

VOID, WAITS, POSTED = ("void", "rejected"), ("waiting_for_approval", "over_limit"), ("posted", "")


@pytest.fixture
def floor(store: CentralStore, tmp_path: Path) -> Floor:
    return Floor(store, tmp_path / "own", "x,adjust,,,,,10,,")


def _last_back(floor: Floor) -> tuple[str, ...]:
    names = ("event", "operator", "outcome", "reasons", "by")
    with floor.store.reading() as connection:
        rows = connection.execute(select(*(came_back.c[name] for name in names)).order_by(came_back.c.number)).all()
    return tuple(rows[-1])


def _rows(floor: Floor, name: str) -> list[object]:
    with floor.store.reading() as connection:
        return [row for row in postings_page(connection, SITE, "", 1_000).postings if name in (row.cause, row.via)]


def test_an_acceptance_is_taken_back_and_the_adjustment_waits_again_at_its_own_instant(floor: Floor) -> None:
    """Whoever finds that it was accepted by mistake says so; nothing was said of it before, as far as the book goes."""
    made = floor.waiting(out(40))
    assert floor.say("accept", made.id) == ()
    assert floor.say("withdraw", made.id, by="s2", seen=1) == ()
    assert (floor.state(made), floor.pieces("A"), [case.id for case in floor.cases()]) == (WAITS, 100, [made.id])
    assert _last_back(floor) == (made.id, "w1", "waiting_for_approval", "over_limit", "s2")
    with floor.store.reading() as connection:
        there = balance_as_of(connection, SITE, StockKey("A", "NUT"), BookMoment(NOW_US))
    assert (there, verify(floor.store)) == (100 * SCALE, [])
    assert floor.say("accept", made.id, by="s2", seen=2) == ()
    assert (floor.state(made), floor.pieces("A"), verify(floor.store)) == (POSTED, 60, [])
    assert len(_rows(floor, made.id)) == 6, "there, gone and there again: each a row a side"


_BACK_AND_FORTH = (
    ("accept withdraw", WAITS),
    ("accept withdraw accept", POSTED),
    ("accept withdraw reject", VOID),
    ("accept withdraw accept withdraw", WAITS),
    ("accept withdraw reject withdraw accept", POSTED),
    ("reject withdraw accept withdraw reject", VOID),
)


@pytest.mark.parametrize("is_one_push", [True, False])
def test_what_is_said_back_and_forth_of_one_comes_to_the_last_word(floor: Floor, is_one_push: bool) -> None:
    """In one push or in several; whatever is said in between of it never having happened, and taken back."""
    for (words, state), undone_behind in product(_BACK_AND_FORTH, (None, 0, 1, 2)):
        made, before = floor.waiting(out(11)), floor.pieces("A")
        subject = (Subject("adjustment", made.id),)
        told = [floor.made(Decided(NOW_US, word, subject, "checked"), "s1", DESK) for word in words.split()]
        if undone_behind is not None:
            told.insert(undone_behind, undo := floor.made(Annulled(NOW_US, made.id), "s1", DESK))
            told.append(floor.made(Annulled(NOW_US + 1, undo.id), "s1", DESK))
        for push_of in [told] if is_one_push else [[one] for one in told]:
            assert {(one.outcome.value, one.reasons) for one in floor.push(*push_of, sender=DESK)} == {("posted", ())}
        assert (floor.state(made), before - floor.pieces("A"), words) == (state, 11 * (state == POSTED), words)
        assert verify(floor.store) == [], (words, undone_behind)


@pytest.mark.parametrize("is_undone_first", [True, False])
def test_what_never_happened_stays_out_when_it_is_accepted_again(floor: Floor, is_undone_first: bool) -> None:
    made = floor.waiting(out(40))
    assert floor.say("accept", made.id) == ()
    undo = floor.undo(made) if is_undone_first else None
    assert floor.say("withdraw", made.id) == ()
    undo = undo or floor.undo(made)
    assert (floor.pieces("A"), floor.cases(), verify(floor.store)) == (100, (), []), "and waits for nobody"
    assert floor.say("accept", made.id) == ()
    assert (floor.pieces("A"), verify(floor.store)) == (100, [])
    floor.push(floor.made(Annulled(NOW_US + 1, undo.id)))
    assert (floor.pieces("A"), verify(floor.store)) == (60, [])


def test_an_undo_that_is_taken_back_brings_nothing_back_that_nobody_accepts_any_more(floor: Floor) -> None:
    made = floor.waiting(out(40))
    floor.say("accept", made.id)
    undo = floor.undo(made)
    floor.say("withdraw", made.id)
    floor.push(floor.made(Annulled(NOW_US + 1, undo.id)))
    assert (floor.state(made), floor.pieces("A"), verify(floor.store)) == (WAITS, 100, [])
    assert [case.id for case in floor.cases()] == [made.id]


@pytest.mark.parametrize(("by", "why"), [("w1", ("no_right",)), ("s1b", ("own",)), ("s2", ("already_decided",))])
def test_an_acceptance_is_taken_back_by_who_may_decide_has_seen_it_and_did_not_do_it(
    floor: Floor, by: str, why: tuple[str, ...]
) -> None:
    made = floor.waiting(out(40))
    floor.say("accept", made.id)
    assert floor.say("withdraw", made.id, by=by) == why
    assert (floor.state(made), floor.pieces("A"), verify(floor.store)) == (POSTED, 60, [])


def test_the_audit_finds_what_is_in_the_book_though_its_acceptance_was_taken_back(floor: Floor) -> None:
    """The rows of what waits sum to nothing; a word that names it is no leave to write them once more."""
    made = floor.waiting(out(40))
    floor.say("accept", made.id)
    with floor.store.writing() as connection:
        connection.execute(text("UPDATE events SET outcome = 'waiting_for_approval' WHERE id = :id"), {"id": made.id})
    assert Law.CAUSED in {breach.law for breach in verify(floor.store)}


def test_the_administrator_takes_an_acceptance_back_by_the_id_of_the_adjustment(floor: Floor) -> None:
    made, plain = floor.waiting(out(40)), floor.made(out(1))
    floor.push(plain)
    floor.say("accept", made.id)
    heard = say(floor.store, SITE, WordMeant("word-1", "withdraw", [made.id]), NOW_US)
    assert [(one.subject, one.why, one.outcome) for one in heard] == [(made.id, "", "waiting_for_approval")]
    assert floor.pieces("A") == 99
    heard = say(floor.store, SITE, WordMeant("word-2", "withdraw", [plain.id]), NOW_US)
    assert [one.why for one in heard] == ["not_waiting"], "nobody had to accept it"


def test_pieces_that_went_out_together_wait_and_are_decided_together(store: CentralStore, tmp_path: Path) -> None:
    """Serial after serial in one event: a limit takes all of them, and a word is one on all of them."""
    floor = Floor(store, tmp_path / "own", "x,adjust,,,,,2,,")
    names = ("S1", "S2", "S3")
    legs = tuple(leg for name in names for leg in out(1, item="TOOL", serial=name).legs)
    for name in names:
        floor.told(into(1, item="TOOL", serial=name))
    made = floor.waiting(Adjusted(legs, "lost"))
    (case,) = floor.cases()
    assert case.quantity == -3 * SCALE
    assert floor.say("accept", made.id) == ()
    assert len(_rows(floor, made.id)) == 6, "a row a side of each piece"
    assert floor.say("withdraw", made.id, seen=1) == ()
    assert ([one.id for one in floor.cases()], verify(floor.store)) == ([made.id], [])
