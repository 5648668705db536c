"""What waits: an adjustment above a limit is in no book before somebody accepts it, and that is decided once."""

from pathlib import Path

import pytest

from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.events.corrections.changed import Changed
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.ledger import Leg, StockKey, in_hand
from scanner_app.domain.quantity import SCALE
from sync.central.audit.verification import verify
from sync.central.database.store import CentralStore
from tests.central.intake.approval.desk import OTHER, Floor, held, into, out
from tests.central.intake.test_statements import counted
from tests.central.warehouse import NOW_US, key, move

WAITS, BOOKED, EXCEPTIONS = "waiting_for_approval", "posted", "posted_with_exceptions"
OVER = (WAITS, ("over_limit",))
DAY_US = 86_400_000_000


def _changed(before: StockKey, after: StockKey) -> Changed:
    return Changed((Leg(NOW_US, SCALE, before, after),), "hold")


@pytest.mark.parametrize(
    ("limit", "fact", "waits"),
    [
        ("x,adjust,,,,,10,,", out(10), False),
        ("x,adjust,,,,,10,,", out(11), True),
        ("x,adjust,,,,,10,,", into(10), False),
        ("x,adjust,,,,,10,,", into(11), True),
        ("x,adjust,,,,,,10,", out(10), False),
        ("x,adjust,,,,,,10,", out(11), True),
        ("x,adjust,,,,,,10,", into(10), False),
        ("x,adjust,,,,,,10,", into(11), True),
        ("x,adjust,,,,,,10,", into(1, "C"), True),
        ("x,adjust,,,,,,,20", out(10), False),
        ("x,adjust,,,,,,,20", out(11), True),
        ("x,adjust,,,,,,,20", into(11), True),
        ("x,adjust,,,,day,10,,", out(10), False),
        ("x,adjust,,,,day,10,,", into(11), True),
        ("x,adjust,,,,day,,,20", out(11), True),
        ("x,move,,,,,1,,", out(50), False),
        ("x,adjust,supervisor,,,,1,,", out(50), False),
        ("x,adjust,worker,NUT,,,1,,", out(2), True),
        ("x,adjust,,,B,,1,,", out(2), False),
    ],
)
def test_what_reaches_a_bound_is_booked_and_what_passes_it_waits_either_way(
    store: CentralStore, tmp_path: Path, limit: str, fact: Fact, waits: bool
) -> None:
    floor = Floor(store, tmp_path / "own", limit)
    place = "C" if "C" in {leg.target.place for leg in fact.legs} else "A"
    before = floor.pieces(place)
    assert floor.told(fact) == (OVER if waits else (BOOKED, ()))
    assert (floor.pieces(place) == before) is waits
    assert verify(store) == []


@pytest.mark.parametrize(("pieces", "waits"), [(10, False), (11, True)])
def test_a_change_of_status_is_held_against_the_same_limits_in_the_hand_too(
    store: CentralStore, tmp_path: Path, pieces: int, waits: bool
) -> None:
    floor = Floor(store, tmp_path / "own", "x,adjust,,,,day,10,,")
    expected = OVER if waits else (BOOKED, ())
    assert floor.told(held(pieces), "s1") == expected
    assert floor.pieces("A", status="DAMAGED") == (0 if waits else pieces)
    hand = in_hand("s2")
    leg = Leg(NOW_US, pieces * SCALE, key(hand), key(hand, status="DAMAGED"))
    assert floor.told(Changed((leg,), "hold"), "s2") == expected
    assert verify(store) == []


@pytest.mark.parametrize("is_one_push", [True, False])
def test_ten_of_nine_are_ninety_at_whatever_badge_and_device(
    store: CentralStore, tmp_path: Path, is_one_push: bool
) -> None:
    floor = Floor(store, tmp_path / "own", "day,adjust,,,,day,20,,", "one,adjust,,,,,10,,")
    made = [floor.made(out(9)), floor.made(into(9), "w1b"), floor.made(out(9, "B")), floor.made(out(2))]
    told = floor.push(*made) if is_one_push else [answer for one in made for answer in floor.push(one)]
    assert [answer.outcome.value for answer in told] == [BOOKED, BOOKED, WAITS, WAITS]
    again = floor.push(*made)
    assert [answer.outcome.value for answer in again] == [BOOKED, BOOKED, WAITS, WAITS], "told again it is the same"
    assert floor.told(out(1), "w1", OTHER)[0] == WAITS, "what waits is part of the day"
    assert floor.told(out(9), "w2", OTHER) == (BOOKED, ()), "another person has a day of his own"
    assert floor.told(out(9, at_us=NOW_US - DAY_US), "w1", OTHER) == (BOOKED, ()), "and another day is another"
    assert verify(store) == []


