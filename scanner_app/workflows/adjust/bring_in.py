"""Bring in: stock was found or came back; it enters the book for a reason."""

from scanner_app.domain.people import Right
from scanner_app.domain.reasons import Direction
from scanner_app.workflows.adjust import phrases as say
from scanner_app.workflows.adjust.corrected import SLOTS, corrected
from scanner_app.workflows.adjust.goods import of_goods
from scanner_app.workflows.engine.script import Steps


def bring_in(operator: str, **given: str) -> Steps:
    """Bring goods into the book; the last are at ``source``."""
    yield from corrected(operator, Direction.IN, given)


BRING_IN = of_goods(bring_in, say.BRING_IN, SLOTS, Right.ADJUST)
