"""Moved: stock went from one place to another; the kind of event that most scans end in."""

from typing import ClassVar, Self

from msgspec.structs import replace

from scanner_app.domain.events.allowed import CARRIED, Allowed, Undoer
from scanner_app.domain.events.legs import Legs
from scanner_app.domain.events.limits import NAME_LENGTH_MAX, is_day
from scanner_app.domain.ledger import Leg
from scanner_app.domain.people import Right
from scanner_app.domain.reasons import MOVE
from scanner_app.domain.work.zero_check import ZERO_CHECKS


class Moved(Legs, frozen=True, omit_defaults=True, tag_field="kind", tag="moved"):
    """Stock went from one place to another within the site, by way of somebody's hand.

    Two legs when it was taken and put in one go; one when it stays in the hand, or comes from there.
    ``zero_check`` is what the worker said of the place that was left when the book took it for empty: nothing,
    ``empty``, or ``not_empty``, which asks for a count. ``puts_back`` is the id of the event whose goods were carried
    back to where they came from. ``label_expires`` is the day that the label of the goods said, whatever the book says:
    an ISO day, empty when it said none. ``reason`` is the code of why it was moved, with a ``note``, where the limits
    of the site ask for one.
    """

    right: ClassVar[Right] = Right.MOVE
    allowed: ClassVar[Allowed] = Allowed(Undoer.AUTHOR, ways=CARRIED)
    process: ClassVar[str] = MOVE
    can_annul: ClassVar[bool] = True
    can_put_back: ClassVar[bool] = True

    zero_check: str = ""
    puts_back: str = ""
    label_expires: str = ""
    reason: str = ""
    note: str = ""

    @property
    def corrects(self) -> tuple[Leg, ...]:
        """What is of another status behind its move was released, or held, whatever that is called."""
        return tuple(leg for leg in self.legs if leg.source.status != leg.target.status)

    @property
    def given(self) -> tuple[str, str]:
        return self.reason, self.note

    def reasoned(self, reason: str, note: str) -> Self:
        return replace(self, reason=reason, note=note)

    @property
    def zero_checked(self) -> str:
        return self.zero_check

    def looked(self, said: str) -> Self:
        return replace(self, zero_check=said)

    def fault(self) -> str:
        if fault := Legs.fault(self):
            return fault
        if self.zero_check not in ZERO_CHECKS:
            return "zero_check_unknown"
        if self.label_expires and not is_day(self.label_expires):
            return "day_unknown"
        if max(len(self.reason), len(self.note)) > NAME_LENGTH_MAX:
            return "note_too_long"
        return "event_not_named" if len(self.puts_back) > NAME_LENGTH_MAX else ""
