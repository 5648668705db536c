"""Held: events that are out of the book because they cannot be booked as they are."""

from scanner_app.domain.desk.case import CaseKind
from sync.central.decisions.sources.opened_event import opened_event
from sync.central.decisions.sources.source import Source
from sync.central.decisions.sources.waiting_events import event_cases, found
from sync.protocol import Outcome

HELD = Source(CaseKind.HELD, found(Outcome.HELD), event_cases, opened_event)
