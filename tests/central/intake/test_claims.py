"""Claims: nobody takes an id before being trusted, and what is quarantined of a device has a bound."""

from itertools import permutations
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from sqlalchemy import select

from scanner_app.domain.events.decided import Decided
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.saying import Subject
from scanner_app.domain.people import CENTRE
from sync.central.audit.verification import verify
from sync.central.book.counters import locked_counters
from sync.central.database.store import CentralStore
from sync.central.database.tables import events
from sync.central.events.sender import Sender
from sync.central.intake import quarantine_room
from sync.central.intake.apply import apply_batches, read_batch
from sync.protocol import Answer, Outcome
from tests.central.warehouse import NOW_US, SITE, event, move

HONEST, THIEF = Sender(SITE, "honest", 1), Sender(SITE, "thief", 1)
REVOKED = replace(HONEST, revoked=True)
MINE = event(1, move("A", "B"), HONEST, id="01")
MADE_UP = event(7, move("B", "C"), HONEST, id="01")
"""What somebody else pushes under the id of an event that waits on its device."""


def payload(one: Event) -> bytes:
    return msgspec.json.encode(one)


def push(store: CentralStore, *pushes: tuple[Sender, Event], can_renumber: bool = False) -> list[Answer]:
    """Push one event each, all in one transaction."""
    batches = [read_batch(who, [payload(one)], NOW_US, can_renumber=can_renumber) for who, one in pushes]
    applied = store.write(
        lambda connection: apply_batches(connection, SITE, batches, locked_counters(connection, SITE))
    )
    return [answers[0] for answers in applied.answers]


def kept(store: CentralStore) -> dict[str, tuple[str, bytes]]:
    wanted = select(events.c.id, events.c.outcome, events.c.payload).where(events.c.device != CENTRE)
    with store.reading() as connection:
        return {row.id: (row.outcome, bytes(row.payload)) for row in connection.execute(wanted)}


def of(store: CentralStore, outcome: Outcome) -> list[bytes]:
    return sorted(told for word, told in kept(store).values() if word == outcome.value)


@pytest.mark.parametrize("stranger", [THIEF, REVOKED, replace(THIEF, revoked=True)], ids=["foreign", "revoked", "both"])
@pytest.mark.parametrize("order", list(permutations(range(3))))
@pytest.mark.parametrize("is_one_push", [True, False])
def test_an_id_is_the_honest_ones_whoever_came_first(
    store: CentralStore, stranger: Sender, order: tuple[int, ...], is_one_push: bool
) -> None:
    """And what the others said is kept beside it, each once."""
    another = event(9, move("C", "A"), HONEST, id="01")
    told = [(HONEST, MINE), (stranger, MADE_UP), (stranger, another)]
    pushes = [told[place] for place in order]
    for _ in range(2):
        answers = push(store, *pushes) if is_one_push else [push(store, one)[0] for one in pushes]
        assert [one.outcome for one in answers] == [
            Outcome.POSTED if who is HONEST else Outcome.QUARANTINED for who, _ in pushes
        ]
    assert kept(store)["01"] == ("posted", payload(MINE))
    assert of(store, Outcome.QUARANTINED) == sorted([payload(MADE_UP), payload(another)])
    assert verify(store) == []


def test_what_a_stranger_pushed_of_an_honest_event_is_booked_when_its_device_pushes_it(store: CentralStore) -> None:
    assert push(store, (THIEF, MINE))[0].outcome is Outcome.QUARANTINED
    (answer,) = push(store, (HONEST, MINE))
    assert (answer.outcome, answer.duplicate) == (Outcome.POSTED, False)
    assert (of(store, Outcome.POSTED), of(store, Outcome.QUARANTINED)) == ([payload(MINE)], [])


def test_what_a_device_pushed_while_it_was_revoked_waits_for_a_word(store: CentralStore) -> None:
    for who in (REVOKED, HONEST):
        assert push(store, (who, MINE))[0].outcome is Outcome.QUARANTINED


