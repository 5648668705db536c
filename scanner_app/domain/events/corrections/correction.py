"""A correction: what those kinds share by which stock is put right outside a count."""

from collections.abc import Mapping
from typing import ClassVar, Self

from msgspec.structs import replace

from scanner_app.domain.events.decided import NOTE_LENGTH_MAX
from scanner_app.domain.events.legs import Legs
from scanner_app.domain.events.limits import NAME_LENGTH_MAX
from scanner_app.domain.ledger import Leg
from scanner_app.domain.limits.motion import From, corrected
from scanner_app.domain.reasons import ADJUST
from scanner_app.domain.work.zero_check import ZERO_CHECKS


class Correction(Legs, frozen=True, omit_defaults=True):
    """Legs, for the ``reason`` with that code, and a ``note`` where it wants one; above a limit it waits.

    ``zero_check`` is what the worker said of the place that they took the last out of, as of one that was moved.
    """

    process: ClassVar[str] = ADJUST
    can_annul: ClassVar[bool] = True

    reason: str
    note: str = ""
    zero_check: str = ""

    @property
    def zero_checked(self) -> str:
        return self.zero_check

    def looked(self, said: str) -> Self:
        return replace(self, zero_check=said)

    @property
    def corrects(self) -> tuple[Leg, ...]:
        return self.legs

    @property
    def limited(self) -> Mapping[From, int]:
        return corrected(self.legs)

    @property
    def given(self) -> tuple[str, str]:
        return self.reason, self.note

    def reasoned(self, reason: str, note: str) -> Self:
        return replace(self, reason=reason, note=note)

    def fault(self) -> str:
        if fault := Legs.fault(self):
            return fault
        if self.zero_check not in ZERO_CHECKS:
            return "zero_check_unknown"
        return "note_too_long" if len(self.note) > NOTE_LENGTH_MAX or len(self.reason) > NAME_LENGTH_MAX else ""
