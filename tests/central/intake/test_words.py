"""Words on events: numbered, judged once for ever, and what they make of an event and of the book."""

import pytest
from sqlalchemy import select, text

from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.events.decided import SUBJECTS_MAX, Decided
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.identified import Identified
from scanner_app.domain.events.plate_moved import PlateMoved
from scanner_app.domain.events.saying import Subject
from sync.central.audit.verification import verify
from sync.central.database.store import CentralStore
from sync.central.database.tables import came_back, events, plate_places, words
from sync.central.events.sender import Sender
from sync.protocol import Outcome
from tests.central.intake.test_statements import counted
from tests.central.warehouse import NOW_US, OTHER, SITE, event, move, push
from tests.central.warehouse import words as outcomes

DESK = Sender(SITE, "desk", 1)
REVOKED = Sender(SITE, "d1", 1, revoked=True)
HELD, VOID, POSTED, EXCEPTIONS, QUARANTINED = (
    Outcome.HELD, Outcome.VOID, Outcome.POSTED, Outcome.EXCEPTIONS, Outcome.QUARANTINED,
)  # fmt: skip


@pytest.fixture
def staffed(store: CentralStore) -> CentralStore:
    """The small warehouse with two more supervisors; s2 has another badge, s2b."""
    row = "INSERT INTO operators SELECT site, :new, name, :new, verifier, roles, language, active, :person, version "
    row += "FROM operators WHERE operator = 's1'"
    with store.writing() as connection:
        for new, person in (("s2", "sam"), ("s2b", "sam"), ("s3", "")):
            connection.execute(text(_inserted(row)), {"new": new, "person": person})
    return store


def _inserted(row: str) -> str:
    names = "site, operator, name, badge, verifier, roles, language, active, person, version"
    return row.replace("INSERT INTO operators SELECT", f"INSERT INTO operators ({names}) SELECT")


class Desk:
    """Supervisors at one device, who say words."""

    def __init__(self, store: CentralStore) -> None:
        self._store = store
        self._sequence = 0

    def made(self, word: str, *names: str, seen: int = 0, operator: str = "s1") -> Event:
        self._sequence += 1
        subjects = tuple(Subject("event", name, seen=seen) for name in names)
        return event(self._sequence, Decided(NOW_US, word, subjects), DESK, operator=operator)

    def identified(self, name: str, code: str, item: str, unit: str = "", operator: str = "s1") -> Event:
        self._sequence += 1
        return event(self._sequence, Identified(NOW_US, name, code, item, unit), DESK, operator=operator)

    def pushed(self, *said: Event) -> list[tuple[Outcome, tuple[str, ...]]]:
        return outcomes(push(self._store, said, DESK))

    def say(self, word: str, *names: str, seen: int = 0, operator: str = "s1") -> tuple[str, ...]:
        """Say a word; return why it does not rule."""
        ((outcome, reasons),) = self.pushed(self.made(word, *names, seen=seen, operator=operator))
        assert outcome.is_booked
        return reasons


@pytest.fixture
def desk(staffed: CentralStore) -> Desk:
    return Desk(staffed)


def state(store: CentralStore, name: str) -> tuple[Outcome, str, int]:
    wanted = select(events.c.outcome, events.c.reasons, events.c.word).where(events.c.id == name)
    with store.reading() as connection:
        outcome, reasons, word = connection.execute(wanted).one()
    return Outcome(outcome), reasons, word


def pieces(store: CentralStore, place: str, item: str = "NUT") -> int:
    with store.reading() as connection:
        asked = text("SELECT coalesce(sum(quantity), 0) FROM stock WHERE place = :place AND item = :item")
        return int(connection.execute(asked, {"place": place, "item": item}).scalar_one()) // 1_000_000


def backs(store: CentralStore) -> list[tuple[str, str, str, str, str]]:
    cells = (came_back.c.event, came_back.c.operator, came_back.c.outcome, came_back.c.reasons, came_back.c.by)
    with store.reading() as connection:
        return [tuple(row) for row in connection.execute(select(*cells).order_by(came_back.c.number)).all()]