def test_a_day_is_that_of_the_sites_calendar_when_it_happened(store: CentralStore, tmp_path: Path) -> None:
    """1,780,000,000 s are 22:26 in Vienna: two hours later is the next day there."""
    floor = Floor(store, tmp_path / "own", "day,adjust,,,,day,10,,")
    late_us = NOW_US + 2 * 3_600_000_000
    late = floor.made(out(9, at_us=late_us))
    assert floor.told(out(9)) == (BOOKED, ())
    (answer,) = floor.push(late, at_us=late_us)
    assert answer.outcome.value == BOOKED


def test_who_has_lost_the_right_only_proposes(store: CentralStore, tmp_path: Path) -> None:
    floor = Floor(store, tmp_path / "own")
    assert floor.told(out(1), "c1") == (WAITS, ("no_right",))
    assert floor.told(held(1), "w1") == (WAITS, ("no_right",))
    assert floor.told(out(1), "eve") == (WAITS, ("unknown_operator",))
    assert floor.told(out(1), "centre") == (WAITS, ("unknown_operator",))
    floor.limited(sites="site,name,zone,taken_away\nW1,First warehouse,Europe/Vienna,worker:adjust\n")
    assert floor.told(out(1)) == (WAITS, ("no_right",))
    assert (floor.pieces("A"), verify(store)) == (100, [])


def test_a_limit_that_was_lowered_while_the_device_was_offline_rules(store: CentralStore, tmp_path: Path) -> None:
    floor = Floor(store, tmp_path / "own", "x,adjust,,,,,10,,")
    made = [floor.made(out(8)), floor.made(out(8))]
    assert [answer.outcome.value for answer in floor.push(made[0])] == [BOOKED]
    floor.limited("x,adjust,,,,,5,,")
    assert [answer.outcome.value for answer in floor.push(*made)] == [BOOKED, WAITS], "what was decided stays so"
    floor.limited("x,adjust,,,,,50,,")
    assert [answer.outcome.value for answer in floor.push(*made)] == [BOOKED, WAITS]


def test_goods_without_a_cost_wait_under_a_limit_of_value_and_say_why(store: CentralStore, tmp_path: Path) -> None:
    floor = Floor(store, tmp_path / "own", "x,adjust,,,,,,,1000")
    assert floor.told(into(1, item="FREE")) == (WAITS, ("no_cost",))
    assert floor.told(out(1)) == (BOOKED, ())
    floor.limited("x,adjust,,,,day,,,1000")
    assert floor.told(into(1, item="FREE")) == (WAITS, ("no_cost",))
    floor.limited("x,adjust,,,,,10,,")
    assert floor.told(into(1, item="FREE")) == (BOOKED, ()), "no limit asks for its value"


@pytest.mark.parametrize("undoer", ["w1", "s1"])
def test_what_never_happened_is_no_part_of_the_day(store: CentralStore, tmp_path: Path, undoer: str) -> None:
    floor = Floor(store, tmp_path / "own", "day,adjust,,,,day,10,,")
    for fact, outcome in ((out(9), BOOKED), (out(90), WAITS)):
        mistyped = floor.made(fact)
        assert [answer.outcome.value for answer in floor.push(mistyped)] == [outcome]
        floor.undo(mistyped, undoer)
    assert floor.cases() == (), "what never happened waits for nobody"
    assert floor.told(out(10)) == (BOOKED, ())
    assert floor.told(out(1)) == OVER
    assert (floor.pieces("A"), verify(store)) == (90, [])


