"""Unknown codes of counts: lines with a code that nobody knows; somebody says what it is, or that it is no stock."""

from collections.abc import Sequence

from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, select

from scanner_app.domain.desk.case import Case, CaseKind
from sync.central.database.among import among
from sync.central.database.tables import events
from sync.central.decisions.asker import Asker
from sync.central.decisions.complete_until import Completeness
from sync.central.decisions.sources.waiting_events import events_of
from sync.central.events.count_told import count_told
from sync.central.events.decode import Arrival, NotAnEvent, read
from sync.protocol import Outcome


def _completed(connection: Connection, asker: Asker, cases: Sequence[Case], _told: Completeness) -> list[Case]:
    """What the worker said of it, and how much of it was counted."""
    asked = {"site": asker.site, "names": [case.id for case in cases]}
    payloads = {row.id: bytes(row.payload) for row in connection.execute(_PAYLOADS, asked).all()}
    return [_with_line(case, read(payloads[case.id], asker.site)) for case in cases]


def _with_line(case: Case, arrival: Arrival | NotAnEvent) -> Case:
    line = arrival.fact.line if isinstance(arrival, Arrival) and arrival.fact else None
    if line is None or isinstance(arrival, NotAnEvent):
        return case
    happened_us = line.wall_us + arrival.envelope.offset_us
    told = {"item": line.code or line.key.item, "unit": line.unit, "note": line.word}
    count = count_told(arrival.envelope, arrival.fact)
    return replace(case, **told, count=count, quantity=line.quantity, counted=line.quantity, happened_us=happened_us)


_PAYLOADS = select(events.c.id, events.c.payload).where(events.c.site == bindparam("site"), among(events.c.id, "names"))
UNKNOWN_LINES = events_of(CaseKind.UNKNOWN_CODE, Outcome.HELD, is_unknown_line=True)._replace(complete=_completed)
