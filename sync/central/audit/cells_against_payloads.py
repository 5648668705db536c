"""Consistency check of the cells of a stored event that only repeat its payload, for ``central verify``."""

from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from scanner_app.domain.events.envelope import Envelope, kind_of
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.fact import tag_of
from sync.central.database.tables import events
from sync.central.events.aside import aside
from sync.central.events.decode import UNREADABLE

_ROWS_PER_FETCH = 100
"""An event may be large."""
_NAMES = ("site", "id", "device", "epoch", "sequence", "operator", "kind")
_ID = _NAMES.index("id")
"""The key of an event whose id is another's is made of its payload (``events/aside.py``)."""
_event = msgspec.json.Decoder(Event)
_envelope = msgspec.json.Decoder(Envelope)
_Cells = tuple[Any, ...]


def wrong_copies(connection: Connection) -> Iterator[tuple[str, str]]:
    """Yield the site of each event that has another cell than its payload, or an unreadable one, and what is wrong."""
    wanted = select(*(events.c[name] for name in _NAMES), events.c.payload)
    with connection.execute(wanted, execution_options={"yield_per": _ROWS_PER_FETCH}) as rows:
        for row in rows:
            cells, payload = tuple(row[:-1]), bytes(row[-1])
            if cells != _quickly_said(payload) and (what := _fault(cells, payload)):
                yield row.site, f"event {row.id} {what}"


def _fault(cells: _Cells, payload: bytes) -> str:
    said = _said(payload)
    if said is None:
        return "has a payload that cannot be read"
    names = [name for name, cell, its in zip(_NAMES, cells, said, strict=True) if cell != its]
    if cells[_ID] == aside(said[_ID], payload):
        names.remove(_NAMES[_ID])
    return f"has another {', '.join(names)} than its payload" if names else ""


def _quickly_said(payload: bytes) -> _Cells | None:
    """What a payload says, without a look at its legs."""
    try:
        envelope = _envelope.decode(payload)
        return (*_cells(envelope), kind_of(envelope))
    except UNREADABLE:
        return None


def _said(payload: bytes) -> _Cells | None:
    """What a payload says to who receives it, also where it says something twice."""
    try:
        event = _event.decode(payload)
    except UNREADABLE:
        return _quickly_said(payload)
    return (*_cells(event), tag_of(event.fact))


def _cells(envelope: Envelope) -> _Cells:
    number = (envelope.device, envelope.epoch, envelope.sequence)
    return (envelope.site, envelope.id, *number, envelope.operator)
