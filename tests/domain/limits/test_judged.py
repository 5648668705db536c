"""What limits say of an event: at the edges of each bound, and the same however the work of a day is divided."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner_app.domain.catalog import NO_LIMIT
from scanner_app.domain.ledger import Leg, StockKey, in_hand
from scanner_app.domain.limits.judged import SUM_MAX, Judged, Level, Seen, Sum, Valued, judged
from scanner_app.domain.limits.limit import Bounds, Limit, Load, Per
from scanner_app.domain.limits.motion import set_off
from scanner_app.domain.quantity import SCALE

ONE_PERCENT = SCALE
PLACES = ("A", "B", in_hand("7"))


@pytest.mark.parametrize(
    ("bounds", "load", "are_passed"),
    [
        (Bounds(5, NO_LIMIT, NO_LIMIT), Load(5, 99), False),
        (Bounds(5, NO_LIMIT, NO_LIMIT), Load(6, 99), True),
        (Bounds(0, NO_LIMIT, NO_LIMIT), Load(0, 0), False),
        (Bounds(0, NO_LIMIT, NO_LIMIT), Load(1, 0), True),
        (Bounds(NO_LIMIT, NO_LIMIT, 7), Load(99, 7), False),
        (Bounds(NO_LIMIT, NO_LIMIT, 7), Load(99, 8), True),
        (Bounds(NO_LIMIT, 25 * ONE_PERCENT, NO_LIMIT), Load(25 * SCALE, 0, 100 * SCALE), False),
        (Bounds(NO_LIMIT, 25 * ONE_PERCENT, NO_LIMIT), Load(25 * SCALE + 1, 0, 100 * SCALE), True),
        (Bounds(NO_LIMIT, 25 * ONE_PERCENT, NO_LIMIT), Load(1, 0, 0), True),
        (Bounds(NO_LIMIT, 25 * ONE_PERCENT, NO_LIMIT), Load(1, 0, -5), True),
        (Bounds(NO_LIMIT, 0, NO_LIMIT), Load(1, 0, 10**15), True),
        (Bounds(NO_LIMIT, NO_LIMIT, NO_LIMIT), Load(10**15, 10**15, 0), False),
        (Bounds(9, NO_LIMIT, 7), Load(9, 8), True),
    ],
)
def test_a_bound_is_passed_by_more_than_it(bounds: Bounds, load: Load, are_passed: bool) -> None:
    assert bounds.are_passed(load) is are_passed


@pytest.mark.parametrize(
    ("pieces", "level"), [(5, Level.USUAL), (6, Level.REASON), (9, Level.REASON), (10, Level.CASE)]
)
def test_there_are_two_bounds(pieces: int, level: Level) -> None:
    limit = Limit("x", "move", reason_quantity=5, case_quantity=9)
    assert judged({("A", "TEA"): pieces}, [limit], (), Seen()).level is level
    daily = Limit("y", "move", per=Per.DAY, reason_quantity=5, case_quantity=9)
    told = judged({("A", "TEA"): 4}, [daily], (), Seen(so_far={"y": Sum(pieces - 4)}))
    assert (told.level, told.added) == (level, {"y": Sum(4)})


def test_a_day_under_a_limit_for_all_is_the_sum_of_what_it_rules() -> None:
    limits = [
        Limit("all", "move", per=Per.DAY, case_value=10),
        Limit("tea", "move", item="TEA", per=Per.DAY, case_value=1),
    ]
    goods = {"TEA": Valued("A", SCALE), "NUT": Valued("A", SCALE), "OIL": Valued("B", 2 * SCALE)}
    told = judged({("A", "TEA"): 1, ("A", "NUT"): 4, ("B", "OIL"): 3}, limits, (), Seen(goods))
    assert told == Judged(Level.USUAL, {"all": Sum(7, 10), "tea": Sum(1, 1)})


def test_sums_stay_within_what_a_database_holds() -> None:
    limit = Limit("x", "move", per=Per.DAY, case_quantity=1)
    told = judged(
        {("A", "TEA"): 10**18}, [limit], (), Seen({"TEA": Valued("A", 10**15)}, {}, {"x": Sum(SUM_MAX, SUM_MAX)})
    )
    assert told.added == {"x": Sum(10**18, SUM_MAX)}
    assert Sum(SUM_MAX, 1).plus(Sum(1, 1)) == (SUM_MAX, 2)
    assert Sum(1, 1).less(Sum(2, 1)) == (0, 0)


_LEGS = st.builds(
    lambda source, target, quantity: Leg(0, quantity, StockKey(source, "TEA"), StockKey(target, "TEA")),
    st.sampled_from(PLACES), st.sampled_from(PLACES), st.integers(1, 9),
)  # fmt: skip


@given(st.lists(_LEGS, max_size=6))
def test_no_piece_is_set_off_twice_and_none_of_the_first_leg_is_left_out(legs: list[Leg]) -> None:
    left = set_off(legs)
    assert sum(left.values()) <= sum(leg.quantity for leg in legs)
    assert not legs or left[legs[0].source.place, "TEA"] >= legs[0].quantity
    assert all(quantity > 0 for quantity in left.values())


@given(st.lists(st.integers(1, 9), max_size=8))
def test_a_day_is_the_same_in_parts_and_in_one(parts: list[int]) -> None:
    limit, so_far = Limit("x", "move", per=Per.DAY, reason_quantity=10, case_quantity=20), Sum()
    level = Level.USUAL
    for part in parts:
        told = judged({("A", "TEA"): part}, [limit], (), Seen(so_far={"x": so_far}))
        level, so_far = told.level, so_far.plus(told.added["x"])
    whole = judged({("A", "TEA"): sum(parts)}, [limit], (), Seen())
    assert level is (whole.level if parts else Level.USUAL)
