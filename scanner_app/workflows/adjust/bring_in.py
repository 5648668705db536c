"""Bring in: stock was found or came back; it enters the book for a reason."""

from scanner_app.domain.people import Right
from scanner_app.domain.reasons import Direction
from scanner_app.workflows.adjust import phrases as say
from scanner_app.workflows.adjust.corrected import SLOTS, corrected
from scanner_app.workflows.engine.script import Script, Steps
from scanner_app.workflows.lookups.samples import ITEM, PLACE
from scanner_app.workflows.phrases import labels


def bring_in(operator: str, **given: str) -> Steps:
    """Bring goods into the book; the last are at ``source``."""
    yield from corrected(operator, Direction.IN, given)


BRING_IN = Script(
    name="bring_in",
    title=say.BRING_IN,
    steps=bring_in,
    slots=SLOTS,
    right=Right.ADJUST,
    beginnings=({}, {"source": PLACE}, {"source": PLACE, "item": ITEM, "at": "1"}),
    labels={"source": labels.PLACE, "item": labels.GOODS},
)
