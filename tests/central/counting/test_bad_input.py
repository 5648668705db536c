"""What should not come and does: each situation of a count has an outcome, and its reason a sentence for the person."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from msgspec.structs import replace

from scanner_app.domain.catalog import Item, Location, Tolerance
from scanner_app.domain.events.counted import Counted
from scanner_app.domain.events.decided import SubjectKind
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.saying import Subject
from scanner_app.domain.quantity import QUANTITY_MAX, SCALE
from scanner_app.workflows.today.phrases import REASONS
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.store import CentralStore
from tests.central.counting.centre import Centre, Rules, rolled_back
from tests.central.counting.situation import HELD_ITEM, POSTED, A, Situation
from tests.counting.floor import S1, S2, S3, W1, W2, W4, By, Floor, key, on_claim, on_closing

B, BOLT = key("B"), key("A", "BOLT")
_POSTED, _EXCEPTIONS, _HELD, _REFUSED = "posted", "posted_with_exceptions", "held", "not_accepted"
_IDENTITY = frozenset({"place", "item", "lot", "serial", "owner", "status"})


def _line(**said: Any) -> Callable[[Floor], Event]:
    """A line of a count that says something that it should not."""

    def made(floor: Floor) -> Event:
        event = floor.counted("c1", A, 4, "10:00")
        assert isinstance(event.fact, Counted)
        line = event.fact.line
        named = replace(line.key, **{name: value for name, value in said.items() if name in _IDENTITY})
        rest = {name: value for name, value in said.items() if name not in _IDENTITY}
        return replace(event, fact=Counted(replace(line, key=named, **rest)))

    return made


def _closing(place: str, lines: int = 0) -> Callable[[Floor], Event]:
    return lambda floor: floor.closed("c1", place, "10:00", lines)


def _not_in_use(centre: Centre) -> None:
    items, places = BY_STRUCT[Item].table, BY_STRUCT[Location].table
    centre.connection.execute(items.update().where(items.c.item == "BOLT").values(active=False))
    centre.connection.execute(places.update().where(places.c.location == "C").values(active=False))


_ONE: Sequence[tuple[Callable[[Floor], Event], str, str]] = (
    (_line(quantity=-SCALE), _REFUSED, "quantity_out_of_range"),
    (_line(quantity=QUANTITY_MAX + 1), _REFUSED, "quantity_out_of_range"),
    (_line(quantity=QUANTITY_MAX), _HELD, "quantity_not_believed"),
    (_line(quantity=4_006_381_333_931 * SCALE), _HELD, "quantity_not_believed"),
    (_line(quantity=SCALE // 2), _EXCEPTIONS, "too_fine"),
    (_line(quantity=1), _EXCEPTIONS, "too_fine"),
    (_line(quantity=0), _POSTED, ""),
    (_line(item="SAW", serial="S1", quantity=0), _POSTED, ""),
    (_line(item="SAW", serial="S1", quantity=2 * SCALE), _EXCEPTIONS, "serial_not_one"),
    (_line(item="SAW"), _EXCEPTIONS, "serial_missing"),
    (_line(item="GLUE"), _EXCEPTIONS, "lot_missing"),
    (_line(lot="L1"), _EXCEPTIONS, "lot_not_kept"),
    (_line(base_unit="BOX"), _HELD, "unit_differs"),
    (_line(item="odd", code="odd"), _HELD, "unknown_item"),
    (_line(item="x\x1b[2J", code="x\x1b[2J"), _REFUSED, "malformed"),
    (_line(item="x\0", code="x\0"), _REFUSED, "malformed"),
    (_line(item="odd", code="odd", word="a\0b"), _REFUSED, "malformed"),
    (_line(item="odd", code="odd", word="w" * 21), _REFUSED, "word_too_long"),
    (_line(place="@hand:w2"), _REFUSED, "place_not_named"),
    (_line(place="NOWHERE"), _HELD, "unknown_place"),
    (_line(place="C"), _EXCEPTIONS, "place_closed"),
    (_line(item="BOLT"), _EXCEPTIONS, "item_inactive"),
    (_line(recounts="nothing"), _POSTED, ""),
    (_closing("NOWHERE"), _HELD, "unknown_place"),
    (_closing("C"), _EXCEPTIONS, "place_closed"),
    (_closing("@adjustment"), _REFUSED, "place_not_named"),
    (_closing("@hand:w2"), _REFUSED, "place_not_named"),
    (_closing("A", -1), _REFUSED, "number_out_of_range"),
    (lambda floor: floor.sighted("c1", "P1", "@hand:w2", "10:00"), _REFUSED, "place_not_named"),
)
"""One fact that should not be, what becomes of it, and why."""


def test_one_fact_that_should_not_be(floor_store: CentralStore) -> None:
    """What is not in the book claims nothing, and every reason for which somebody waits is told in a sentence."""
    for number, (made, outcome, reason) in enumerate(_ONE):
        with rolled_back(floor_store, Rules()) as centre:
            _not_in_use(centre)
            event = made(Floor())
            (answer,) = centre.push([event])
            assert (number, answer.outcome, answer.reasons) == (number, outcome, (reason,) if reason else ())
            assert len(centre.kept()) <= (answer.outcome.is_booked and event.fact.line is not None)
            assert reason in REASONS or not reason or outcome == _REFUSED, reason


def test_a_line_behind_its_closing_still_speaks_of_its_key(told: Situation) -> None:
    assert told.tell(told.floor.closed("c1", "A", "10:00")) == POSTED
    assert told.claims() == {("c1", "NUT"): 0}
    assert told.tell(told.floor.counted("c1", A, 3, "10:05")) == POSTED
    assert told.claims() == {("c1", "NUT"): 3}


def test_a_closing_waits_for_its_lines_however_long_and_an_acceptance_of_it_with_it(told: Situation) -> None:
    line = told.floor.counted("c1", BOLT, 4, "09:00")
    closing = told.floor.closed("c1", "A", "10:00", lines=1)
    assert told.tell(closing) == POSTED
    assert (told.claims(), told.centre.speaking()) == ({}, {closing.id: (False, 1, 0)})
    assert told.say("accept", on_closing(closing)) == POSTED
    assert told.centre.pieces(A) == 10
    assert told.tell(line) == POSTED
    assert told.claims() == {("c1", "NUT"): 0, ("c1", "BOLT"): 4}
    assert told.centre.pieces(A) == 0


def test_two_closings_of_a_place_at_once_by_two_are_one_row_of_the_list(told: Situation) -> None:
    closings = [told.floor.closed(count, "A", "10:00", by=by) for count, by in (("c1", W1), ("c2", W2))]
    assert [told.tell(one) for one in closings] == [POSTED] * 2
    assert len(told.centre.listed()) == 1
    assert [told.say("accept", on_closing(one), S2) for one in closings] == [POSTED] * 2
    assert (told.centre.pieces(A), told.centre.listed()) == (0, set())


def test_whoever_joins_the_count_of_somebody_else_is_concerned_like_the_first(told: Situation) -> None:
    """Neither may decide what they said together, at one device."""
    second = By(S2.operator, S1.device)
    lines = [told.floor.counted("c1", A, pieces, "10:00", by) for pieces, by in ((3, S1), (2, second))]
    assert [told.tell(one) for one in lines] == [POSTED] * 2
    assert told.claims() == {("c1", "NUT"): 5}
    claim = on_claim("c1", A, *lines, pieces=-5)
    assert [told.say("accept", claim, by) for by in (S1, S2, W4, S3)][-1] == POSTED
    assert [told.say("accept", claim, by)[1] for by in (S1, S2)] == [("own",)] * 2
    assert told.centre.pieces(A) == 5


def test_a_device_that_is_there_twice_says_nothing_under_a_number_that_was_given(told: Situation) -> None:
    line = told.floor.counted("c1", A, 10, "10:00")
    again = replace(told.floor.counted("c1", A, 3, "10:01"), id="0-of-the-clone", sequence=line.sequence)
    assert told.tell(line) == POSTED
    assert told.tell(again) == ("quarantined", ("sequence_taken",))
    assert told.claims() == {("c1", "NUT"): 10}


def test_a_clock_that_is_set_back_within_a_count_leaves_one_claim_at_the_latest_of_its_lines(told: Situation) -> None:
    lines = [told.floor.counted("c1", A, 4, "10:10"), told.floor.counted("c1", A, 3, "10:00")]
    assert [told.tell(one) for one in (*lines, told.floor.closed("c1", "A", "09:00", lines=2))] == [POSTED] * 3
    (kept,) = told.centre.kept().values()
    assert (kept.claim.quantity, kept.claim.instant.time_us) == (7 * SCALE, lines[0].fact.last_us)


def test_an_undo_of_a_closing_is_the_counters_and_brings_back_what_was_accepted(told: Situation) -> None:
    closing = told.floor.closed("c1", "A", "10:00")
    undo = told.floor.undone(closing, "12:10")
    assert [told.tell(closing), told.say("accept", on_closing(closing))] == [POSTED] * 2
    assert told.centre.pieces(A) == 0
    assert told.tell(told.floor.undone(closing, "12:09", W2)) == (_HELD, ("not_own",))
    assert [told.tell(undo), told.centre.pieces(A)] == [POSTED, 10]
    assert [told.tell(told.floor.undone(undo, "12:11")), told.centre.pieces(A)] == [POSTED, 0]


@pytest.mark.parametrize(
    ("item", "outcome", "reasons"),
    [
        ("NUT", _POSTED, ()),
        ("BOLT", _EXCEPTIONS, ("item_inactive",)),
        ("GLUE", _EXCEPTIONS, ("lot_missing",)),
        ("SAW", _EXCEPTIONS, ("serial_missing",)),
    ],
)
def test_a_code_that_is_something_goes_back_to_the_worker_with_what_is_missing(
    item: str, outcome: str, reasons: tuple[str, ...], told: Situation
) -> None:
    _not_in_use(told.centre)
    line = told.unknown()
    assert told.name(line, item, S1)[1] in ((), ("item_inactive",))
    assert told.centre.came_back()[line.id] == ("w1", outcome, reasons)
    assert set(reasons) <= REASONS.keys()


def test_a_line_that_was_identified_is_identified_anew_by_another_who_did_not_count_it(told: Situation) -> None:
    """The later word rules; what somebody has accepted of the first is of a version that is gone."""
    line = told.unknown()
    assert told.name(line, "NUT", S1) == POSTED
    assert told.say("accept", on_claim("c1", A, line, pieces=-6), S3) == POSTED
    assert (told.claims(), told.centre.pieces(A)) == ({("c1", "NUT"): 4}, 4)
    assert told.name(line, "BOLT", W1)[1] == ("no_right",)
    assert told.name(line, "BOLT", W4)[1] == ("no_right",)
    assert told.name(line, "BOLT", S1)[1] == ("own",)
    assert told.name(line, "BOLT", S3, code="NUT")[1] == ("not_waiting",)
    assert told.claims() == {("c1", "NUT"): 4}
    assert told.name(line, "BOLT", S2) == POSTED
    assert (told.claims(), told.centre.pieces(A)) == ({("c1", "BOLT"): 4}, 10)
    assert told.say("accept", on_claim("c1", BOLT, line, pieces=4), S2)[1] == ("own",)
    assert told.name(line, "NUT", S3) == POSTED
    assert (told.claims(), told.centre.pieces(A)) == ({("c1", "NUT"): 4}, 4)
    assert told.tell(told.floor.undone(line, "13:00")) == POSTED
    assert (told.claims(), told.centre.pieces(A)) == ({}, 10)


def test_codes_go_in_no_ring_and_are_no_item_that_nobody_knows(told: Situation) -> None:
    line = told.unknown()
    assert told.name(line, "odd", S1) == HELD_ITEM
    assert told.name(line, "even", S1) == HELD_ITEM
    assert told.name(line, "odd", S1, code="even") == HELD_ITEM
    assert told.claims() == {}
    assert told.say("withdraw", Subject(SubjectKind.EVENT, line.id))[1] == ("not_waiting",)


def test_an_identification_that_cannot_be_booked_leaves_the_line_as_it_was(told: Situation) -> None:
    line = told.unknown()
    assert told.name(line, "NUT", S1) == POSTED
    items = BY_STRUCT[Item].table
    told.centre.connection.execute(items.update().where(items.c.item == "BOLT").values(base_unit="BOX"))
    assert told.name(line, "BOLT", S2)[1] == ("still_held",)
    assert told.claims() == {("c1", "NUT"): 4}


def test_a_move_that_was_identified_is_undone_and_made_anew(told: Situation) -> None:
    moved = told.floor.take(key("A", "odd"), 2, "10:00")
    assert told.tell(moved) == HELD_ITEM
    assert [told.name(moved, "NUT", S1), told.name(moved, "BOLT", S2)] == [POSTED, (_POSTED, ("not_waiting",))]
    assert told.centre.pieces(A) == 8


def test_an_identification_is_never_undone_it_is_said_anew(told: Situation) -> None:
    line = told.unknown()
    named = told.floor.identified(line, "odd", "NUT", "12:00", S1)
    assert told.tell(named) == POSTED
    told.tell(told.floor.undone(named, "12:01", S1))
    told.tell(told.floor.undone(named, "12:02", S2))
    assert told.claims() == {("c1", "NUT"): 4}


def test_no_later_tolerance_lets_a_claim_stand_that_waits(told: Situation) -> None:
    tolerances = BY_STRUCT[Tolerance].table
    first, second = (told.floor.counted(count, A, 8, clock) for count, clock in (("c1", "10:00"), ("c2", "11:00")))
    told.tell(first)
    row = Tolerance("all", quantity=5 * SCALE)
    cells = {name: getattr(row, name) for name in BY_STRUCT[Tolerance].fields}
    told.centre.connection.execute(tolerances.insert().values(**cells, site="W1", version=0))
    told.tell(told.floor.put(B, 1, "10:30"))
    assert (told.centre.pieces(A), len(told.centre.listed())) == (10, 1)
    told.tell(second)
    assert (told.centre.pieces(A), [one.state.stands for one in told.centre.kept().values()]) == (8, [False, True])
