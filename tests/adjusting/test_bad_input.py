"""What should not come and does, of adjusting, planning, stocktakes and reports: each with the tests that show it.

The first tests of a line are at the centre, the others at the device, where a worker meets it there.
"""

from collections.abc import Callable
from typing import Any

import pytest

from scanner_app.workflows.supervise.reason_phrases import BROKE
from scanner_app.workflows.today.phrases import REASONS
from tests.central.accuracy import test_figures as figures
from tests.central.intake.approval import test_and_counts as and_counts
from tests.central.intake.approval import test_bad_input as odd
from tests.central.intake.approval import test_waiting as waiting
from tests.central.intake.approval import test_words as words
from tests.central.tasks import test_plans as plans
from tests.central.tasks import test_stocktakes as stocktakes
from tests.domain.accuracy import test_periods as periods
from tests.session.adjusting import test_adjusting as device
from tests.session.desk import test_adjustments as desk

_Shown = tuple[Callable[..., None], ...]
_TOLD = device.test_what_the_centre_says_of_an_adjustment_is_told_in_a_sentence
_CANNOT_BE = device.test_what_cannot_be_is_told_in_a_sentence
_WRONG = waiting.test_what_is_wrong_with_an_adjustment_is_said
_TOO_MUCH = odd.test_what_takes_more_than_the_book_has_is_booked_and_listed
LINES: dict[str, _Shown] = {
    "a reason that was deactivated while offline": (_WRONG, _TOLD),
    "a reason that wants a note and has none": (_WRONG, device.test_a_note_is_asked_where_a_reason_wants_one, _TOLD),
    "a reason of the other direction": (_WRONG, device.test_reasons_are_those_of_the_direction, _TOLD),
    "an item without cost under a value limit": (
        waiting.test_goods_without_a_cost_wait_under_a_limit_of_value_and_say_why,
        device.test_why_it_waits_is_said,
    ),
    "a quantity that makes stock negative": (_TOO_MUCH, _CANNOT_BE),
    "a serial that is elsewhere": (_TOO_MUCH, _CANNOT_BE),
    "a lot that is not there": (_TOO_MUCH, _CANNOT_BE),
    "onto a closed place": (_WRONG, _CANNOT_BE),
    "from a plate in somebody's hand": (
        odd.test_what_is_in_another_hand_is_adjusted_by_nobody_until_a_supervisor_says_so,
        _CANNOT_BE,
    ),
    "a status change of owned stock": (
        waiting.test_a_change_of_status_stays_where_it_is_and_changes_nothing_else,
        device.test_the_status_of_owned_stock_is_changed_and_its_owner_is_not,
    ),
    "the same adjustment twice from two devices": (
        words.test_two_people_who_throw_away_one_pallet_are_shown_as_such,
        odd.test_one_pallet_that_two_devices_throw_away_leaves_the_book_once_a_supervisor_has_seen_both,
        desk.test_one_opened_tells_what_would_change_and_why_it_waits_in_one_order,
    ),
    "approval after the key was counted": (and_counts.test_a_later_count_of_the_key_absorbs_what_is_accepted_late,),
    "approval after the item went out of use": (
        words.test_accepted_after_its_item_went_out_of_use_is_booked_with_that_exception,
        _TOLD,
    ),
    "release of an event whose device was revoked": (
        words.test_whoever_released_it_does_not_accept_it,
        odd.test_what_waits_of_a_device_that_was_revoked_since_is_accepted_like_any_other,
        _TOLD,
    ),
    "a plan that names zones that are gone": (
        plans.test_a_plan_that_cannot_be_is_refused,
        plans.test_a_zone_that_is_gone_since_makes_no_task_and_stops_no_other,
    ),
    "days without work": (plans.test_no_plan_on_a_day_that_is_not_worked,),
    "a maximum of 0": (plans.test_a_plan_that_cannot_be_is_refused,),
    "two plans over one place": (plans.test_two_plans_over_one_place_make_one_task_of_the_more_urgent,),
    "a stocktake closed with places uncounted": (stocktakes.test_it_is_closed_with_what_is_left_said,),
    "a stocktake closed with a device missing": (
        stocktakes.test_it_is_closed_with_what_is_left_said,
        stocktakes.test_who_is_where_and_which_device_has_not_told_all,
    ),
    "a report over a day that has 23 hours": (
        periods.test_a_day_has_as_many_hours_as_its_clocks_show,
        figures.test_a_day_of_23_hours_has_the_lines_of_its_own_hours,
    ),
    "a period before the first count": (figures.test_a_period_before_the_first_count_has_no_percentages,),
}
"""Each line of what must not go unsaid, and the tests that show its sentence and its effect."""


@pytest.mark.parametrize("line", LINES)
def test_each_line_is_shown(line: str) -> None:
    assert LINES[line]
    assert all(one.__name__.startswith("test_") for one in LINES[line])


def test_whatever_an_adjustment_is_told_is_a_sentence_for_its_worker_and_for_the_desk() -> None:
    """Every reason that these situations are answered with."""
    told = {reason for one in getattr(_WRONG, "pytestmark", ()) for row in _rows(one) for reason in row[1][1]}
    told |= {"over_limit", "no_cost", "needs_approval", "no_right", "rejected", "item_inactive", "device_revoked"}
    assert len(told) > 10
    assert told <= REASONS.keys()
    assert told <= BROKE.keys()


def _rows(mark: Any) -> list[Any]:
    return list(mark.args[1]) if mark.name == "parametrize" and mark.args[0] == ("fact", "told") else []
