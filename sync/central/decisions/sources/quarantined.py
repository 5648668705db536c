"""Quarantined: events that are out of the book because who sent them could not be trusted."""

from scanner_app.domain.desk.case import CaseKind
from sync.central.decisions.sources.opened_event import opened_event
from sync.central.decisions.sources.source import Source
from sync.central.decisions.sources.waiting_events import event_cases, found
from sync.protocol import Outcome

QUARANTINED = Source(CaseKind.QUARANTINED, found(Outcome.QUARANTINED), event_cases, opened_event)
