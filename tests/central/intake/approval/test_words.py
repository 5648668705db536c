"""Words on adjustments: accepted at their own instants, rejected for good, never by whose they are."""

from pathlib import Path

import pytest
from sqlalchemy import select, text

from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.ledger import StockKey
from scanner_app.domain.quantity import SCALE
from sync.central.audit.verification import verify
from sync.central.book.as_of import BookMoment, balance_as_of
from sync.central.connectors.ledger_feed import postings_page
from sync.central.database.store import CentralStore
from sync.central.database.tables import came_back, stock
from sync.central.decisions.words_of_the_centre import WordMeant, say
from sync.central.events.sender import Sender
from tests.central.intake.approval.desk import OTHER, Floor, held, into, out
from tests.central.warehouse import NOW_US, SITE, key, push

OVER = "x,adjust,,,,,10,,"
VOID, WAITS, POSTED = ("void", "rejected"), ("waiting_for_approval", "over_limit"), ("posted", "")


@pytest.fixture
def floor(store: CentralStore, tmp_path: Path) -> Floor:
    return Floor(store, tmp_path / "own", OVER)


def _backs(floor: Floor) -> list[tuple[str, str, str, str, str]]:
    names = ("event", "operator", "outcome", "reasons", "by")
    with floor.store.reading() as connection:
        rows = connection.execute(select(*(came_back.c[name] for name in names)).order_by(came_back.c.number))
        return [tuple(row) for row in rows]


@pytest.mark.parametrize(
    ("fact", "by", "status", "after"),
    [
        (out(40), "w1", "AVAILABLE", 60),
        (into(40), "w1", "AVAILABLE", 140),
        (held(40), "s2", "DAMAGED", 40),
    ],
)
def test_what_is_accepted_is_booked_at_its_own_instant(
    floor: Floor, fact: Fact, by: str, status: str, after: int
) -> None:
    made, before = floor.waiting(fact, by), floor.pieces("A", status=status)
    assert before in (0, 100)
    assert _postings(floor, made.id) == []
    assert floor.say("accept", made.id) == ()
    assert (floor.state(made), floor.pieces("A", status=status)) == (POSTED, after)
    assert _backs(floor) == [(made.id, by, "posted", "", "s1")]
    with floor.store.reading() as connection:
        there = balance_as_of(connection, SITE, StockKey("A", "NUT", status=status), BookMoment(NOW_US))
    assert (there, verify(floor.store)) == (after * SCALE, [])
    assert len(_postings(floor, made.id)) == 2
    assert (floor.cases(), floor.cases(kind="exception")) == ((), ())


def _postings(floor: Floor, name: str) -> list[object]:
    with floor.store.reading() as connection:
        return [row for row in postings_page(connection, SITE, "", 1_000).postings if name in str(row)]


def test_what_is_rejected_is_void_and_comes_back_and_may_be_taken_back(floor: Floor) -> None:
    made = floor.waiting(out(40))
    assert floor.say("reject", made.id) == ()
    assert (floor.state(made), floor.pieces("A")) == (VOID, 100)
    assert _backs(floor) == [(made.id, "w1", "void", "rejected", "s1")]
    assert floor.cases() == ()
    assert floor.say("accept", made.id, by="s2", seen=1) == ("not_waiting",)
    assert floor.say("withdraw", made.id, by="s2", seen=1) == ()
    assert (floor.state(made), [case.seen for case in floor.cases()]) == (WAITS, [4 - 1])
    assert floor.say("accept", made.id, seen=3) == ()
    assert (floor.state(made), floor.pieces("A")) == (POSTED, 60)
    assert verify(floor.store) == []


@pytest.mark.parametrize(
    ("by", "decider", "why"),
    [
        ("s1", "s1", ("own",)),
        ("w1", "s1b", ("own",)),
        ("w1", "w2", ("no_right",)),
        ("w1", "c1", ("no_right",)),
        ("w1", "s1", ()),
    ],
)
def test_nobody_decides_their_own_by_whatever_badge(floor: Floor, by: str, decider: str, why: tuple[str, ...]) -> None:
    made = floor.waiting(out(40), by)
    assert floor.say("accept", made.id, by=decider) == why
    assert floor.pieces("A") == (100 if why else 60)
    if why == ("own",):
        assert [case.marks for case in floor.cases(by=decider)] == [("yours",)]
        opened = floor.opened(made.id, decider)
        assert opened is not None
        assert opened.words == ()


