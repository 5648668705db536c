"""Take out: stock is lost, broken, used up or a sample; it leaves the book for a reason."""

from scanner_app.domain.people import Right
from scanner_app.domain.reasons import Direction
from scanner_app.workflows.adjust import phrases as say
from scanner_app.workflows.adjust.corrected import PIECES, SLOTS, corrected
from scanner_app.workflows.adjust.goods import of_goods
from scanner_app.workflows.engine.script import Steps
from scanner_app.workflows.parts import offer_count, zero_check
from scanner_app.workflows.phrases import labels


def take_out(operator: str, **given: str) -> Steps:
    """Take goods out of the book; the last went out of ``source``."""
    yield from corrected(operator, Direction.OUT, given)


TAKE_OUT = offer_count.first(
    of_goods(take_out, say.TAKE_OUT, (*SLOTS, *PIECES, *zero_check.SLOTS), Right.ADJUST, labels.FROM, version=3)
)