def held(store: CentralStore, sequence: int = 1, pieces_: int = 3) -> Event:
    """An event that moves goods which nobody knows."""
    made = event(sequence, move("A", "C", pieces_, "WHAT"))
    assert outcomes(push(store, [made])) == [(HELD, ("unknown_item",))]
    return made


def odd(store: CentralStore, sequence: int = 1) -> Event:
    """An event that somebody should look at."""
    made = event(sequence, move("A", "BLOCKED"))
    assert outcomes(push(store, [made])) == [(EXCEPTIONS, ("place_blocked",))]
    return made


def test_what_was_seen_leaves_the_list_and_changes_nothing_else(staffed: CentralStore, desk: Desk) -> None:
    one = odd(staffed)
    assert desk.say("seen", one.id) == ()
    assert state(staffed, one.id) == (EXCEPTIONS, "place_blocked", 1)
    assert desk.say("seen", one.id, seen=1) == ("not_waiting",)
    assert desk.say("withdraw", one.id, seen=1) == ()
    assert state(staffed, one.id) == (EXCEPTIONS, "place_blocked", 0)
    assert desk.say("seen", one.id) == ()
    assert [back[2:] for back in backs(staffed)] == [("posted", "not_waiting", "")], "no outcome has changed"
    assert verify(staffed) == []


def test_what_is_void_is_never_booked_until_that_is_withdrawn(staffed: CentralStore, desk: Desk) -> None:
    one = held(staffed)
    assert desk.say("void", one.id) == ()
    assert state(staffed, one.id) == (VOID, "unknown_item", 1)
    assert outcomes(push(staffed, [one])) == [(VOID, ("unknown_item",))]
    assert desk.say("release", one.id, seen=1) == ("not_waiting",)
    assert desk.say("withdraw", one.id, seen=1) == ()
    assert state(staffed, one.id) == (HELD, "unknown_item", 0)
    assert backs(staffed)[0] == (one.id, "w1", "void", "unknown_item", "s1")
    assert backs(staffed)[-1] == (one.id, "w1", "held", "unknown_item", "s1")
    assert verify(staffed) == []


def test_what_is_released_is_booked_at_its_own_instant(staffed: CentralStore, desk: Desk) -> None:
    one = held(staffed)
    assert desk.say("release", one.id) == ("still_held",)
    with staffed.writing() as connection:
        connection.execute(text("UPDATE items SET item = 'WHAT' WHERE item = 'BOLT'"))
    assert desk.say("release", one.id, seen=1) == ()
    assert state(staffed, one.id)[0].is_booked
    assert pieces(staffed, "C", "WHAT") == 3
    with staffed.reading() as connection:
        at = connection.execute(text("SELECT effective_us FROM ledger WHERE cause = :id"), {"id": one.id}).scalars()
        assert set(at) == {NOW_US, NOW_US + 60_000_000}
    (answer,) = push(staffed, [one])
    assert (answer.outcome.is_booked, answer.duplicate, answer.version > 0) == (True, True, True)
    assert desk.say("withdraw", one.id, seen=2, operator="s3") == ("booked_already",)
    assert outcomes(push(staffed, [event(7, Annulled(NOW_US, one.id))])) == [(POSTED, ())]
    assert pieces(staffed, "C", "WHAT") == 0
    assert verify(staffed) == []


def test_a_code_that_was_identified_is_booked_as_the_item_in_its_unit(staffed: CentralStore, desk: Desk) -> None:
    one = held(staffed)
    assert desk.pushed(desk.identified(one.id, "WHAT", "NUT", "CRATE")) == [(POSTED, ("unknown_unit",))]
    assert desk.pushed(desk.identified(one.id, "ELSE", "NUT")) == [(POSTED, ("not_waiting",))]
    assert desk.pushed(desk.identified(one.id, "WHAT", "NUT", "CS")) == [(POSTED, ())]
    assert (pieces(staffed, "A"), pieces(staffed, "C")) == (100 - 36, 36)
    assert state(staffed, one.id)[0] is POSTED
    assert verify(staffed) == []
    push(staffed, [event(2, Annulled(NOW_US, one.id))])
    assert (pieces(staffed, "A"), pieces(staffed, "C")) == (100, 0)
    assert verify(staffed) == []


