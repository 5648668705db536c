"""Targets: what the annulments of a batch name, as far as the store has it: whose event, of which kind, how deep."""

from collections.abc import Collection

from sqlalchemy import Connection, bindparam, select

from scanner_app.domain.events.allowed import NEWER, Allowed, Undoer
from scanner_app.domain.events.fact import KINDS, KINDS_THAT_UNDO
from scanner_app.domain.events.law import UNDO_DEPTH_MAX, Undone
from scanner_app.domain.people import Operator, Right
from sync.central.database.among import among
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.tables import events
from sync.central.events.decode import NotAnEvent, read
from sync.central.events.stored import stored_events

UNDOABLE = frozenset(one.right for one in KINDS.values() if one.allowed.undoer is not Undoer.NOBODY)
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
    deep = _depths(connection, site, undoing) if undoing else {}
    return {
        row.id: Undone(
            row.person or row.operator, _allowed(row.kind), *deep.get(row.id, (0, "", rights_of_kind(row.kind)))
        )
        for row in rows
    }


_Deep = tuple[int, str, frozenset[Right]]


def _depths(connection: Connection, site: str, ids: Collection[str]) -> dict[str, _Deep]:
    """How deep each of some annulments is, what of that is not known because it has not arrived, and who may do so."""
    named: dict[str, str] = {}
    for name, stored in stored_events(connection, site, ids).items():
        arrival = read(stored.payload, site)
        if not isinstance(arrival, NotAnEvent) and arrival.fact:
            named[name] = arrival.fact.undoes
    rows = connection.execute(_NAMED, {"site": site, "ids": list(set(named.values()))}).all()
    kinds = {row.id: row.kind for row in rows}
    return {
        name: (
            UNDO_DEPTH_MAX if kinds.get(undone) in KINDS_THAT_UNDO else 1,
            "" if undone in kinds else undone,
            rights_of_kind(kinds.get(undone, "")),
        )
        for name, undone in named.items()
    }


def rights_of_kind(kind: str) -> frozenset[Right]:
    """One of these is wanted to undo an event of a kind: of one that is not here yet, any that could have made it."""
    is_known = kind in KINDS and kind not in KINDS_THAT_UNDO
    return frozenset({KINDS[kind].right}) if is_known else UNDOABLE


def _allowed(kind: str) -> Allowed:
    return KINDS[kind].allowed if kind in KINDS else NEWER
