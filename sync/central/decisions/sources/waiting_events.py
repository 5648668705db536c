"""Events that wait: those whose outcome somebody should look at, and on which nobody has said a word."""

from sqlalchemy import ColumnElement, bindparam, func, not_, select
from sqlalchemy.sql import literal_column

from scanner_app.domain.desk.case import CaseKind
from scanner_app.domain.events.counted import Counted
from scanner_app.domain.events.decided import SubjectKind
from sync.central.database.tables import POSTED, events, words
from sync.central.decisions.sources.case_source import CaseShown, CaseSource
from sync.central.decisions.sources.opened_event import opened_event
from sync.central.events.reason import Reason
from sync.protocol import Outcome

_COUNTED = str(Counted.__struct_config__.tag)


def _last_word(kind: SubjectKind) -> ColumnElement[int]:
    """What was said on an event that waits again was withdrawn; a word on it must have seen that."""
    said = (words.c.site == events.c.site, words.c.kind == kind.value, words.c.subject == events.c.id)
    last = select(func.max(words.c.number)).where(*said, words.c.is_valid.is_(True)).correlate(events)
    return func.coalesce(last.scalar_subquery(), 0)


def _shown(kind: SubjectKind) -> CaseShown:
    return CaseShown(
        events.c.id,
        events.c.value,
        events.c.place,
        events.c.item,
        events.c.quantity,
        events.c.operator,
        events.c.device,
        events.c.reasons,
        events.c.received_us,
        seen=_last_word(kind),
    )


_UNKNOWN_LINE = (events.c.kind == literal_column(f"'{_COUNTED}'")) & events.c.reasons.contains(
    Reason.UNKNOWN_ITEM.value
)


def events_of(
    kind: CaseKind, outcome: Outcome, *, is_unknown_line: bool = False, said: SubjectKind = SubjectKind.EVENT
) -> CaseSource:
    """The events of one outcome that wait; the words are no parameters: only so is the index theirs.

    ``said`` is the kind of subject that a word on it has. Of what is held the lines of counts with a code that nobody
    knows are cases of their own.
    """
    waits: tuple[ColumnElement[bool], ...] = (
        events.c.site == bindparam("site"),
        events.c.outcome == literal_column(f"'{outcome.value}'"),
        events.c.outcome != literal_column(f"'{POSTED}'"),
        events.c.word == literal_column("0"),
    )
    if outcome is Outcome.HELD:
        waits = (*waits, _UNKNOWN_LINE if is_unknown_line else not_(_UNKNOWN_LINE))
    return CaseSource(kind, _shown(said), waits, opened_event)
