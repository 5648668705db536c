"""Adjusted: stock was corrected outside a count, a kind of event."""

from typing import ClassVar

from scanner_app.domain.events.allowed import CORRECTED, Allowed, Undoer
from scanner_app.domain.events.corrections.correction import Correction
from scanner_app.domain.people import Right


class Adjusted(Correction, frozen=True, omit_defaults=True, tag_field="kind", tag="adjusted"):
    """Stock was corrected outside a count, against the adjustment account; opening stock has the reason ``opening``."""

    right: ClassVar[Right] = Right.ADJUST
    allowed: ClassVar[Allowed] = Allowed(Undoer.AUTHOR, ways=CORRECTED)
