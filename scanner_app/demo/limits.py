"""Limits of the demo warehouse: one of moves, of one item, so that it is in nobody's way; and one of adjusting."""

from scanner_app.demo.handout import Handout
from scanner_app.domain.limits.limit import Limit
from scanner_app.domain.people import Role
from scanner_app.domain.quantity import whole
from scanner_app.domain.reasons import ADJUST, MOVE

REASON_ABOVE, CASE_ABOVE = 5, 20
ADJUST_ABOVE, ADJUST_VALUE_ABOVE = 5, 100


def limits_of(handout: Handout) -> tuple[Limit, ...]:
    """A worker who moves more of the last find than usual says why; of much more somebody is told."""
    return (
        Limit(
            "demo", MOVE, Role.WORKER.value, handout.plain[-1].item,
            reason_quantity=whole(REASON_ABOVE), case_quantity=whole(CASE_ABOVE),
        ),
        Limit(
            "adjust", ADJUST, Role.WORKER.value, case_quantity=whole(ADJUST_ABOVE), case_value=whole(ADJUST_VALUE_ABOVE)
        ),
    )  # fmt: skip


def told(handout: Handout) -> tuple[str, str]:
    """What a visitor is told of them."""
    barcode = handout.plain[-1].barcode
    return (
        f"A limit: move more than {REASON_ABOVE} of {barcode}; above {CASE_ABOVE} it is looked at.",
        f"Another: a worker adjusts more than {ADJUST_ABOVE}; a supervisor accepts it first.",
    )
