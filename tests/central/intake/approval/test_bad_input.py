"""What should not come and does: more than the book has, out of another's hand, of a revoked device, told twice."""

from pathlib import Path
from typing import Any

import pytest

from scanner_app.domain.ledger import in_hand
from scanner_app.workflows.supervise.reason_phrases import BROKE
from sync.central.audit.verification import verify
from sync.central.database.store import CentralStore
from sync.central.events.sender import Sender
from tests.central.databases import ON_SQLITE
from tests.central.intake.approval.desk import OTHER, Floor, into, out
from tests.central.warehouse import SITE, push

Told = tuple[str, tuple[str, ...]]
BOOKED: Told = ("posted", ())


@pytest.fixture
def floor(store: CentralStore, tmp_path: Path) -> Floor:
    return Floor(store, tmp_path / "own", "x,adjust,,,,,10,,")


@ON_SQLITE
@pytest.mark.parametrize(
    ("before", "fact", "place", "item"),
    [
        ((), out(1, "C"), "C", "NUT"),
        ((into(1, "B", "TOOL", serial="S1"),), out(1, "A", "TOOL", serial="S1"), "A", "TOOL"),
        ((into(5, "B", "GLUE", lot="L1"),), out(1, "B", "GLUE", lot="L2"), "B", "GLUE"),
    ],
    ids=["more than is there", "a serial that is elsewhere", "a lot that is not there"],
)
def test_what_takes_more_than_the_book_has_is_booked_and_listed(
    floor: Floor, before: tuple[Any, ...], fact: Any, place: str, item: str
) -> None:
    """Whoever stands there has seen it: the book follows, and what is below zero waits for a count."""
    for one in before:
        assert floor.told(one) == BOOKED
    assert floor.told(fact) == BOOKED
    assert [(case.place, case.item) for case in floor.cases(kind="negative")] == [(place, item)]
    assert verify(floor.store) == []


@ON_SQLITE
def test_what_is_in_another_hand_is_adjusted_by_nobody_until_a_supervisor_says_so(floor: Floor) -> None:
    made = floor.made(out(1, in_hand("w2")))
    (answer,) = floor.push(made)
    assert answer.outcome.value == "held"
    assert set(answer.reasons) <= {"from_not_allowed", "hand_not_own"}
    assert {*answer.reasons} <= BROKE.keys()
    assert floor.say("release", made.id, kind="event") == ()
    assert (floor.pieces(in_hand("w2")), verify(floor.store)) == (-1, [])


@ON_SQLITE
def test_what_waits_of_a_device_that_was_revoked_since_is_accepted_like_any_other(floor: Floor) -> None:
    """It was trusted when it said so; what it says from then on is let in first, by somebody else."""
    made = floor.waiting(out(40))
    later = floor.made(out(30))
    push(floor.store, [later], Sender(SITE, "d1", 1, revoked=True))
    assert floor.say("accept", made.id) == ()
    assert floor.say("release", later.id, kind="event") == ("not_waiting",)
    assert floor.say("let_in", later.id, kind="event", by="s2") == ()
    assert floor.say("accept", later.id, by="s2") == ("own",)
    assert (floor.pieces("A"), verify(floor.store)) == (60, [])


@ON_SQLITE
def test_one_pallet_that_two_devices_throw_away_leaves_the_book_once_a_supervisor_has_seen_both(floor: Floor) -> None:
    first, second = floor.waiting(out(40)), floor.waiting(out(40), "w2", OTHER)
    assert floor.say("accept", first.id) == ()
    opened = floor.opened(second.id)
    assert opened is not None
    assert ("twice", "w1") in [(leaf.name, leaf.text) for leaf in opened.leaves], "also when one is in the book"
    assert floor.say("reject", second.id) == ()
    assert (floor.pieces("A"), verify(floor.store)) == (60, [])
