"""What every law says of every kind of event, a row a kind; whoever adds a kind writes its row here.

Each row stands for an event that the worker w1 made right after he had moved five nuts from A to B, event ``FIRST``.
"""

from typing import NamedTuple

import pytest
from msgspec.structs import replace

from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.events.closing import LINES_MAX, Closing
from scanner_app.domain.events.corrections.adjusted import Adjusted
from scanner_app.domain.events.corrections.changed import Changed
from scanner_app.domain.events.count_closed import CountClosed
from scanner_app.domain.events.counted import Counted
from scanner_app.domain.events.decided import NOTE_LENGTH_MAX, SUBJECTS_MAX, Decided
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.fact import KINDS, Fact
from scanner_app.domain.events.identified import Identified
from scanner_app.domain.events.limits import LEGS_MAX, NAME_LENGTH_MAX
from scanner_app.domain.events.line import WORD_LENGTH_MAX, Line
from scanner_app.domain.events.moved import Moved
from scanner_app.domain.events.plate_moved import PlateMoved
from scanner_app.domain.events.saying import Subject
from scanner_app.domain.events.sighted import Sighted
from scanner_app.domain.events.stand import Stand
from scanner_app.domain.events.work.ended import Ended
from scanner_app.domain.events.work.leased import Leased
from scanner_app.domain.events.work.requested import Requested
from scanner_app.domain.ledger import Leg, StockKey, in_hand
from scanner_app.domain.people import Right
from scanner_app.domain.quantity import QUANTITY_MAX, SCALE
from scanner_app.domain.work.lease import LEASE_US, LEASE_US_MAX, TASKS_MAX
from scanner_app.domain.work.zero_check import NOT_EMPTY

NOW_US = 1_780_000_000_000_000
MINUTE_US = 60_000_000
FIRST = "5253abe7-ec69-5a6a-9b19-f0dd9b60f000"
TOO_LONG = "x" * (NAME_LENGTH_MAX + 1)
SHELF, OTHER, HAND = StockKey("A", "NUT"), StockKey("B", "NUT"), StockKey(in_hand("w1"), "NUT")
TAKEN = Leg(NOW_US - MINUTE_US, 5 * SCALE, SHELF, HAND)
PUT = Leg(NOW_US, 5 * SCALE, HAND, OTHER)
FOUND = Leg(NOW_US, 2 * SCALE, StockKey("@adjustment", "NUT"), OTHER)


class Row(NamedTuple):
    """A kind of event in every law.

    ``payload`` is the fact as the first program wrote it; ``faulty`` are impossible facts and the word for each.
    ``unknown`` is a fact that names what the centre does not have, and what becomes of it: an outcome and a reason.
    ``shown`` is its line on the worker's list, without its time, or empty: it is not listed. ``told`` is why the centre
    does not do what it says right after that first event, which waits for nobody. One that ``waits`` is not booked
    before somebody who may approves it, if its operator has not the right.
    """

    fact: Fact
    payload: bytes
    faulty: tuple[tuple[Fact, str], ...]
    unknown: tuple[Fact, str, str]
    last_us: int
    right: Right
    legs: int = 0
    stand: Stand | None = None
    undoes: str = ""
    puts_back: str = ""
    places: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    can_annul: bool = False
    can_put_back: bool = False
    shown: str = ""
    told: tuple[str, ...] = ()
    waits: bool = False


