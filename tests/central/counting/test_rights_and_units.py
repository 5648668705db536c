"""Who may take back what he counted, and in which unit something may be counted."""

import pytest
from msgspec.structs import replace

from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.events.counted import Counted
from scanner_app.domain.people import Operator
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.store import CentralStore
from sync.protocol import Answer, Outcome
from tests.central.counting.centre import Centre, Rules, rolled_back
from tests.counting.floor import W1, W2, By, Floor, key

A = key("A")
_operators = BY_STRUCT[Operator].table


def _only_counts(centre: Centre, operator: str) -> None:
    whose = _operators.c.operator == operator
    centre.connection.execute(_operators.update().where(whose).values(roles="counter"))


def _said(answers: list[Answer]) -> list[tuple[Outcome, tuple[str, ...]]]:
    return [(one.outcome, one.reasons) for one in answers]


@pytest.mark.parametrize("is_late", [False, True])
def test_a_counter_takes_back_his_own_line_and_needs_no_right_to_move(
    floor_store: CentralStore, *, is_late: bool
) -> None:
    floor = Floor()
    line = floor.counted("c1", A, 4, "10:00")
    undo = floor.undone(line, "10:01")
    back = floor.undone(undo, "10:02")
    with rolled_back(floor_store, Rules()) as centre:
        _only_counts(centre, W1.operator)
        told = _said(centre.push([undo, back, line] if is_late else [line, undo, back]))
        assert "no_right" not in {reason for _outcome, reasons in told for reason in reasons}
        assert len(centre.kept()) == 1


def test_a_counter_who_moves_something_and_takes_it_back_had_no_right_to_either(floor_store: CentralStore) -> None:
    floor = Floor()
    moved = floor.take(A, 1, "10:00", by=By(W2.operator, "d2"))
    with rolled_back(floor_store, Rules()) as centre:
        _only_counts(centre, W2.operator)
        told = centre.push([moved, floor.event(Annulled(moved.fact.last_us + 1, moved.id), W2)])
        assert _said(told) == [(Outcome.EXCEPTIONS, ("no_right",))] * 2


@pytest.mark.parametrize(
    ("unit", "outcome", "reasons"),
    [("EA", Outcome.POSTED, ()), ("", Outcome.POSTED, ()), ("BOX", Outcome.HELD, ("unit_differs",))],
)
def test_what_was_counted_in_another_base_unit_is_held(
    floor_store: CentralStore, unit: str, outcome: Outcome, reasons: tuple[str, ...]
) -> None:
    made = Floor().counted("c1", A, 4, "10:00")
    assert isinstance(made.fact, Counted)
    line = replace(made, fact=Counted(replace(made.fact.line, base_unit=unit)))
    with rolled_back(floor_store, Rules()) as centre:
        assert _said(centre.push([line])) == [(outcome, reasons)]
        assert bool(centre.kept()) is outcome.is_booked
