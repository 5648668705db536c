"""Room: what the centre did not take for want of it is sent once more, a few at a time, until it is somewhere."""

from contextlib import closing

import pytest

from scanner_app.store.journal import Answered
from sync.central.intake import quarantine_room
from sync.central.sites.devices import admit
from sync.device.room import ASKED_EVERY_S, EVENTS_MAX, NO_ROOM, Room
from tests.central.warehouse import SITE
from tests.sync.centre import Centre
from tests.sync.handheld import Handheld


def refused(*reasons: str) -> list[Answered]:
    return [Answered(1, "not_accepted", 0, reasons, counts=False)]


def outcomes(handheld: Handheld) -> list[str]:
    return [row[0] for row in handheld.look("SELECT outcome FROM event ORDER BY number")]


def test_nothing_is_lost_for_want_of_room(handheld: Handheld, centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    """A revoked device is let in again by somebody, on whatever day; it need not be touched for that."""
    monkeypatch.setattr(quarantine_room, "EVENTS_MAX", 1)
    enrolment = handheld.store.identity.enrolment
    assert enrolment is not None
    handheld.sync()
    centre.revoke(enrolment.device)
    handheld.moves(4)
    handheld.sync()
    assert outcomes(handheld) == ["quarantined", *["not_accepted"] * 3]
    handheld.sync()
    assert outcomes(handheld) == ["quarantined", *["not_accepted"] * 3], "there is no more room than there was"
    with closing(centre.store()) as store, store.writing() as connection:
        admit(connection, SITE, enrolment.device)
    handheld.moves(1)
    handheld.sync()
    assert (outcomes(handheld), handheld.store.journal.waiting) == (["quarantined", *["posted"] * 4], 0)
    assert len(centre.event_ids()) == 5


def test_what_enters_the_queue_again_lies_over_the_stock_again(handheld: Handheld) -> None:
    handheld.sync()
    handheld.moves(3)
    before, journal = handheld.on_hand(), handheld.store.journal
    with handheld.store.transaction:
        journal.answer([Answered(number, "not_accepted", 0, (NO_ROOM,), counts=False) for number in (1, 2)])
        journal.answer([Answered(3, "not_accepted", 0, ("malformed",), counts=False)])
        assert journal.waiting == 0
        assert journal.send_refused(NO_ROOM, 1) == 1
        assert (journal.waiting, journal.send_refused(NO_ROOM, 9), journal.waiting) == (1, 1, 2)
        assert journal.send_refused(NO_ROOM, 9) == 0
    handheld.sync()
    assert outcomes(handheld) == ["posted", "posted", "not_accepted"]
    assert handheld.on_hand() != before


def test_room_is_asked_for_at_the_start_and_then_once_an_hour(handheld: Handheld) -> None:
    handheld.sync()
    room = Room(handheld.store.journal)
    assert room.is_due([], 5.0)
    assert room.ask(5.0) == 0
    assert not room.is_due([], 5.0 + ASKED_EVERY_S - 0.1)
    assert room.is_due([], 5.0 + ASKED_EVERY_S)
    assert not room.is_due(refused(NO_ROOM), 5.0 + ASKED_EVERY_S), "it was refused just now"
    assert room.is_due([], 5.0 + 2 * ASKED_EVERY_S)


def test_as_long_as_there_is_room_the_next_follow_at_once(handheld: Handheld) -> None:
    handheld.sync()
    handheld.moves(EVENTS_MAX + 1)
    journal = handheld.store.journal
    every = range(1, EVENTS_MAX + 2)
    with handheld.store.transaction:
        journal.answer([Answered(number, "not_accepted", 0, (NO_ROOM,), counts=False) for number in every])
        room = Room(journal)
        assert room.ask(0.0) == EVENTS_MAX
        assert room.is_due(refused("malformed"), 0.0)
        assert room.ask(0.0) == EVENTS_MAX + 1
    handheld.sync()
    assert set(outcomes(handheld)) == {"posted"}
