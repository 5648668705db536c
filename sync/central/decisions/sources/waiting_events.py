"""Events that wait: those whose outcome somebody should look at, and on which nobody has said a word."""

from sqlalchemy import bindparam
from sqlalchemy.sql import literal_column

from scanner_app.domain.desk.case import CaseKind
from sync.central.database.tables import POSTED, events
from sync.central.decisions.sources.opened_event import opened_event
from sync.central.decisions.sources.source import Shown, Source
from sync.protocol import Outcome

_SHOWN = Shown(
    events.c.id,
    events.c.value,
    events.c.place,
    events.c.item,
    events.c.quantity,
    events.c.operator,
    events.c.device,
    events.c.reasons,
    events.c.received_us,
    seen=events.c.word,
)


def events_of(kind: CaseKind, outcome: Outcome) -> Source:
    """The events of one outcome that wait; the words are no parameters: only so is the index theirs."""
    waits = (
        events.c.site == bindparam("site"),
        events.c.outcome == literal_column(f"'{outcome.value}'"),
        events.c.outcome != literal_column(f"'{POSTED}'"),
        events.c.word == literal_column("0"),
    )
    return Source(kind, _SHOWN, waits, opened_event)