def test_of_two_codes_one_alone_books_nothing(staffed: CentralStore, desk: Desk) -> None:
    legs = (*move("A", "C", 1, "WHAT").legs, *move("A", "C", 2, "ELSE").legs)
    one = event(1, type(move("A", "C"))(legs))
    push(staffed, [one])
    assert desk.pushed(desk.identified(one.id, "WHAT", "NUT")) == [(POSTED, ())]
    assert state(staffed, one.id)[::2] == (HELD, 0)
    assert desk.pushed(desk.identified(one.id, "ELSE", "BOLT")) == [(POSTED, ("own",))], "s1 has a part in it"
    assert desk.pushed(desk.identified(one.id, "ELSE", "BOLT", operator="s3")) == [(POSTED, ())]
    assert (pieces(staffed, "C"), pieces(staffed, "C", "BOLT")) == (1, 2)
    assert verify(staffed) == []


def test_what_was_identified_and_withdrawn_is_unknown_again(staffed: CentralStore, desk: Desk) -> None:
    legs = (*move("A", "C", 1, "WHAT").legs, *move("A", "C", 2, "ELSE").legs)
    one = event(1, type(move("A", "C"))(legs))
    push(staffed, [one])
    desk.pushed(desk.identified(one.id, "WHAT", "NUT"))
    assert desk.say("withdraw", one.id, seen=1, operator="s3") == ()
    desk.pushed(desk.identified(one.id, "ELSE", "BOLT", operator="s2"))
    assert state(staffed, one.id)[0] is HELD
    with staffed.reading() as connection:
        assert connection.execute(text("SELECT code FROM identifications")).scalars().all() == ["ELSE"]


def test_what_a_revoked_device_sent_is_let_in_by_a_word(staffed: CentralStore, desk: Desk) -> None:
    one, plate = event(1, move("A", "C", 4)), event(2, PlateMoved(NOW_US, "P1", "B", was_at="A"))
    assert outcomes(push(staffed, [one, plate], REVOKED)) == [(QUARANTINED, ("device_revoked",))] * 2
    assert desk.say("let_in", one.id, plate.id) == ()
    assert (pieces(staffed, "C"), state(staffed, one.id)) == (4, (POSTED, "", 1))
    with staffed.reading() as connection:
        stood = select(plate_places.c.location).where(plate_places.c.cause == plate.id)
        assert connection.execute(stood).scalars().all() == ["B"]
    assert verify(staffed) == []


def test_two_copies_of_a_device_are_both_let_in(staffed: CentralStore, desk: Desk) -> None:
    """The numbers of what was let in may be those of others, and taken numbers are told all the same."""
    mine, copy = event(1, move("A", "C", 4)), event(1, move("A", "C", 5), id="copy")
    assert outcomes(push(staffed, [mine, copy])) == [(POSTED, ()), (QUARANTINED, ("sequence_taken",))]
    assert desk.say("let_in", copy.id) == ()
    assert pieces(staffed, "C") == 9
    third = event(1, move("A", "C", 6), id="third")
    assert outcomes(push(staffed, [third])) == [(QUARANTINED, ("sequence_taken",))]
    assert verify(staffed) == []


def test_two_plate_moves_of_one_instant_and_number_are_both_in_the_register(staffed: CentralStore, desk: Desk) -> None:
    mine = event(1, PlateMoved(NOW_US, "P1", "B", was_at="A"))
    copy = event(1, PlateMoved(NOW_US, "P1", "C", was_at="A"), id="copy")
    push(staffed, [copy], REVOKED)
    assert desk.say("let_in", copy.id) == ()
    assert outcomes(push(staffed, [mine])) == [(POSTED, ())]
    with staffed.reading() as connection:
        assert connection.execute(text("SELECT location FROM plates WHERE plate = 'P1'")).scalar_one() == "C"
    assert verify(staffed) == []


def test_what_is_let_in_says_its_own_words_then(staffed: CentralStore, desk: Desk) -> None:
    one = held(staffed)
    lost = event(9, Decided(NOW_US, "void", (Subject("event", one.id),)), REVOKED, operator="s3")
    push(staffed, [lost], REVOKED)
    assert state(staffed, one.id)[0] is HELD
    assert desk.say("let_in", lost.id) == ()
    assert state(staffed, one.id) == (VOID, "unknown_item", 2)


