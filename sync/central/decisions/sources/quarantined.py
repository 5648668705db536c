"""Quarantined: events that are out of the book because who sent them could not be trusted."""

from scanner_app.domain.desk.case import CaseKind
from sync.central.decisions.sources.waiting_events import events_of
from sync.protocol import Outcome

QUARANTINED = events_of(CaseKind.QUARANTINED, Outcome.QUARANTINED)