def test_whoever_released_it_does_not_accept_it(floor: Floor) -> None:
    revoked = Sender(SITE, "d1", 1, revoked=True)
    made = floor.made(out(40))
    assert [answer.outcome.value for answer in push(floor.store, [made], revoked)] == ["quarantined"]
    assert floor.say("let_in", made.id, kind="event") == ()
    assert (floor.state(made), floor.pieces("A")) == (WAITS, 100), "it is held against the limits when it is let in"
    assert floor.say("accept", made.id, by="s1") == ("own",)
    assert floor.say("accept", made.id, by="s2") == ()
    assert (floor.state(made), floor.pieces("A"), verify(floor.store)) == (POSTED, 60, [])


def test_a_small_one_that_is_let_in_is_booked_at_once_and_counts_on_the_day(
    store: CentralStore, tmp_path: Path
) -> None:
    floor = Floor(store, tmp_path / "own", "day,adjust,,,,day,10,,")
    revoked = Sender(SITE, "d1", 1, revoked=True)
    made = [floor.made(out(6)), floor.made(out(6))]
    push(store, made, revoked)
    assert floor.say("let_in", *(one.id for one in made), kind="event") == ()
    assert sorted(floor.state(one)[0] for one in made) == ["posted", "waiting_for_approval"]
    assert (floor.pieces("A"), verify(store)) == (94, [])


def test_the_first_word_rules_and_the_others_are_told(floor: Floor) -> None:
    made = floor.waiting(out(40))
    assert floor.say("reject", made.id) == ()
    assert floor.say("accept", made.id, by="s2") == ("already_decided",)
    assert floor.state(made) == VOID


@pytest.mark.parametrize("word", ["void", "release", "let_in", "seen"])
def test_words_on_events_do_nothing_to_what_waits_to_be_accepted(floor: Floor, word: str) -> None:
    made = floor.waiting(out(40))
    assert floor.say(word, made.id, kind="event") == ("not_waiting",)
    assert floor.state(made) == WAITS


@pytest.mark.parametrize("word", ["accept", "reject", "withdraw"])
def test_a_word_on_what_does_not_wait_says_so(floor: Floor, word: str) -> None:
    booked = floor.made(out(1))
    floor.push(booked)
    why = "booked_already" if word == "withdraw" else "not_waiting"
    assert floor.say(word, booked.id) == (why,)
    assert floor.say(word, "ghost") == ("unknown_subject",)
    assert floor.say("recount", booked.id) == ("unknown_word",)
    assert floor.pieces("A") == 99


def test_accepted_with_the_adjustment_in_one_push(floor: Floor) -> None:
    made = floor.waiting(out(40))
    assert floor.say("accept", made.id) == ()
    again = floor.push(made)
    assert [(one.outcome.value, one.duplicate) for one in again] == [("posted", True)]
    assert floor.pieces("A") == 60


def test_an_undo_of_what_waits_takes_it_off_the_list_and_out_of_what_is_accepted(floor: Floor) -> None:
    made = floor.waiting(out(40))
    undo = floor.undo(made)
    assert floor.cases() == ()
    assert floor.say("accept", made.id) == (), "it was accepted before anybody there knew of the undo"
    assert (floor.pieces("A"), verify(floor.store)) == (100, [])
    floor.push(floor.made(Annulled(NOW_US, undo.id)))
    assert (floor.pieces("A"), verify(floor.store)) == (60, [])


def test_an_undo_that_is_taken_back_lets_it_wait_again(floor: Floor) -> None:
    made = floor.waiting(out(40))
    undo = floor.undo(made)
    floor.undo(undo)
    assert [case.id for case in floor.cases()] == [made.id]
    assert floor.say("accept", made.id) == ()
    assert (floor.pieces("A"), verify(floor.store)) == (60, [])


def test_somebody_else_takes_nothing_off_the_list(floor: Floor) -> None:
    made = floor.waiting(out(40))
    floor.undo(made, "w2", OTHER)
    assert [case.id for case in floor.cases()] == [made.id]