def test_an_undo_of_the_same_push_makes_room_on_the_day(store: CentralStore, tmp_path: Path) -> None:
    floor = Floor(store, tmp_path / "own", "day,adjust,,,,day,10,,")
    first = floor.made(out(9))
    second, third = floor.made(Annulled(NOW_US, first.id)), floor.made(out(10))
    assert [answer.outcome.value for answer in floor.push(first, second, third)] == [BOOKED] * 3
    fourth, fifth = floor.made(Annulled(NOW_US, third.id)), floor.made(out(4))
    assert [answer.outcome.value for answer in floor.push(fourth, fifth)] == [BOOKED] * 2
    assert floor.told(out(7)) == OVER


def test_an_undo_that_is_said_twice_makes_room_once(store: CentralStore, tmp_path: Path) -> None:
    floor = Floor(store, tmp_path / "own", "day,adjust,,,,day,20,,")
    first, second = floor.made(out(9)), floor.made(out(9))
    undos = [floor.made(Annulled(NOW_US + number, first.id)) for number in range(3)]
    more = [floor.made(out(9)), floor.made(out(9))]
    told = floor.push(first, second, *undos, *more)
    assert [answer.outcome.value for answer in told] == [*[BOOKED] * 6, WAITS]
    assert (floor.pieces("A"), verify(store)) == (82, [])


def test_whoever_undoes_and_undoes_that_does_not_get_past_the_day_unseen(store: CentralStore, tmp_path: Path) -> None:
    floor = Floor(store, tmp_path / "own", "day,adjust,,,,day,10,,")
    first = floor.made(out(9))
    floor.push(first)
    undo = floor.undo(first)
    assert floor.told(out(9)) == (BOOKED, ())
    redo = floor.made(Annulled(NOW_US, undo.id))
    assert [(one.outcome.value, one.reasons) for one in floor.push(redo)] == [(EXCEPTIONS, ("over_limit",))]
    assert floor.told(out(1)) == OVER
    assert verify(store) == []


def test_a_day_by_a_clock_that_is_doubted_is_no_day(store: CentralStore, tmp_path: Path) -> None:
    floor = Floor(store, tmp_path / "own", "day,adjust,,,,day,10,,")
    assert floor.told(out(1), uncertainty_us=3_600_000_000) == (WAITS, ("clock_doubtful", "over_limit"))
    floor.limited("day,adjust,,,,,10,,")
    assert floor.told(out(1), uncertainty_us=3_600_000_000) == (EXCEPTIONS, ("clock_doubtful",))


def test_what_is_taken_out_and_brought_back_was_adjusted_twice(store: CentralStore, tmp_path: Path) -> None:
    floor = Floor(store, tmp_path / "own", "one,adjust,,,,,10,,")
    legs = (*out(6).legs, *into(6).legs)
    assert floor.told(out(1).__class__(legs, "other", "both ways")) == OVER


def test_percent_is_of_what_is_there_when_its_turn_comes(store: CentralStore, tmp_path: Path) -> None:
    floor = Floor(store, tmp_path / "own", "one,adjust,,,,,,10,")
    filled, adjusted = floor.made(move("A", "C", 50)), floor.made(out(5, "C"))
    assert [answer.outcome.value for answer in floor.push(filled, adjusted)] == [BOOKED, BOOKED]


@pytest.mark.parametrize(
    ("fact", "told"),
    [
        (out(1, reason=""), (EXCEPTIONS, ("reason_missing",))),
        (out(1, reason="ghost"), (EXCEPTIONS, ("reason_missing",))),
        (into(1, reason="lost"), (EXCEPTIONS, ("reason_differs",))),
        (out(1, reason="found"), (EXCEPTIONS, ("reason_differs",))),
        (out(1, reason="hold"), (EXCEPTIONS, ("reason_differs",))),
        (out(1, reason="order"), (EXCEPTIONS, ("reason_differs",))),
        (out(1, reason="old"), (EXCEPTIONS, ("reason_inactive",))),
        (out(1, reason="other"), (EXCEPTIONS, ("note_missing",))),
        (out(1, reason="other", note=" "), (EXCEPTIONS, ("note_missing",))),
        (out(1, reason="other", note="rain"), (BOOKED, ())),
        (out(1, reason="theft"), (WAITS, ("needs_approval",))),
        (out(101), (BOOKED, ())),
        (into(1, "CLOSED"), (EXCEPTIONS, ("place_closed",))),
        (into(1, "P1"), (BOOKED, ())),
        (out(1, item="GLUE", lot="L9"), (BOOKED, ())),
        (out(1, item="GLUE"), (EXCEPTIONS, ("lot_missing",))),
        (into(7, item="TOOL", serial="S1"), (EXCEPTIONS, ("serial_not_one",))),
        (out(1, owner="ACME"), (BOOKED, ())),
    ],
)
def test_what_is_wrong_with_an_adjustment_is_said(
    store: CentralStore, tmp_path: Path, fact: Fact, told: tuple[str, tuple[str, ...]]
) -> None:
    floor = Floor(store, tmp_path / "own")
    assert floor.told(fact) == told
    assert verify(store) == []


