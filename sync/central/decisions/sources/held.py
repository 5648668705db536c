"""Held: events that are out of the book because they cannot be booked as they are."""

from scanner_app.domain.desk.case import CaseKind
from sync.central.decisions.sources.waiting_events import events_of
from sync.protocol import Outcome

HELD = events_of(CaseKind.HELD, Outcome.HELD)
