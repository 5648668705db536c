"""Identified codes: what the unknown codes of an event are, as somebody said; rows of the book follow what was said."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, delete, select

from scanner_app.domain.events.event import Event
from sync.central.database.among import among
from sync.central.database.bulk import upsert_rows
from sync.central.database.tables import identifications


class Code(NamedTuple):
    """One ``code`` of an event is ``factor`` micro-units of ``item``."""

    code: str
    item: str
    factor: int


def identified(event: Event, codes: Iterable[Code]) -> Event:
    """An event in which unknown codes are what somebody said that they are; what was said last of a code rules."""
    latest: dict[str, Code] = {}
    for code in codes:
        latest.pop(code.code, None)
        latest[code.code] = code
    for code in latest.values():
        event = replace(event, fact=event.fact.named(*code))
    return event


_OF_EVENTS = (
    select(identifications.c.event, identifications.c.code, identifications.c.item, identifications.c.factor)
    .where(identifications.c.site == bindparam("site"), among(identifications.c.event, "names"))
    .order_by(identifications.c.word, identifications.c.code)
)


def codes_of(connection: Connection, site: str, names: Collection[str]) -> dict[str, list[Code]]:
    """The codes of each of the events ``names`` that were identified, in the order in which somebody said so."""
    codes: dict[str, list[Code]] = defaultdict(list)
    for event, *cells in connection.execute(_OF_EVENTS, {"site": site, "names": list(names)}).all() if names else ():
        codes[event].append(Code(*cells))
    return codes


def keep_codes(connection: Connection, site: str, identified: Iterable[tuple[str, Code, int]]) -> None:
    """Keep what the codes of events are, each with the number of the word that said so."""
    rows = {(event, code.code): (site, event, *code, word) for event, code, word in identified}
    upsert_rows(connection, identifications, list(rows.values()))


def drop_codes(connection: Connection, site: str, events: Collection[str]) -> None:
    """Forget what was identified of events: it was withdrawn before any of it was in the book."""
    if events:
        of_events = (identifications.c.site == site, among(identifications.c.event, "names"))
        connection.execute(delete(identifications).where(*of_events), {"names": list(events)})
