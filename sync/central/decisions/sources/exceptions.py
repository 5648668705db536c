"""Exceptions: events that are in the book, and that somebody should look at."""

from scanner_app.domain.desk.case import CaseKind
from sync.central.decisions.sources.opened_event import opened_event
from sync.central.decisions.sources.source import Source
from sync.central.decisions.sources.waiting_events import event_cases, found
from sync.protocol import Outcome

EXCEPTIONS = Source(CaseKind.EXCEPTION, found(Outcome.EXCEPTIONS), event_cases, opened_event)
