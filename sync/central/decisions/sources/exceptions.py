"""Exceptions: events that are in the book, and that somebody should look at."""

from scanner_app.domain.desk.case import CaseKind
from sync.central.decisions.sources.waiting_events import events_of
from sync.protocol import Outcome

EXCEPTIONS = events_of(CaseKind.EXCEPTION, Outcome.EXCEPTIONS)