@pytest.mark.parametrize(
    ("fact", "told"),
    [
        (held(1), (BOOKED, ())),
        (held(1, reason="good"), (EXCEPTIONS, ("reason_differs",))),
        (held(1, before="DAMAGED", after="AVAILABLE", reason="good"), (BOOKED, ())),
        (held(1, before="DAMAGED", after="AVAILABLE"), (EXCEPTIONS, ("reason_differs",))),
        (held(1, reason="lost"), (EXCEPTIONS, ("reason_differs",))),
        (held(1, after="GHOST"), ("held", ("unknown_status",))),
        (_changed(key("A"), key("B", status="DAMAGED")), (EXCEPTIONS, ("place_differs",))),
        (_changed(key("A"), key("A", owner="ACME", status="DAMAGED")), (EXCEPTIONS, ("owner_differs",))),
        (
            _changed(key("A", owner="ACME"), key("A", owner="ACME", status="DAMAGED")),
            (BOOKED, ()),
        ),
        (_changed(key("@supplier"), key("A", status="DAMAGED")), ("held", ("from_not_allowed",))),
        (_changed(key(in_hand("w1")), key(in_hand("w1"), status="DAMAGED")), (BOOKED, ())),
    ],
)
def test_a_change_of_status_stays_where_it_is_and_changes_nothing_else(
    store: CentralStore, tmp_path: Path, fact: Fact, told: tuple[str, tuple[str, ...]]
) -> None:
    floor = Floor(store, tmp_path / "own")
    assert floor.told(fact, "s1") == told
    assert verify(store) == []


def test_the_cost_of_the_day_is_kept_beside_each_leg(store: CentralStore, tmp_path: Path) -> None:
    floor = Floor(store, tmp_path / "own", "x,adjust,,,,,,,20")
    floor.push(floor.made(out(11)), floor.made(into(2)), floor.made(held(3), "s1"))
    floor.limited(items="item,name,base_unit,tracking,decimals,cost,abc\nNUT,Nut,EA,none,1,9,A\n")
    with store.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT quantity, cost, value, status_after, person, passed FROM adjustments ORDER BY event, leg"
        ).all()
    assert sorted(tuple(row) for row in rows) == sorted(
        [
            (-11 * SCALE, 2 * SCALE, 22 * SCALE, "", "ANN", f"event:value:{20 * SCALE}"),
            (2 * SCALE, 2 * SCALE, 4 * SCALE, "", "ANN", ""),
            (3 * SCALE, 2 * SCALE, 6 * SCALE, "DAMAGED", "s1", ""),
        ]
    )


def test_a_thousand_adjustments_are_a_handful_of_statements_and_moves_pay_for_none(
    store: CentralStore, tmp_path: Path
) -> None:
    floor = Floor(store, tmp_path / "own", "x,adjust,,,,day,10,,", "y,adjust,,,,,,50,")
    with counted(store) as moves:
        floor.push(floor.made(move("A", "B")))
    assert not any("limits" in one and "process =" in one for one, _ in moves)
    assert not any("adjustments" in one for one, _ in moves)
    with counted(store) as few:
        floor.push(*(floor.made(out(1)) for _ in range(3)))
    with counted(store) as many:
        floor.push(*(floor.made(out(1)) for _ in range(300)))
    assert len(many) <= len(few) + 1
