"""An event as somebody decides about it: what it is, what became of it so far, and what a word makes of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, select

from scanner_app.domain.events.event import Event
from sync.central.database.among import among
from sync.central.database.tables import events
from sync.central.events.decode import Arrival, NotAnEvent, read
from sync.central.intake.ruling import Ruling
from sync.central.words.identified_codes import Code, identified
from sync.central.words.word_verdict import WordSaid
from sync.protocol import Outcome


@dataclass
class EventCase:
    """One event within a batch that decides about it; it changes with each word of the batch.

    ``place`` is the one in the batch with which it arrives, -1 where it is stored. ``ruling`` is what it is now,
    ``said`` the valid words on it, ``codes`` what was identified of it. ``before`` is what it was before this batch
    changed it, ``by`` who changed it last, and when (``by_us``).
    """

    id: str
    operator: str
    device: str
    received_us: int
    payload: bytes
    arrival: Arrival | None
    ruling: Ruling
    place: int = -1
    version: int = 0
    word: int = 0
    let_in: bool = False
    said: list[WordSaid] = field(default_factory=list)
    codes: list[Code] = field(default_factory=list)
    by: str = ""
    by_us: int = 0
    before: Ruling | None = None

    @property
    def is_changed(self) -> bool:
        """Say whether a word of this batch has made something of it."""
        return self.before is not None

    @property
    def outcome(self) -> Outcome:
        return self.ruling.outcome

    @property
    def first(self) -> Ruling:
        """What it was before anybody said a word."""
        if not self.said:
            return self.ruling
        first = self.said[0]
        return Ruling(Outcome(first.outcome_before), tuple(first.reasons_before.split()))

    def read_with(self, *more: Code) -> Arrival | None:
        """The event with all its codes that were identified, and with ``more`` of them."""
        return read_with(self.arrival, (*self.codes, *more))


def read_with(arrival: Arrival | None, codes: Iterable[Code]) -> Arrival | None:
    """An event that arrived, in which unknown codes are what somebody said that they are."""
    if arrival is None or not isinstance(arrival.envelope, Event) or arrival.fact is None:
        return arrival
    event = identified(arrival.envelope, codes)
    return replace(arrival, envelope=event, fact=event.fact)


def under(key: str, arrival: Arrival) -> Arrival:
    """An event under the ``key`` by which it is kept, where its id is another's."""
    if arrival.envelope.id == key:
        return arrival
    return replace(arrival, envelope=replace(arrival.envelope, id=key))


_NAMES = ("id", "operator", "device", "received_us", "payload", "outcome", "reasons", "version", "word", "let_in")
_STORED = select(*(events.c[name] for name in _NAMES)).where(
    events.c.site == bindparam("site"), among(events.c.id, "ids")
)


def stored_cases(connection: Connection, site: str, ids: Sequence[str]) -> dict[str, EventCase]:
    """Those of the events ``ids`` that the store has."""
    rows = connection.execute(_STORED, {"site": site, "ids": list(ids)}).all() if ids else ()
    return {row.id: _case(row, site) for row in rows}


def _case(row: Any, site: str) -> EventCase:
    payload = bytes(row.payload)
    arrival = read(payload, site)
    return EventCase(
        row.id, row.operator, row.device, row.received_us, payload,
        None if isinstance(arrival, NotAnEvent) else under(row.id, arrival),
        Ruling(Outcome(row.outcome), tuple(row.reasons.split())),
        version=row.version, word=row.word, let_in=bool(row.let_in),
    )  # fmt: skip
