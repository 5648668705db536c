"""Every event balances, leg by leg, and settled times do not run backwards."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner_app.domain.clock import Offset, Stamp, measured, settled
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.moved import Moved
from scanner_app.domain.events.settled import settle
from scanner_app.domain.ledger import (
    Leg,
    StockKey,
    hand_of,
    in_hand,
    is_account,
    is_in_hand,
    is_on_device,
    is_virtual,
    leg_fault,
    postings_of_legs,
)

_places = st.sampled_from(["A", "B", "@hand:1", "@supplier"])
_keys = st.builds(StockKey, _places, st.sampled_from(["I", "J"]), st.sampled_from(["", "L"]))
_legs = st.builds(Leg, st.integers(0, 10**6), st.integers(1, 10**12), _keys, _keys)


@given(st.lists(_legs, max_size=20), st.integers(-(10**6), 10**6))
def test_postings_balance_at_every_instant(legs: list[Leg], shift: int) -> None:
    rows = postings_of_legs(legs, shift, "d", 1, 7)
    for instant in {row.instant for row in rows}:
        assert sum(row.quantity for row in rows if row.instant == instant) == 0
    assert [row.instant.leg for row in rows[::2]] == list(range(len(legs)))
    assert all(row.instant.time_us == legs[row.instant.leg].wall_us + shift for row in rows)


def test_an_impossible_leg_is_named() -> None:
    key, other = StockKey("A", "I"), StockKey("B", "I")
    assert leg_fault(Leg(0, 1, key, other)) == ""
    assert leg_fault(Leg(0, 0, key, other)) == "quantity_out_of_range"
    assert leg_fault(Leg(0, 1, key, StockKey("B", "J"))) == "item_changes"
    assert leg_fault(Leg(0, 1, key, key)) == "goes_nowhere"
    assert leg_fault(Leg(0, 1, key, StockKey("", "I"))) == "key_incomplete"


def test_devices_keep_the_floor_and_the_hands() -> None:
    assert [is_on_device(place) for place in ("A-1", in_hand("7"), "@supplier")] == [True, True, False]


@pytest.mark.parametrize(
    ("place", "virtual", "account", "hand"),
    [
        ("A-1", False, False, False),
        (in_hand("7"), True, False, True),
        (in_hand(""), True, False, False),
        *(
            (account, True, True, False)
            for account in ("@supplier", "@customer", "@adjustment", "@production", "@transit")
        ),
        ("@moon", True, False, False),
    ],
)
def test_what_a_place_is(place: str, virtual: bool, account: bool, hand: bool) -> None:
    assert (is_virtual(place), is_account(place), is_in_hand(place)) == (virtual, account, hand)
    assert hand_of(place) == ("7" if hand else "")


_stamps = st.tuples(st.integers(0, 10**12), st.sampled_from(["boot-1", "boot-2"]))


@given(
    st.lists(st.tuples(_stamps, st.integers(-(10**10), 10**10)), min_size=1, max_size=20), st.integers(-(10**9), 10**9)
)
def test_settled_times_never_run_backwards(facts: list[tuple[tuple[int, str], int]], offset_us: int) -> None:
    offset = Offset(offset_us, 1000, Stamp(10**12, 10**12, "boot-1"))
    newest = -(2**62)
    for (monotonic, boot), error_us in facts:
        stamp = Stamp(monotonic + error_us, monotonic, boot)
        shift, uncertainty = settled(stamp, offset, stamp.wall_us, newest)
        assert stamp.wall_us + shift >= newest
        assert uncertainty >= 1000
        newest = stamp.wall_us + shift


def test_within_a_boot_a_wrong_wall_clock_does_not_matter() -> None:
    offset = Offset(500, 10, Stamp(1_000_000, 900_000, "b"))
    right, wrong = Stamp(600_000, 500_000, "b"), Stamp(600_000 - 3_600_000_000, 500_000, "b")
    times = [stamp.wall_us + settled(stamp, offset, stamp.wall_us, 0)[0] for stamp in (right, wrong)]
    assert times[0] == times[1] == 600_500


def test_a_clock_in_the_future_before_the_last_boot_does_not_push_what_follows() -> None:
    offset = Offset(0, 10, Stamp(1_000_000, 900_000, "boot-2"))
    wrong = Stamp(99_000_000, 500_000, "boot-1")
    shift, doubt = settled(wrong, offset, wrong.wall_us, 0)
    assert wrong.wall_us + shift == 1_000_000
    assert doubt >= 98_000_000


def test_legs_between_which_the_clock_was_set_back_are_put_in_order() -> None:
    key, hand = StockKey("A", "I"), StockKey("@hand:1", "I")
    fact = Moved((Leg(3_600_000_000, 1, key, hand), Leg(5_000_000, 1, hand, StockKey("B", "I"))))
    event = Event(
        id="e", device="d", epoch=1, sequence=1, entry=1, site="S", operator="1", wall_us=5_000_000,
        monotonic_us=4_000_000, boot="b", program="p", fact=fact,
    )  # fmt: skip
    timed = settle(event, Offset(100, 10, Stamp(6_000_000, 5_000_000, "b")), 0)
    assert [leg.wall_us + timed.offset_us for leg in timed.fact.legs] == [5_000_100, 5_000_100]
    assert timed.uncertainty_us >= 3_595_000_000


def test_operators_at_one_station_do_not_push_each_other_into_the_future() -> None:
    """Each takes something before the other has put his; every move takes a minute."""
    minute, newest = 60_000_000, 0
    key, hand, there = StockKey("A", "I"), StockKey("@hand:1", "I"), StockKey("B", "I")
    offset = Offset(0, 10, Stamp(0, 0, "b"))
    for number in range(1, 200):
        put = minute + number * 1_000_000
        fact = Moved((Leg(put - minute, 1, key, hand), Leg(put, 1, hand, there)))
        event = Event(
            id="e", device="d", epoch=1, sequence=number, entry=1, site="S", operator="1", wall_us=put,
            monotonic_us=put, boot="b", program="p", fact=fact,
        )  # fmt: skip
        timed = settle(event, offset, newest)
        assert (timed.offset_us, timed.uncertainty_us) == (0, 10)
        newest = put


@given(st.integers(-(10**9), 10**9), st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6))
def test_the_measured_offset_is_right_within_its_uncertainty(true_us: int, there: int, work: int, back: int) -> None:
    sent = Stamp(10**12, 5_000, "b")
    received = Stamp(sent.wall_us + there + work + back, 5_000 + there + work + back, "b")
    centre_received = sent.wall_us + there + true_us
    found = measured(sent, received, centre_received, centre_received + work)
    assert abs(found.offset_us - true_us) <= found.uncertainty_us