def test_fifty_supervisors_have_seen_nothing_and_the_first_word_rules(staffed: CentralStore, desk: Desk) -> None:
    one = held(staffed)
    said = [desk.made("void" if n % 2 else "release", one.id, operator=("s2", "s3")[n % 2]) for n in range(1, 50)]
    assert desk.say("void", one.id) == ()
    assert desk.pushed(*said) == [(POSTED, ("already_decided",))] * 49
    told = [back for back in backs(staffed) if back[3] == "already_decided"]
    assert len(told) == 49
    assert {back[4] for back in told} == {"s1"}
    assert state(staffed, one.id)[0] is VOID


@pytest.mark.parametrize(
    ("operator", "why"),
    [
        ("w1", ("no_right",)),
        ("ghost", ("unknown_operator", "no_right")),
        ("s2", ("own",)),
        ("s2b", ("own",)),
        ("s1", ()),
    ],
)
def test_nobody_decides_their_own_by_whatever_badge(
    staffed: CentralStore, desk: Desk, operator: str, why: tuple[str, ...]
) -> None:
    made = event(1, move("A", "C", 1, "WHAT"), operator="s2b")
    push(staffed, [made])
    assert desk.say("void", made.id, operator=operator) == why
    assert state(staffed, made.id)[0] is (HELD if why else VOID)


def test_a_word_without_right_is_kept_and_is_in_nobodys_way(staffed: CentralStore, desk: Desk) -> None:
    one = held(staffed)
    assert desk.say("release", one.id, operator="w1") == ("no_right",)
    assert desk.say("void", one.id) == ()
    with staffed.reading() as connection:
        kept = connection.execute(select(words.c.number, words.c.is_valid, words.c.why).order_by(words.c.number)).all()
    assert [tuple(row) for row in kept] == [(1, False, "no_right"), (2, True, "")]


def test_a_role_that_is_lost_later_changes_nothing_and_one_lost_before_gives_no_right(
    staffed: CentralStore, desk: Desk
) -> None:
    one, two = held(staffed), held(staffed, 2)
    assert desk.say("void", one.id, operator="s3") == ()
    with staffed.writing() as connection:
        connection.execute(text("UPDATE operators SET roles = 'worker' WHERE operator = 's3'"))
    assert state(staffed, one.id)[0] is VOID
    assert desk.say("void", two.id, operator="s3") == ("no_right",)
    with staffed.writing() as connection:
        connection.execute(text("UPDATE operators SET roles = 'supervisor', active = false WHERE operator = 's3'"))
    assert "no_right" in desk.say("void", two.id, operator="s3")


def test_a_repeated_word_is_said_once(staffed: CentralStore, desk: Desk) -> None:
    one = held(staffed)
    said = desk.made("void", one.id)
    assert desk.pushed(said, said) == desk.pushed(said) * 2
    with staffed.reading() as connection:
        assert len(connection.execute(select(words.c.number)).all()) == 1
    assert len(backs(staffed)) == 1


def test_a_word_is_withdrawn_and_never_undone(staffed: CentralStore, desk: Desk) -> None:
    one = held(staffed)
    said = desk.made("void", one.id)
    undone = event(50, Annulled(NOW_US, said.id), DESK, operator="s1")
    assert desk.pushed(said, undone) == [(POSTED, ()), (HELD, ("not_undone",))]
    assert desk.pushed(event(51, Annulled(NOW_US, said.id), DESK, operator="s3")) == [(HELD, ("not_undone",))]
    assert state(staffed, one.id)[0] is VOID
    assert desk.say("release", undone.id, operator="s3") == ("still_held",)


def test_own_earlier_words_count_as_seen(staffed: CentralStore, desk: Desk) -> None:
    one = held(staffed)
    assert desk.say("void", one.id, operator="s2") == ()
    assert desk.say("withdraw", one.id, operator="s2b") == ()
    assert desk.say("void", one.id, operator="s1") == ("already_decided",)
    assert desk.say("void", one.id, operator="s1", seen=2) == ()


