"""Adjusted: stock was corrected outside a count, a kind of event."""

from typing import ClassVar

from scanner_app.domain.events.allowed import CORRECTED, Allowed, Undoer
from scanner_app.domain.events.legs import Legs
from scanner_app.domain.people import Right


class Adjusted(Legs, frozen=True, tag_field="kind", tag="adjusted"):
    """Stock was corrected outside a count, against the adjustment account; opening stock has the reason ``opening``."""

    right: ClassVar[Right] = Right.ADJUST
    allowed: ClassVar[Allowed] = Allowed(Undoer.AUTHOR, ways=CORRECTED)

    reason: str
