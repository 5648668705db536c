"""Targets: what the annulments of a batch name, as far as the store has it: whose event, of which kind, how deep."""

from collections.abc import Collection

from sqlalchemy import Connection, bindparam, select

from scanner_app.domain.events.allowed import NEWER, Allowed
from scanner_app.domain.events.fact import KINDS, KINDS_THAT_UNDO
from scanner_app.domain.events.law import UNDO_DEPTH_MAX, Undone
from scanner_app.domain.people import Operator
from sync.central.database.among import among
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.tables import events
from sync.central.events.decode import NotAnEvent, read
from sync.central.events.stored import stored_events

_operators = BY_STRUCT[Operator].table.c
_PERSON = (
    select(_operators.person)
    .where(_operators.site == events.c.site, _operators.operator == events.c.operator)
    .correlate(events)
    .scalar_subquery()
)
_NAMED = select(events.c.id, events.c.kind, events.c.operator, _PERSON.label("person")).where(
    events.c.site == bindparam("site"), among(events.c.id, "ids")
)


def targets_of(connection: Connection, site: str, ids: Collection[str]) -> dict[str, Undone]:
    """Look up the events of ``ids``; the person who made one is that of the master data of today."""
    rows = connection.execute(_NAMED, {"site": site, "ids": list(ids)}).all() if ids else ()
    undoing = [row.id for row in rows if row.kind in KINDS_THAT_UNDO]
    deep = _undoing_others(connection, site, undoing) if undoing else frozenset()
    depths = dict.fromkeys(undoing, 1) | dict.fromkeys(deep, UNDO_DEPTH_MAX)
    return {row.id: Undone(row.person or row.operator, _allowed(row.kind), depths.get(row.id, 0)) for row in rows}


def _undoing_others(connection: Connection, site: str, ids: Collection[str]) -> Collection[str]:
    """Those of some annulments that name an annulment themselves."""
    named: dict[str, str] = {}
    for name, stored in stored_events(connection, site, ids).items():
        arrival = read(stored.payload, site)
        if not isinstance(arrival, NotAnEvent) and arrival.fact:
            named[name] = arrival.fact.undoes
    rows = connection.execute(_NAMED, {"site": site, "ids": list(set(named.values()))}).all()
    annulments = {row.id for row in rows if row.kind in KINDS_THAT_UNDO}
    return [name for name, undone in named.items() if undone in annulments]


def _allowed(kind: str) -> Allowed:
    return KINDS[kind].allowed if kind in KINDS else NEWER
