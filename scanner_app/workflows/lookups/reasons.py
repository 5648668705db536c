"""The look-ups of reasons: those that may be given for something, and what they are called by who is asked."""

from msgspec import Struct

from scanner_app.domain.reasons import Direction
from scanner_app.workflows.lookups.look import Examples, Look


class KnownReason(Struct, frozen=True, array_like=True):
    """A reason by its code, its words in the operator's language, and whether it wants a note, or a second person."""

    reason: str
    words: str
    needs_note: bool = False
    needs_approval: bool = False


class Reasons(Struct, frozen=True, tag="reasons"):
    rows: tuple[KnownReason, ...] = ()


class ReasonsFor(Look, frozen=True, tag="reasons_for"):
    """Look up the reasons in use for a process, of those that make stock more or less those of that direction."""

    operator: str
    process: str
    direction: str = Direction.NONE.value

    def examples(self) -> Examples:
        return (("", Reasons((KnownReason("checked", "Checked"), KnownReason("other", "Other", True, True)))),)


class ReasonNames(Struct, frozen=True, tag="reason_names"):
    """What some reasons are called, in the order in which they were asked for."""

    names: tuple[str, ...] = ()


class NamesOfReasons(Look, frozen=True, tag="names_of_reasons"):
    """Look up what reasons are called, each by its code; one that is not known here is called by that."""

    operator: str
    reasons: tuple[str, ...]

    def examples(self) -> Examples:
        return (("", ReasonNames(("Damaged",) * len(self.reasons))),)
