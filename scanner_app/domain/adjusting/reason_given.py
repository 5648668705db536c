"""The reason that is given for an adjustment: what is wrong with it, and whether it wants a second person."""

from collections.abc import Iterator
from enum import StrEnum

from scanner_app.domain.reasons import Direction, Reason


class ReasonFault(StrEnum):
    """What is wrong with a reason; the adjustment has happened all the same."""

    MISSING = "reason_missing"
    DIFFERS = "reason_differs"
    INACTIVE = "reason_inactive"
    NOTE_MISSING = "note_missing"


def reason_faults(reason: Reason | None, note: str, process: str, direction: Direction) -> Iterator[ReasonFault]:
    """Name what is wrong with the reason of something; None where the site has none by that name.

    >>> lost = Reason("lost", "Lost", direction=Direction.OUT, process="adjust", needs_note=True, active=False)
    >>> [fault.value for fault in reason_faults(lost, " ", "adjust", Direction.IN)]
    ['reason_differs', 'reason_inactive', 'note_missing']
    >>> [*reason_faults(lost, "fell", "adjust", Direction.OUT)] == [ReasonFault.INACTIVE]
    True
    """
    if reason is None:
        yield ReasonFault.MISSING
        return
    if not reason.fits(process, direction):
        yield ReasonFault.DIFFERS
    if not reason.active:
        yield ReasonFault.INACTIVE
    if reason.needs_note and not note.strip():
        yield ReasonFault.NOTE_MISSING
