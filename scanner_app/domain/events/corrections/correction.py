"""A correction: what those kinds share by which stock is put right outside a count."""

from collections.abc import Mapping
from typing import ClassVar, Self

from msgspec.structs import replace

from scanner_app.domain.events.decided import NOTE_LENGTH_MAX
from scanner_app.domain.events.legs import Legs
from scanner_app.domain.events.limits import NAME_LENGTH_MAX
from scanner_app.domain.limits.motion import From, corrected
from scanner_app.domain.reasons import ADJUST


class Correction(Legs, frozen=True, omit_defaults=True):
    """Legs, for the ``reason`` with that code, and a ``note`` where it wants one; above a limit it waits."""

    process: ClassVar[str] = ADJUST
    can_annul: ClassVar[bool] = True
    wants_approval: ClassVar[bool] = True

    reason: str
    note: str = ""

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
        return "note_too_long" if len(self.note) > NOTE_LENGTH_MAX or len(self.reason) > NAME_LENGTH_MAX else ""
