"""Identified: a code that nobody knew is this item, a kind of event."""

from typing import ClassVar

from scanner_app.domain.events.allowed import Allowed, Undoer
from scanner_app.domain.events.decided import NOTE_LENGTH_MAX, SubjectKind
from scanner_app.domain.events.kind import Kind
from scanner_app.domain.events.limits import NAME_LENGTH_MAX, is_named
from scanner_app.domain.events.saying import IDENTIFY, Naming, Saying, Subject
from scanner_app.domain.people import Right


class Identified(Kind, frozen=True, tag_field="kind", tag="identified"):
    """The unknown ``code`` of the event ``what`` is ``item``, in its ``unit`` (empty: its base unit).

    It speaks of held moves and of counted lines alike, for a ``reason`` and, where that wants one, with a ``note``.
    """

    right: ClassVar[Right] = Right.DECIDE
    allowed: ClassVar[Allowed] = Allowed(Undoer.AUTHOR)

    wall_us: int
    what: str
    code: str
    item: str
    unit: str = ""
    reason: str = ""
    note: str = ""

    @property
    def last_us(self) -> int:
        return self.wall_us

    @property
    def items(self) -> tuple[str, ...]:
        return (self.item,)

    @property
    def says(self) -> tuple[Saying, ...]:
        naming = Naming(self.code, self.item, self.unit)
        subject = Subject(SubjectKind.EVENT.value, self.what)
        return (Saying(IDENTIFY, subject, self.reason, self.note, naming),)

    def fault(self) -> str:
        if not (is_named(self.what) and is_named(self.code)):
            return "event_not_named"
        if not is_named(self.item) or len(self.unit) > NAME_LENGTH_MAX:
            return "item_not_named"
        return "note_too_long" if len(self.note) > NOTE_LENGTH_MAX or len(self.reason) > NAME_LENGTH_MAX else ""
