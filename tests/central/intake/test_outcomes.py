"""What becomes of an event: the table of outcomes, one situation a row."""

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from scanner_app.domain.events.event import Event
from scanner_app.domain.events.moved import Moved
from scanner_app.domain.events.plate_moved import PlateMoved
from scanner_app.domain.ledger import Leg
from scanner_app.domain.quantity import QUANTITY_MAX
from sync.central.audit.verification import verify
from sync.central.database.store import CentralStore
from sync.protocol import Outcome
from tests.central.warehouse import NOW_US, OTHER, SENDER, adjusted, event, key, move, push, words

MINUTES_3 = 180_000_000


def _one_leg(leg: Leg) -> Moved:
    return Moved((leg,))


@pytest.mark.parametrize(
    ("situation", "outcome", "reasons"),
    [
        (event(1, move("A", "B")), Outcome.POSTED, ()),
        (event(1, move("A", "P1")), Outcome.POSTED, ()),
        (event(1, move("A", "B", item="GLUE", lot="L1")), Outcome.POSTED, ()),
        (event(1, adjusted("A"), operator="s1"), Outcome.POSTED, ()),
        (event(1, move("C", "B")), Outcome.POSTED, ()),
        (event(1, move("A", "B", item="GLUE", lot="NEW")), Outcome.POSTED, ()),
        (event(1, move("A", "BLOCKED")), Outcome.EXCEPTIONS, ("place_blocked",)),
        (event(1, move("A", "CLOSED")), Outcome.EXCEPTIONS, ("place_closed",)),
        (event(1, adjusted("A")), Outcome.POSTED, ()),
        (event(1, move("A", "B", by="eve"), operator="eve"), Outcome.EXCEPTIONS, ("unknown_operator",)),
        (event(1, move("A", "B"), offset_us=-MINUTES_3), Outcome.EXCEPTIONS, ("clock_doubtful",)),
        (event(1, move("A", "B"), uncertainty_us=MINUTES_3), Outcome.EXCEPTIONS, ("clock_doubtful",)),
        (
            event(1, move("CLOSED", "B", by="eve"), operator="eve"),
            Outcome.EXCEPTIONS,
            ("place_closed", "unknown_operator"),
        ),
        (event(1, move("A", "B", item="WHAT")), Outcome.HELD, ("unknown_item",)),
        (event(1, move("A", "NOWHERE")), Outcome.HELD, ("unknown_place",)),
        (event(1, move("A", "@moon")), Outcome.HELD, ("unknown_place",)),
        (event(1, move("A", "B", owner="NOBODY")), Outcome.HELD, ("unknown_owner",)),
        (event(1, move("A", "B", status="ODD")), Outcome.HELD, ("unknown_status",)),
        (event(1, move("A", "B", pieces=2_000_000_000)), Outcome.HELD, ("quantity_not_believed",)),
        (event(1, move("A", "B"), schema=99), Outcome.HELD, ("newer_schema",)),
        (event(1, move("A", "B"), epoch=7), Outcome.QUARANTINED, ("epoch_not_given",)),
        (event(1, move("A", "B"), epoch=0), Outcome.POSTED, ()),
        (event(1, move("A", "B"), site="W2"), Outcome.NOT_ACCEPTED, ("wrong_site",)),
        (event(1, move("A", "B"), device="d9"), Outcome.QUARANTINED, ("wrong_device",)),
        (event(2**70, move("A", "B")), Outcome.NOT_ACCEPTED, ("malformed",)),
        (event(1, move("A", "B"), offset_us=2**62), Outcome.NOT_ACCEPTED, ("number_out_of_range",)),
        (event(1, move("A", "B"), operator="a\0b"), Outcome.NOT_ACCEPTED, ("malformed",)),
        (event(1, Moved(())), Outcome.NOT_ACCEPTED, ("legs_out_of_range",)),
        (event(1, _one_leg(Leg(NOW_US, 0, key("A"), key("B")))), Outcome.NOT_ACCEPTED, ("quantity_out_of_range",)),
        (
            event(1, _one_leg(Leg(NOW_US, QUANTITY_MAX + 1, key("A"), key("B")))),
            Outcome.NOT_ACCEPTED,
            ("quantity_out_of_range",),
        ),
        (event(1, _one_leg(Leg(NOW_US, 1, key("A"), key("A")))), Outcome.NOT_ACCEPTED, ("goes_nowhere",)),
        (event(1, _one_leg(Leg(2**62, 1, key("A"), key("B")))), Outcome.NOT_ACCEPTED, ("number_out_of_range",)),
        (
            event(1, PlateMoved(wall_us=2**63 - 1, plate="P1", location="B"), offset_us=2**61),
            Outcome.NOT_ACCEPTED,
            ("number_out_of_range",),
        ),
        (event(1, move("A", "B", lot="\U0001f529" * 481)), Outcome.NOT_ACCEPTED, ("name_too_long",)),
        (
            event(1, move("A", "B", lot="\U0001f529" * 80, serial="\U0001f529" * 80)),
            Outcome.EXCEPTIONS,
            ("lot_not_kept", "serial_not_kept"),
        ),
    ],
)
def test_outcome(store: CentralStore, situation: Event, outcome: Outcome, reasons: tuple[str, ...]) -> None:
    assert words(push(store, [situation])) == [(outcome, reasons)]
    again = push(store, [situation])
    assert words(again) == [(outcome, reasons)]
    assert again[0].duplicate == (outcome is not Outcome.NOT_ACCEPTED)
    assert verify(store) == []