@pytest.mark.parametrize("kind", ["mystery", "adjustments"])
def test_a_word_on_a_kind_that_nobody_judges_here_is_kept_and_says_so(
    staffed: CentralStore, desk: Desk, kind: str
) -> None:
    made = event(60, Decided(NOW_US, "accept", (Subject(kind, "some/thing"),)), DESK, operator="s1")
    assert desk.pushed(made) == [(POSTED, ("no_judge",))]
    assert verify(staffed) == []


@pytest.mark.parametrize(
    ("word", "why"),
    [("accept", "unknown_word"), ("hurrah", "unknown_word"), ("seen", "not_waiting"), ("let_in", "not_waiting")],
)
def test_a_word_that_does_not_apply_says_so(staffed: CentralStore, desk: Desk, word: str, why: str) -> None:
    assert desk.say(word, held(staffed).id) == (why,)


def test_a_word_that_comes_before_its_event_is_about_nothing(staffed: CentralStore, desk: Desk) -> None:
    late = event(3, move("A", "C", 1, "WHAT"), DESK)
    assert outcomes(push(staffed, [desk.made("void", late.id), late], DESK)) == [
        (POSTED, ("unknown_subject",)), (HELD, ("unknown_item",)),
    ]  # fmt: skip
    assert desk.say("void", late.id) == ()


def test_a_word_on_an_event_of_the_same_batch_is_judged_behind_it(staffed: CentralStore, desk: Desk) -> None:
    late = event(30, move("A", "C", 1, "WHAT"), DESK)
    said = desk.identified(late.id, "WHAT", "NUT")
    assert outcomes(push(staffed, [late, said], DESK)) == [(POSTED, ()), (POSTED, ())]
    assert pieces(staffed, "C") == 1
    assert verify(staffed) == []


def _thousand(store: CentralStore, first: int, count: int) -> list[str]:
    made = [event(n, move("A", "C", 1, "WHAT")) for n in range(first, first + count)]
    push(store, made)
    return [one.id for one in made]


@pytest.mark.parametrize("word", ["void", "release"])
def test_a_thousand_subjects_are_a_handful_of_statements(staffed: CentralStore, desk: Desk, word: str) -> None:
    few, many = _thousand(staffed, 1, 4), _thousand(staffed, 10, SUBJECTS_MAX)
    if word == "release":
        with staffed.writing() as connection:
            connection.execute(text("UPDATE items SET item = 'WHAT' WHERE item = 'BOLT'"))
    with counted(staffed) as of_few:
        assert desk.say(word, *few) == ()
    with counted(staffed) as of_many:
        assert desk.say(word, *many) == ()
    assert len(of_many) == len(of_few) <= 20
    assert all(state(staffed, name)[0].is_booked == (word == "release") for name in many)
    assert verify(staffed) == []


def test_an_annulment_that_waits_for_what_is_released_takes_it_out(staffed: CentralStore, desk: Desk) -> None:
    one = held(staffed)
    push(staffed, [event(2, Annulled(NOW_US, one.id))])
    desk.pushed(desk.identified(one.id, "WHAT", "NUT"))
    assert (pieces(staffed, "A"), pieces(staffed, "C")) == (100, 0)
    assert verify(staffed) == []


def test_an_undo_of_anothers_work_is_released_and_undoes_it(staffed: CentralStore, desk: Desk) -> None:
    push(staffed, [event(1, move("A", "C", 6), operator="s2")])
    first = event(1, move("A", "C", 6)).id
    undo = event(1, Annulled(NOW_US, first), OTHER, operator="w1")
    assert outcomes(push(staffed, [undo], OTHER)) == [(HELD, ("not_own",))]
    assert desk.say("release", undo.id) == ()
    assert (pieces(staffed, "C"), state(staffed, undo.id)[0]) == (0, EXCEPTIONS)
    assert verify(staffed) == []


def test_what_verify_should_find_of_words_it_finds(staffed: CentralStore, desk: Desk) -> None:
    """An identification that somebody changed beside the program no longer says what the ledger has."""
    one = held(staffed)
    desk.pushed(desk.identified(one.id, "WHAT", "NUT"))
    with staffed.writing() as connection:
        connection.execute(text("UPDATE identifications SET item = 'BOLT'"))
    assert [found.what for found in verify(staffed) if one.id in found.what]