def test_nobody_takes_the_key_of_what_stands_aside(store: CentralStore) -> None:
    push(store, (HONEST, MINE), (THIEF, MADE_UP))
    (beside,) = {*kept(store)} - {"01"}
    (answer,) = push(store, (HONEST, event(2, move("A", "B"), HONEST, id=beside)))
    assert (answer.outcome, answer.reasons) == (Outcome.NOT_ACCEPTED, ("malformed",))


@pytest.mark.parametrize(("bound", "value"), [("EVENTS_MAX", 3), ("BYTES_MAX", 3 * len(payload(MADE_UP)) + 5)])
def test_what_is_quarantined_of_a_device_has_a_bound(
    store: CentralStore, monkeypatch: pytest.MonkeyPatch, bound: str, value: int
) -> None:
    monkeypatch.setattr(quarantine_room, bound, value)
    many = [(THIEF, event(n, move("A", "B"), HONEST, id=f"0{n}")) for n in range(1, 6)]
    answers = [*push(store, *many[:2]), *push(store, *many[2:])]
    assert [one.outcome for one in answers] == [Outcome.QUARANTINED] * 3 + [Outcome.NOT_ACCEPTED] * 2
    assert {one.reasons for one in answers[3:]} == {("quarantine_full",)}
    assert len(of(store, Outcome.QUARANTINED)) == 3
    others = replace(THIEF, device="another")
    assert push(store, (others, many[4][1]))[0].outcome is Outcome.QUARANTINED, "each has room of its own"


@pytest.mark.parametrize(
    ("about", "reason"), [({}, "sequence_taken"), ({"epoch": 2, "sequence": 1}, "epoch_not_given")]
)
def test_a_number_that_is_taken_is_asked_for_anew_where_a_device_knows_how(
    store: CentralStore, about: dict[str, Any], reason: str
) -> None:
    """It is not kept meanwhile; under another number it is what it was. Older devices are answered as before."""
    push(store, (HONEST, MINE))
    twin = replace(event(1, move("A", "C"), HONEST, id="02"), **about)
    (answer,) = push(store, (HONEST, twin), can_renumber=True)
    assert (answer.outcome, answer.reasons, answer.wants_another_number) == (Outcome.WAITING, (reason,), True)
    assert "02" not in kept(store)
    renumbered = replace(twin, epoch=1, sequence=5)
    assert push(store, (HONEST, renumbered), can_renumber=True)[0].outcome is Outcome.POSTED
    (late,) = push(store, (HONEST, twin), can_renumber=True)
    assert (late.outcome, late.duplicate) == (Outcome.POSTED, True)
    (older,) = push(store, (HONEST, replace(event(1, move("A", "C"), HONEST, id="03"), **about)))
    assert (older.outcome, older.reasons) == (Outcome.QUARANTINED, (reason,))


@pytest.mark.parametrize("word", ["void", "let_in"])
def test_what_was_said_of_a_strangers_event_is_not_said_of_the_honest_one(store: CentralStore, word: str) -> None:
    """A stranger's event that was made void gives its id back; one that stands aside is never let in."""
    push(store, (THIEF, MADE_UP))
    boss = Sender(SITE, "desk", 1)
    if word == "let_in":
        push(store, (HONEST, MINE))
    (name,) = {key for key, (outcome, _) in kept(store).items() if outcome == "quarantined"}
    said = Decided(NOW_US, word, (Subject("event", name),), "checked")
    push(store, (boss, replace(event(1, move("A", "B"), boss, id="w1"), operator="s1", fact=said)))
    if word == "void":
        assert kept(store)["01"][0] == "void"
        assert push(store, (HONEST, MINE))[0].outcome is Outcome.POSTED
    assert kept(store)["01"] == ("posted", payload(MINE))
    assert of(store, Outcome.VOID if word == "void" else Outcome.QUARANTINED) == [payload(MADE_UP)]
    assert verify(store) == []