def _changed(**fields: Any) -> bytes:
    whole = msgspec.to_builtins(event(1, move("A", "B")))
    return msgspec.json.encode({**whole, **fields})


@pytest.mark.parametrize(
    ("payload", "outcome", "reason", "has_id"),
    [
        (b"null", Outcome.NOT_ACCEPTED, "malformed", False),
        (b"[1,2]", Outcome.NOT_ACCEPTED, "malformed", False),
        (b'{"id": 5}', Outcome.NOT_ACCEPTED, "malformed", False),
        (b'{"id": "x"}', Outcome.NOT_ACCEPTED, "malformed", True),
        (_changed(fact=None), Outcome.NOT_ACCEPTED, "malformed", True),
        (_changed(fact={"kind": "moved", "legs": "none"}), Outcome.NOT_ACCEPTED, "malformed", True),
        (_changed(fact={"kind": "picked", "lines": []}), Outcome.HELD, "newer_kind", True),
        (_changed(fact={"kind": "moved", "ways": []}, schema=2), Outcome.HELD, "newer_schema", True),
    ],
)
def test_raw_payload(store: CentralStore, payload: bytes, outcome: Outcome, reason: str, has_id: bool) -> None:
    answer = push(store, [payload])[0]
    assert (answer.outcome, answer.reasons, bool(answer.id)) == (outcome, (reason,), has_id)


def test_a_bad_event_blocks_nobody(store: CentralStore) -> None:
    batch: list[Event | bytes] = [
        b"{}",
        event(1, move("A", "B")),
        event(2, move("A", "NOWHERE")),
        event(3, move("B", "A")),
    ]
    outcomes = [answer.outcome for answer in push(store, batch)]
    assert outcomes == [Outcome.NOT_ACCEPTED, Outcome.POSTED, Outcome.HELD, Outcome.POSTED]
    assert verify(store) == []


def test_the_same_id_twice_in_one_batch(store: CentralStore) -> None:
    one = event(1, move("A", "B"))
    first, second, other = push(store, [one, one, replace(one, operator="s1")])
    assert (first.outcome, first.duplicate) == (Outcome.POSTED, False)
    assert (second.outcome, second.duplicate, second.version) == (Outcome.POSTED, True, first.version)
    assert (other.outcome, other.reasons) == (Outcome.NOT_ACCEPTED, ("payload_differs",))


def test_the_same_id_with_another_payload_later(store: CentralStore) -> None:
    one = event(1, move("A", "B"))
    push(store, [one])
    assert words(push(store, [replace(one, operator="s1")])) == [(Outcome.NOT_ACCEPTED, ("payload_differs",))]


def test_a_clone_uses_a_number_twice(store: CentralStore) -> None:
    first, clone = event(1, move("A", "B")), event(1, move("B", "A"), id="clone")
    assert words(push(store, [first, clone])) == [(Outcome.POSTED, ()), (Outcome.QUARANTINED, ("sequence_taken",))]
    later = event(1, move("B", "A"), id="clone-2")
    assert words(push(store, [later])) == [(Outcome.QUARANTINED, ("sequence_taken",))]


def test_devices_number_their_events_independently(store: CentralStore) -> None:
    assert push(store, [event(1, move("A", "B"))])[0].outcome is Outcome.POSTED
    assert push(store, [event(1, move("A", "B"), OTHER)], OTHER)[0].outcome is Outcome.POSTED


def test_a_revoked_device_is_quarantined(store: CentralStore) -> None:
    answers = push(store, [event(1, move("A", "B"))], replace(SENDER, revoked=True))
    assert words(answers) == [(Outcome.QUARANTINED, ("device_revoked",))]


def test_that_the_book_is_below_zero_is_blamed_on_no_event(store: CentralStore) -> None:
    """It is a case of the key, as long as it is so."""
    batch = [event(1, move("A", "C", 100)), event(2, move("A", "C", 1)), event(3, move("C", "A", 100))]
    assert words(push(store, batch)) == [(Outcome.POSTED, ())] * 3
