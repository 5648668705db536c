"""What the centre makes of the events of a blind counter, by a book: too little only where the books differ."""

from collections.abc import Mapping, Sequence

from msgspec import json

from scanner_app.domain.events.event import Event
from scanner_app.store.journal import Answered
from tests.blind.books import AGREES, DIFFERS

_event = json.Decoder(Event).decode


def answers(rows: Sequence[tuple[int, bytes]], book: str) -> list[Answered]:
    """One for each event, given by its number and its bytes; where the books differ it may tell how much they had."""
    events = {number: _event(payload) for number, payload in rows}
    by_id = {event.id: event for event in events.values()}
    return [_answered(number, book, is_there=bool(DIFFERS & _places(event, by_id))) for number, event in events.items()]


def _answered(number: int, book: str, *, is_there: bool) -> Answered:
    is_off = is_there and book != AGREES
    outcome, reasons = ("posted_with_exceptions", ("negative",)) if is_off else ("posted", ())
    return Answered(number, outcome, 10**6, reasons, counts=True)


def _places(event: Event, by_id: Mapping[str, Event]) -> frozenset[str]:
    """Where it did something, or the one did that it takes back, or that one's."""
    fact = event.fact
    keys = (key for leg in fact.legs for key in (leg.source, leg.target))
    named = by_id.get(getattr(fact, "event", ""))
    there = _places(named, by_id) if named is not None else frozenset()
    return frozenset((*fact.places, *(key.place for key in keys))) | there