MOVED = Row(
    Moved((TAKEN, PUT), NOT_EMPTY, FIRST),
    b'{"kind":"moved","legs":[[1779999940000000,5000000,["A","NUT","","","OWN","AVAILABLE"],["@hand:w1","NUT","","",'
    b'"OWN","AVAILABLE"]],[1780000000000000,5000000,["@hand:w1","NUT","","","OWN","AVAILABLE"],["B","NUT","","","OWN",'
    b'"AVAILABLE"]]],"zero_check":"not_empty","puts_back":"5253abe7-ec69-5a6a-9b19-f0dd9b60f000"}',
    faulty=(
        (Moved(()), "legs_out_of_range"),
        (Moved((PUT,) * (LEGS_MAX + 1)), "legs_out_of_range"),
        (Moved((Leg(NOW_US, 0, SHELF, HAND),)), "quantity_out_of_range"),
        (Moved((Leg(NOW_US, 1, SHELF, SHELF),)), "goes_nowhere"),
        (Moved((PUT,), "full"), "zero_check_unknown"),
        (Moved((PUT,), puts_back=TOO_LONG), "event_not_named"),
        (Moved((PUT,), label_expires="soon"), "day_unknown"),
    ),
    unknown=(Moved((Leg(NOW_US, SCALE, SHELF, StockKey("NOWHERE", "NUT")),)), "held", "unknown_place"),
    last_us=NOW_US, right=Right.MOVE, legs=2, puts_back=FIRST, can_annul=True, can_put_back=True,
    shown="5 EA NUT A>B not sent yet",
)  # fmt: skip
ADJUSTED = Row(
    Adjusted((FOUND,), "found"),
    b'{"kind":"adjusted","legs":[[1780000000000000,2000000,["@adjustment","NUT","","","OWN","AVAILABLE"],["B","NUT",'
    b'"","","OWN","AVAILABLE"]]],"reason":"found"}',
    faulty=(
        (Adjusted((), "found"), "legs_out_of_range"),
        (Adjusted((FOUND,) * (LEGS_MAX + 1), "found"), "legs_out_of_range"),
        (Adjusted((Leg(NOW_US, 1, SHELF, StockKey("A", "BOLT")),), "found"), "item_changes"),
        (Adjusted((FOUND,), TOO_LONG), "note_too_long"),
        (Adjusted((FOUND,), "found", "x" * (NOTE_LENGTH_MAX + 1)), "note_too_long"),
        (Adjusted((FOUND,), "found", zero_check="full"), "zero_check_unknown"),
    ),
    unknown=(Adjusted((Leg(NOW_US, 1, StockKey("@adjustment", "X"), StockKey("B", "X")),), ""), "held", "unknown_item"),
    last_us=NOW_US, right=Right.ADJUST, legs=1, can_annul=True, waits=True, shown="2 EA NUT *>B not sent yet",
)  # fmt: skip
BLOCKED = Leg(NOW_US, 2 * SCALE, OTHER, StockKey("B", "NUT", status="DAMAGED"))
CHANGED = Row(
    Changed((BLOCKED,), "broken", "wet"),
    b'{"kind":"changed","legs":[[1780000000000000,2000000,["B","NUT","","","OWN","AVAILABLE"],["B","NUT","","","OWN",'
    b'"DAMAGED"]]],"reason":"broken","note":"wet"}',
    faulty=(
        (Changed((), "broken"), "legs_out_of_range"),
        (Changed((BLOCKED,) * (LEGS_MAX + 1), "broken"), "legs_out_of_range"),
        (Changed((Leg(NOW_US, 1, OTHER, OTHER),), "broken"), "goes_nowhere"),
        (Changed((BLOCKED,), TOO_LONG), "note_too_long"),
        (Changed((BLOCKED,), "broken", "x" * (NOTE_LENGTH_MAX + 1)), "note_too_long"),
    ),
    unknown=(Changed((Leg(NOW_US, 1, OTHER, StockKey("B", "NUT", status="GHOST")),), ""), "held", "unknown_status"),
    last_us=NOW_US, right=Right.HOLD, legs=1, can_annul=True, waits=True, shown="2 EA NUT B>B not sent yet",
)  # fmt: skip
PLATE_MOVED = Row(
    PlateMoved(NOW_US, "P1", "B", was_at="A"),
    b'{"kind":"plate_moved","wall_us":1780000000000000,"plate":"P1","location":"B","parent":"","was_at":"A","was_on":""'
    b"}",
    faulty=(
        (PlateMoved(NOW_US, "", "B"), "place_not_named"),
        (PlateMoved(NOW_US, TOO_LONG, "B"), "place_not_named"),
        (PlateMoved(NOW_US, "P1"), "place_not_named"),
        (PlateMoved(NOW_US, "P1", "@supplier"), "place_not_named"),
        (PlateMoved(NOW_US, "P1", "B", "P2"), "place_not_named"),
        (PlateMoved(NOW_US, "P1", "B", was_at=TOO_LONG), "place_not_named"),
        (PlateMoved(NOW_US, "P1", parent="P1"), "goes_nowhere"),
        (PlateMoved(NOW_US, "P1", "B", was_at="A", zero_check="full"), "zero_check_unknown"),
        (PlateMoved(NOW_US, "P1", "B", was_at="@supplier", zero_check=NOT_EMPTY), "place_not_named"),
    ),
    unknown=(PlateMoved(NOW_US, "P1", "NOWHERE"), "held", "unknown_place"),
    last_us=NOW_US, right=Right.MOVE, stand=Stand(NOW_US, "P1", "B", "", "A"), places=("P1", "B"), can_annul=True,
    shown="P1 A>B not sent yet",
)  # fmt: skip
ANNULLED = Row(
    Annulled(NOW_US, FIRST),
    b'{"kind":"annulled","wall_us":1780000000000000,"event":"5253abe7-ec69-5a6a-9b19-f0dd9b60f000"}',
    faulty=((Annulled(NOW_US, ""), "event_not_named"), (Annulled(NOW_US, TOO_LONG), "event_not_named")),
    unknown=(Annulled(NOW_US, "ghost"), "posted_with_exceptions", "unknown_event"),
    last_us=NOW_US, right=Right.MOVE, undoes=FIRST,
)  # fmt: skip
SEEN = Subject("event", FIRST)
DECIDED = Row(
    Decided(NOW_US, "seen", (SEEN,), "checked", "looked at it"),
    b'{"kind":"decided","wall_us":1780000000000000,"word":"seen","subjects":[["event",'
    b'"5253abe7-ec69-5a6a-9b19-f0dd9b60f000","",0,0]],"reason":"checked","note":"looked at it"}',
    faulty=(
        (Decided(NOW_US, "seen", ()), "subjects_out_of_range"),
        (Decided(NOW_US, "seen", (SEEN,) * (SUBJECTS_MAX + 1)), "subjects_out_of_range"),
        (Decided(NOW_US, "", (SEEN,)), "subject_not_named"),
        (Decided(NOW_US, "seen", (Subject("", FIRST),)), "subject_not_named"),
        (Decided(NOW_US, "seen", (Subject("event", TOO_LONG),)), "subject_not_named"),
        (Decided(NOW_US, "seen", (Subject("event", FIRST, TOO_LONG),)), "subject_not_named"),
        (Decided(NOW_US, "seen", (Subject("event", FIRST, seen=-1),)), "number_out_of_range"),
        (Decided(NOW_US, "seen", (Subject("event", FIRST, amount=2**63),)), "number_out_of_range"),
        (Decided(NOW_US, "seen", (SEEN,), note="x" * (NOTE_LENGTH_MAX + 1)), "note_too_long"),
        (Decided(NOW_US, "seen", (SEEN,), TOO_LONG), "note_too_long"),
    ),
    unknown=(Decided(NOW_US, "seen", (Subject("event", "ghost"),)), "posted", "unknown_subject"),
    last_us=NOW_US, right=Right.DECIDE, told=("not_waiting",),
)  # fmt: skip
IDENTIFIED = Row(
    Identified(NOW_US, FIRST, "WHAT", "NUT", "CS"),
    b'{"kind":"identified","wall_us":1780000000000000,"what":"5253abe7-ec69-5a6a-9b19-f0dd9b60f000","code":"WHAT",'
    b'"item":"NUT","unit":"CS","reason":"","note":""}',
    faulty=(
        (Identified(NOW_US, "", "WHAT", "NUT"), "event_not_named"),
        (Identified(NOW_US, FIRST, TOO_LONG, "NUT"), "event_not_named"),
        (Identified(NOW_US, FIRST, "WHAT", ""), "item_not_named"),
        (Identified(NOW_US, FIRST, "WHAT", "NUT", TOO_LONG), "item_not_named"),
        (Identified(NOW_US, FIRST, "WHAT", "NUT", note="x" * (NOTE_LENGTH_MAX + 1)), "note_too_long"),
        (Identified(NOW_US, FIRST, "WHAT", "NUT", reason=TOO_LONG), "note_too_long"),
    ),
    unknown=(Identified(NOW_US, FIRST, "WHAT", "GHOST"), "held", "unknown_item"),
    last_us=NOW_US, right=Right.DECIDE, items=("NUT",), told=("not_waiting",),
)  # fmt: skip
LINE = Line("count-1", SHELF, 5 * SCALE, NOW_US - MINUTE_US, NOW_US, "EA", "EA")
COUNTED = Row(
    Counted(LINE),
    b'{"kind":"counted","line":{"count":"count-1","key":["A","NUT","","","OWN","AVAILABLE"],"quantity":5000000,'
    b'"begun_us":1779999940000000,"wall_us":1780000000000000,"unit":"EA","base_unit":"EA","code":"","word":"",'
    b'"is_owner_said":false,"is_status_said":false,"recounts":"","was_shown":false}}',
    faulty=(
        (Counted(replace(LINE, quantity=-1)), "quantity_out_of_range"),
        (Counted(replace(LINE, quantity=QUANTITY_MAX + 1)), "quantity_out_of_range"),
        (Counted(replace(LINE, count="")), "count_not_named"),
        (Counted(replace(LINE, recounts=TOO_LONG)), "count_not_named"),
        (Counted(replace(LINE, key=HAND)), "place_not_named"),
        (Counted(replace(LINE, key=StockKey("A", ""))), "item_not_named"),
        (Counted(replace(LINE, code=TOO_LONG)), "item_not_named"),
        (Counted(replace(LINE, unit=TOO_LONG)), "unit_not_named"),
        (Counted(replace(LINE, word="x" * (WORD_LENGTH_MAX + 1))), "word_too_long"),
    ),
    unknown=(Counted(replace(LINE, key=StockKey("A", "X"), code="X")), "held", "unknown_item"),
    last_us=NOW_US, right=Right.COUNT, places=("A",), items=("NUT",), can_annul=True,
    shown="5 EA NUT A not sent yet",
)  # fmt: skip
SIGHTED = Row(
    Sighted(NOW_US, "count-1", "P1", "B"),
    b'{"kind":"sighted","wall_us":1780000000000000,"seen_in":"count-1","plate":"P1","location":"B","parent":""}',
    faulty=(
        (Sighted(NOW_US, "", "P1", "B"), "count_not_named"),
        (Sighted(NOW_US, "count-1", "", "B"), "place_not_named"),
        (Sighted(NOW_US, "count-1", "P1"), "place_not_named"),
        (Sighted(NOW_US, "count-1", "P1", "@supplier"), "place_not_named"),
        (Sighted(NOW_US, "count-1", "P1", "B", "P2"), "place_not_named"),
        (Sighted(NOW_US, "count-1", "P1", parent="P1"), "goes_nowhere"),
    ),
    unknown=(Sighted(NOW_US, "count-1", "P1", "NOWHERE"), "held", "unknown_place"),
    last_us=NOW_US, right=Right.COUNT, stand=Stand(NOW_US, "P1", "B", "", is_seen=True), places=("P1", "B"),
    can_annul=True,
    shown="P1 >B not sent yet",
)  # fmt: skip
CLOSED = Closing("count-1", "A", 1, 0, NOW_US - MINUTE_US, NOW_US)
COUNT_CLOSED = Row(
    CountClosed(CLOSED),
    b'{"kind":"count_closed","closing":{"count":"count-1","place":"A","lines":1,"sightings":0,'
    b'"begun_us":1779999940000000,"wall_us":1780000000000000}}',
    faulty=(
        (CountClosed(replace(CLOSED, count="")), "count_not_named"),
        (CountClosed(replace(CLOSED, place="@hand:w1")), "place_not_named"),
        (CountClosed(replace(CLOSED, place="")), "place_not_named"),
        (CountClosed(replace(CLOSED, lines=-1)), "number_out_of_range"),
        (CountClosed(replace(CLOSED, item="")), "item_not_named"),
        (CountClosed(replace(CLOSED, item=TOO_LONG)), "item_not_named"),
        (CountClosed(replace(CLOSED, sightings=LINES_MAX + 1)), "number_out_of_range"),
    ),
    unknown=(CountClosed(replace(CLOSED, place="NOWHERE")), "held", "unknown_place"),
    last_us=NOW_US, right=Right.COUNT, places=("A",), can_annul=True,
    shown="counted, no more at A not sent yet",
)  # fmt: skip
LEASED = Row(
    Leased(NOW_US, (".A", ".B"), NOW_US + LEASE_US),
    b'{"kind":"leased","wall_us":1780000000000000,"tasks":[".A",".B"],"until_us":1780003600000000}',
    faulty=(
        (Leased(NOW_US, (), NOW_US + 1), "tasks_out_of_range"),
        (Leased(NOW_US, (".A",) * (TASKS_MAX + 1), NOW_US + 1), "tasks_out_of_range"),
        (Leased(NOW_US, (".A", ""), NOW_US + 1), "task_not_named"),
        (Leased(NOW_US, (TOO_LONG,), NOW_US + 1), "task_not_named"),
        (Leased(NOW_US, (".A",), NOW_US), "lease_out_of_range"),
        (Leased(NOW_US, (".A",), NOW_US + LEASE_US_MAX + 1), "lease_out_of_range"),
    ),
    unknown=(Leased(NOW_US, (".GHOST",), NOW_US + 1), "posted", ""),
    last_us=NOW_US, right=Right.COUNT,
)  # fmt: skip
ENDED = Row(
    Ended(NOW_US, ".A", version=NOW_US, reason="released"),
    b'{"kind":"ended","wall_us":1780000000000000,"task":".A","line":"","version":1780000000000000,"reason":"released"}',
    faulty=(
        (Ended(NOW_US, "", reason="released"), "task_not_named"),
        (Ended(NOW_US, ".A", of_line="PO-77/3", reason="released"), "task_not_named"),
        (Ended(NOW_US, TOO_LONG, reason="released"), "task_not_named"),
        (Ended(NOW_US, ".A"), "reason_not_named"),
        (Ended(NOW_US, ".A", reason=TOO_LONG), "reason_not_named"),
    ),
    unknown=(Ended(NOW_US, ".GHOST", reason="released"), "posted", ""),
    last_us=NOW_US, right=Right.COUNT,
)  # fmt: skip
REQUESTED = Row(
    Requested(NOW_US, "A", "NUT"),
    b'{"kind":"requested","wall_us":1780000000000000,"place":"A","item":"NUT"}',
    faulty=(
        (Requested(NOW_US), "nothing_named"),
        (Requested(NOW_US, TOO_LONG), "nothing_named"),
        (Requested(NOW_US, "A", TOO_LONG), "nothing_named"),
    ),
    unknown=(Requested(NOW_US, "GHOST"), "posted", ""),
    last_us=NOW_US, right=Right.DECIDE, places=("A",), items=("NUT",),
)  # fmt: skip
ROWS: dict[str, Row] = {
    "moved": MOVED, "adjusted": ADJUSTED, "changed": CHANGED, "plate_moved": PLATE_MOVED, "annulled": ANNULLED,
    "decided": DECIDED,
    "identified": IDENTIFIED, "counted": COUNTED, "sighted": SIGHTED, "count_closed": COUNT_CLOSED,
    "leased": LEASED, "ended": ENDED, "requested": REQUESTED,
}  # fmt: skip


def row_of(kind: str) -> Row:
    """The row of a kind; the test fails where nobody has written one."""
    if kind not in ROWS:
        pytest.fail(f"The kind of event {kind!r} has no row in the laws: write one in tests/kinds.py.")
    return ROWS[kind]


def event(number: int, fact: Fact, operator: str = "w1") -> Event:
    """The event of that number in the journal of the device dev-1."""
    name = FIRST if number == 1 else f"event-{number}"
    return Event(
        id=name, device="dev-1", epoch=1, sequence=number, entry=number, site="W1", operator=operator, wall_us=NOW_US,
        monotonic_us=NOW_US, boot="boot", program="test", fact=fact,
    )  # fmt: skip


def first() -> Event:
    """What every row follows: five nuts were moved from A to B."""
    return event(1, Moved((TAKEN, PUT)))


every_kind = pytest.mark.parametrize("kind", KINDS)