def test_nor_does_an_undo_of_somebody_else_that_came_before_it(floor: Floor) -> None:
    made = floor.made(out(40), "w1")
    floor.undo(made, "w2", OTHER)
    floor.push(made)
    assert [case.id for case in floor.cases()] == [made.id]
    own = floor.made(out(41), "w1")
    floor.undo(own, "w1")
    floor.push(own)
    assert [case.id for case in floor.cases()] == [made.id]


def test_accepted_after_its_item_went_out_of_use_is_booked_with_that_exception(floor: Floor) -> None:
    made = floor.waiting(out(40, reason="old"))
    floor.limited(OVER, items="item,name,base_unit,tracking,decimals,cost,abc,active\nNUT,Nut,EA,none,1,2,A,no\n")
    assert floor.say("accept", made.id) == ()
    assert floor.state(made) == ("posted_with_exceptions", "item_inactive reason_inactive")
    assert floor.cases(kind="exception") == (), "whoever accepted it has seen that"
    assert floor.pieces("A") == 60


def test_a_thousand_are_accepted_by_one_word(store: CentralStore, tmp_path: Path) -> None:
    floor = Floor(store, tmp_path / "own", "day,adjust,,,,day,0,,")
    made = [floor.made(out(1, "B"), "w1") for _ in range(50)]
    floor.push(*made)
    assert floor.say("accept", *(one.id for one in made)) == ()
    assert (floor.pieces("B"), floor.cases(), verify(store)) == (0.5, (), [])


def test_the_administrator_accepts_at_the_centre_itself(floor: Floor) -> None:
    made, other = floor.waiting(out(40)), floor.waiting(out(30))
    heard = say(floor.store, SITE, WordMeant("word-1", "accept", [made.id]), NOW_US)
    assert [(one.subject, one.why, one.outcome) for one in heard] == [(made.id, "", "posted")]
    say(floor.store, SITE, WordMeant("word-2", "reject", [other.id]), NOW_US)
    assert (floor.state(other), floor.pieces("A")) == (VOID, 60)
    assert verify(floor.store) == []


def test_the_list_shows_money_first_and_a_case_says_all_of_itself(floor: Floor) -> None:
    small, large = floor.waiting(out(11, note="fell")), floor.waiting(into(40, "B"), "w2")
    cases = floor.cases()
    assert [(case.id, case.place, case.quantity // SCALE, case.value // SCALE) for case in cases] == [
        (large.id, "B", 40, 80),
        (small.id, "A", -11, 22),
    ]
    assert [case.note for case in cases] == ["", "fell"]
    opened = floor.opened(small.id)
    assert opened is not None
    leaves = [(leaf.name, leaf.text) for leaf in opened.leaves]
    assert ("reason", "lost") in leaves
    assert ("note", "fell") in leaves
    assert ("over", f"event:quantity:{10 * SCALE}") in leaves
    assert opened.words == ("accept", "reject")
    assert [row.is_subject for row in opened.movements if row.place == "A"] != []


def test_two_people_who_throw_away_one_pallet_are_shown_as_such(floor: Floor) -> None:
    made = floor.waiting(out(40), "w1")
    twin = floor.waiting(out(40), "w2", OTHER)
    other = floor.waiting(out(41), "w2", OTHER)
    marks = {case.id: case.marks for case in floor.cases()}
    assert marks == {made.id: ("twice",), twin.id: ("twice",), other.id: ()}
    opened = floor.opened(twin.id)
    assert opened is not None
    assert ("twice", "w1") in [(leaf.name, leaf.text) for leaf in opened.leaves]
    floor.say("reject", made.id)
    assert {case.id: case.marks for case in floor.cases()} == {twin.id: (), other.id: ()}


def test_what_waits_is_in_no_row_that_devices_pull_and_in_no_account(floor: Floor) -> None:
    with floor.store.reading() as connection:
        before = connection.execute(select(stock).order_by(*stock.primary_key)).all()
        counters = connection.execute(text("SELECT version, recorded FROM counters")).all()
    floor.waiting(out(40))
    floor.waiting(into(40, "C"))
    with floor.store.reading() as connection:
        assert connection.execute(select(stock).order_by(*stock.primary_key)).all() == before
        assert connection.execute(text("SELECT version, recorded FROM counters")).all() == counters
    assert key("A").place == "A"
