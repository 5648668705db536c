"""Untold: what a look-up found, without anything that the book has at places that are hidden from who asks.

What comes out is the same whatever the book has there, and says nothing of being less than there is.
"""

from msgspec import UNSET
from msgspec.structs import astuple, replace

from scanner_app.session.counting.blind import Hidden
from scanner_app.workflows.lookups.kinds import Value
from scanner_app.workflows.lookups.load import Load, LoadOf
from scanner_app.workflows.lookups.look import Look
from scanner_app.workflows.lookups.own_events import MyEvent, MyEvents
from scanner_app.workflows.lookups.places import Neighbours, Where, Whereabouts
from scanner_app.workflows.lookups.plates import Plates, Standing
from scanner_app.workflows.lookups.stock import AtPlace, Held, HeldRow, Rows, ToPut
from scanner_app.workflows.lookups.words_waiting import Spoken

_OF_THE_BOOK = frozenset({"negative"})
"""Reasons of an outcome that tell how much the book had."""
_CHECKED = "posted_with_exceptions"


def untold(look: Look, value: Value, hidden: Hidden) -> Value:
    """The value of a look-up as somebody may know it from whom some places are hidden."""
    if isinstance(value, Rows):
        return _rows(look, value, hidden)
    if isinstance(value, Spoken):
        return replace(value, hidden=tuple(sorted(hidden)))
    if isinstance(value, MyEvents):
        return replace(value, events=tuple(_event(event, hidden) for event in value.events))
    if isinstance(look, LoadOf | Standing | Where):
        return _of_plates(look, value, hidden)
    return _of_places(value, hidden)


def _of_places(value: Value, hidden: Hidden) -> Value:
    """How much is in the rack around a place."""
    if isinstance(value, Neighbours):
        return Neighbours(tuple(replace(one, rows=0) if one.place in hidden else one for one in value.spots))
    return value


def _of_plates(look: LoadOf | Standing | Where, value: Value, hidden: Hidden) -> Value:
    if isinstance(value, Load) and isinstance(look, LoadOf):
        return _load(look, value, hidden)
    if isinstance(value, Plates) and isinstance(look, Standing):
        return _plates(look, value, hidden)
    return _whereabouts(value, hidden) if isinstance(value, Whereabouts) else value


def _load(look: LoadOf, found: Load, hidden: Hidden) -> Load:
    alone_at = "" if found.stands_alone_at in hidden else found.stands_alone_at
    if look.plate in hidden:
        return Load(stands_alone_at=alone_at)
    return replace(found, rows=_seen(found.rows, hidden), stands_alone_at=alone_at)


def _rows(look: Look, found: Rows, hidden: Hidden) -> Rows:
    """Of a hidden place nothing; elsewhere the rows of other places, in an order that tells of none."""
    if isinstance(look, Held | AtPlace | ToPut) and look.place in hidden:
        return replace(found, rows=(), more=0, is_hidden=True, apart=UNSET, is_alone=UNSET)
    rows = _seen(found.rows, hidden)
    apart = _seen(found.apart or (), hidden) or UNSET
    return replace(found, rows=tuple(sorted(rows, key=astuple)) if isinstance(look, ToPut) else rows, apart=apart)


def _seen(rows: tuple[HeldRow, ...], hidden: Hidden) -> tuple[HeldRow, ...]:
    return tuple(row for row in rows if row.place not in hidden)


def _plates(look: Standing, found: Plates, hidden: Hidden) -> Plates:
    under = () if look.place in hidden or hidden.intersection(found.under) else found.under
    return Plates(under, () if look.place in hidden else found.here)


def _whereabouts(found: Whereabouts, hidden: Hidden) -> Whereabouts:
    """A plate is somewhere unknown if it stands at a hidden place, or was seen in a count."""
    if not found.is_plate or not hidden.intersection((found.place, found.location, found.parent, found.at)):
        return found
    return Whereabouts(found.place, "open", is_plate=True)


def _event(event: MyEvent, hidden: Hidden) -> MyEvent:
    """An own event without what became of it by how much there was."""
    if not hidden.intersection((event.source, event.target, event.key.place)):
        return event
    reasons = tuple(reason for reason in event.reasons if reason not in _OF_THE_BOOK)
    is_only_of_the_book = event.state == _CHECKED and not reasons
    return replace(event, reasons=reasons, held=None, state="posted" if is_only_of_the_book else event.state)
