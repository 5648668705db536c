"""What a fact may hold at the most: at each limit it is possible, one more and it is not."""

import pytest
from msgspec.structs import replace

from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.events.limits import LEGS_MAX, NAME_LENGTH_MAX, is_named
from scanner_app.domain.events.moved import Moved
from scanner_app.domain.events.plate_moved import PlateMoved
from scanner_app.domain.ledger import leg_fault
from scanner_app.domain.quantity import QUANTITY_MAX
from tests.kinds import NOW_US, PUT

LONGEST = "x" * NAME_LENGTH_MAX


@pytest.mark.parametrize(
    ("legs", "fault"), [(1, ""), (1_000, ""), (1_001, "legs_out_of_range"), (0, "legs_out_of_range")]
)
def test_legs(legs: int, fault: str) -> None:
    assert Moved((PUT,) * legs).fault() == fault
    assert LEGS_MAX == 1_000, "devices of every version send up to so many"


@pytest.mark.parametrize(
    ("fact", "fault"),
    [
        (Moved((PUT,), puts_back=LONGEST), ""),
        (Moved((PUT,), puts_back=LONGEST + "x"), "event_not_named"),
        (Annulled(NOW_US, LONGEST), ""),
        (Annulled(NOW_US, LONGEST + "x"), "event_not_named"),
        (PlateMoved(NOW_US, LONGEST, "A"), ""),
        (PlateMoved(NOW_US, "P", LONGEST), ""),
        (PlateMoved(NOW_US, "P", parent=LONGEST + "x"), "place_not_named"),
        (PlateMoved(NOW_US, "P", "A", was_on=LONGEST), ""),
        (PlateMoved(NOW_US, "P", "A", was_at="A", was_on=LONGEST), "place_not_named"),
    ],
)
def test_names(fact: Fact, fault: str) -> None:
    assert fact.fault() == fault


def test_a_name_is_one_to_two_hundred_characters() -> None:
    assert [is_named("x" * length) for length in (0, 1, 200, 201)] == [False, True, True, False]


@pytest.mark.parametrize(
    ("quantity", "fault"), [(1, ""), (QUANTITY_MAX, ""), (QUANTITY_MAX + 1, "quantity_out_of_range")]
)
def test_quantities_of_a_leg(quantity: int, fault: str) -> None:
    assert leg_fault(replace(PUT, quantity=quantity)) == fault
    assert QUANTITY_MAX < 2**63, "a database keeps it"
