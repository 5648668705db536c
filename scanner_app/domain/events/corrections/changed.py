"""Changed: stock stayed where it was and is of another status (hold, release, damaged), a kind of event."""

from typing import ClassVar

from scanner_app.domain.events.allowed import CARRIED, Allowed, Undoer
from scanner_app.domain.events.corrections.correction import Correction
from scanner_app.domain.people import Right


class Changed(Correction, frozen=True, omit_defaults=True, tag_field="kind", tag="changed"):
    """Each leg stays at its place, on the floor or in the own hand, and goes from one status to another."""

    right: ClassVar[Right] = Right.HOLD
    allowed: ClassVar[Allowed] = Allowed(Undoer.AUTHOR, CARRIED, frozenset({"status"}), stays=True)
