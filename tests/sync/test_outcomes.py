"""Outcomes: what became of an event is one word on the wire, in the store of a device and for its operator."""

import pytest

from scanner_app.store.lookups.own_events import CAME_BACK, COUNTS
from scanner_app.workflows.today.phrases import LINES
from sync.protocol import Outcome


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_has_its_line_for_the_operator(outcome: Outcome) -> None:
    assert outcome.value in LINES


def test_a_device_counts_and_counts_back_what_the_wire_says() -> None:
    assert set(COUNTS) == {outcome.value for outcome in Outcome if outcome.counts_as_stock}
    back = {outcome.value for outcome in Outcome if not outcome.counts_as_stock}
    asks_nothing = {Outcome.UNAPPROVED.value, Outcome.VOID.value}
    assert set(CAME_BACK) == back - asks_nothing, "what waits for approval, or is void, asks nothing of the worker"


@pytest.mark.parametrize("outcome", Outcome)
def test_an_outcome_is_booked_or_waits_for_the_centre_or_for_somebody_or_is_refused(outcome: Outcome) -> None:
    is_other = outcome in (Outcome.WAITING, Outcome.NOT_ACCEPTED, Outcome.VOID)
    assert [outcome.is_booked, outcome.waits_for_somebody, is_other].count(True) == 1
