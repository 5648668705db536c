"""Laws of what is due: each place once, nothing that is not due, no more than may be, alike for the same seed."""

from hypothesis import given, settings
from hypothesis import strategies as st

from scanner_app.domain.quantity import SCALE
from scanner_app.domain.work.due import DAY_US, Bounds, PlaceState, class_of, due_by, first_of
from scanner_app.domain.work.plan import By, Plan

NOW_US = 1_000 * DAY_US
STATES = st.lists(
    st.builds(
        PlaceState,
        st.integers(0, 40).map(lambda number: f"P{number}"),
        st.sampled_from(("COLD", "BULK")),
        st.integers(0, 9),
        st.sampled_from((0, *(NOW_US - days * DAY_US for days in (1, 29, 30, 31, 89, 90, 91, 179, 181, 400)))),
        st.booleans(),
        st.sampled_from("ABCX"),
        st.integers(0, 5 * SCALE),
        st.integers(0, 5),
    ),
    unique_by=lambda state: state.place,
    max_size=40,
)
PLANS = st.builds(
    Plan,
    st.just("p"),
    st.sampled_from((By.CLASS, By.VALUE, By.MOVES)),
    st.sampled_from(("", "COLD", "COLD, GONE", "GONE")),
    from_a=st.integers(3, 5).map(lambda units: units * SCALE),
    from_b=st.integers(0, 3).map(lambda units: units * SCALE),
    a_day=st.integers(1, 50),
    empty=st.booleans(),
)


def bounds_of(plan: Plan) -> Bounds:
    return Bounds(*(NOW_US - days * DAY_US for days in (plan.days_a, plan.days_b, plan.days_c)))


@settings(max_examples=40, deadline=None)
@given(states=STATES, plan=PLANS, seed=st.text(max_size=5), is_turned=st.booleans())
def test_each_due_place_is_planned_once_by_the_same_seed_alike(
    states: list[PlaceState], plan: Plan, seed: str, *, is_turned: bool
) -> None:
    """In whatever order places are read."""
    due = due_by(plan, states, bounds_of(plan))
    first = first_of(due, seed, plan.a_day)
    assert len({one.place for one in due}) == len(due)
    assert len(first) == min(len(due), plan.a_day)
    assert set(first) <= set(due)
    shuffled = sorted(states, key=lambda state: state.place, reverse=is_turned)
    assert first_of(due_by(plan, shuffled, bounds_of(plan)), seed, plan.a_day) == first


@settings(max_examples=40, deadline=None)
@given(STATES, PLANS)
def test_due_is_what_was_not_counted_within_the_days_of_its_class(states: list[PlaceState], plan: Plan) -> None:
    days = {"A": plan.days_a, "B": plan.days_b}
    wanted = {
        state.place
        for state in states
        if NOW_US - state.counted_us > days.get(class_of(plan, state), plan.days_c) * DAY_US
        and (plan.empty or not state.is_empty)
        and plan.covers(state.zone)
    }
    assert {one.place for one in due_by(plan, states, bounds_of(plan))} == wanted


@settings(max_examples=40, deadline=None)
@given(STATES, PLANS, st.text(max_size=5))
def test_what_waits_for_longer_comes_first(states: list[PlaceState], plan: Plan, seed: str) -> None:
    order = first_of(due_by(plan, states, bounds_of(plan)), seed, len(states))
    late = [one.late_us // DAY_US if one.counted_us else 10**6 for one in order]
    assert late == sorted(late, reverse=True)


@settings(max_examples=40, deadline=None)
@given(STATES, PLANS, PLANS)
def test_what_one_plan_takes_the_other_leaves(states: list[PlaceState], plan: Plan, other: Plan) -> None:
    taken = {one.place for one in due_by(plan, states, bounds_of(plan))}
    left = {one.place for one in due_by(other, states, bounds_of(other), taken)}
    assert left == {one.place for one in due_by(other, states, bounds_of(other))} - taken
