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
_LAST_WORD = func.coalesce(
    select(func.max(words.c.number))
    .where(words.c.site == events.c.site, words.c.kind == SubjectKind.EVENT.value, words.c.subject == events.c.id)
    .where(words.c.is_valid.is_(True))
    .correlate(events)
    .scalar_subquery(),
    0,
)
"""What was said on an event that waits again was withdrawn; a word on it must have seen that."""
_SHOWN = CaseShown(
    events.c.id,
    events.c.value,
    events.c.place,
    events.c.item,
    events.c.quantity,
    events.c.operator,
    events.c.device,
    events.c.reasons,
    events.c.received_us,
    seen=_LAST_WORD,
)


_UNKNOWN_LINE = (events.c.kind == literal_column(f"'{_COUNTED}'")) & events.c.reasons.contains(
    Reason.UNKNOWN_ITEM.value
)


def events_of(kind: CaseKind, outcome: Outcome, *, is_unknown_line: bool = False) -> CaseSource:
    """The events of one outcome that wait; the words are no parameters: only so is the index theirs.

    Of what is held the lines of counts with a code that nobody knows are cases of their own.
    """
    waits: tuple[ColumnElement[bool], ...] = (
        events.c.site == bindparam("site"),
        events.c.outcome == literal_column(f"'{outcome.value}'"),
        events.c.outcome != literal_column(f"'{POSTED}'"),
        events.c.word == literal_column("0"),
    )
    if outcome is Outcome.HELD:
        waits = (*waits, _UNKNOWN_LINE if is_unknown_line else not_(_UNKNOWN_LINE))
    return CaseSource(kind, _SHOWN, waits, opened_event)
