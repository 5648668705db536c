"""Own events as lines: one each in the list, and all that is known of one."""

from collections.abc import Iterator

from scanner_app.domain.ledger import is_virtual
from scanner_app.workflows.engine.typed_phrases import REASONS, TYPED
from scanner_app.workflows.lookups.own_events import MyEvent, MyEvents
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.questions.part import Part, amount, code, name, number, verdict, where
from scanner_app.workflows.questions.shown import Shown
from scanner_app.workflows.today import phrases as say


def options(mine: MyEvents) -> tuple[Option, ...]:
    """An event each: when, what, from where to where, and what became of it."""
    return tuple(Option(event.id, parts=_parts(event)) for event in mine.events)


def details(event: MyEvent) -> tuple[Shown, ...]:
    """Everything that is known of an event; why it came back last, nearest to what may be done about it."""
    return tuple(line for line in _lines(event) if line.text or line.phrase or line.parts)


def _lines(event: MyEvent) -> Iterator[Shown]:
    yield Shown(parts=_parts(event))
    if event.name:
        yield Shown(labels.GOODS, parts=(name(event.name),))
    yield Shown(labels.LOT, event.key.lot)
    yield from (Shown(labels.SERIAL, serial) for serial in event.serials or (event.key.serial,))
    yield Shown(labels.FROM, _place(event.source))
    yield Shown(labels.TARGET, _place(event.target))
    yield Shown(say.L_WHEN, event.at)
    yield Shown(say.L_BY, event.by)
    for typed in dict.fromkeys(event.typed):
        yield Shown(say.L_TYPED, phrase=REASONS.get(typed, TYPED))
    for reason in event.reasons:
        known = say.REASONS.get(reason)
        yield Shown(say.L_WHY, phrase=known or say.OTHER_REASON, arguments={"reason": reason})


def _parts(event: MyEvent) -> tuple[Part, ...]:
    lines = say.LINES | (say.OF_COUNTS if event.is_count else {})
    became = verdict(lines.get(event.state, say.OTHER_LINE), {"state": event.state})
    way = f"{_place(event.source)}>{_place(event.target)}" if event.target else event.source
    return code(event.at), *_what(event), code(way), became


def _what(event: MyEvent) -> tuple[Part, ...]:
    if event.closed:
        item = event.key.item
        return number(""), where(say.NO_MORE_OF, {"item": item}) if item else where(say.NOTHING_ELSE)
    if event.plate:
        return number(""), code(event.plate)
    more = f" +{event.others}" if event.others else ""
    return amount(event.quantity, event.unit), code(f"{event.key.item}{more}")


def _place(place: str) -> str:
    """A hand has no label."""
    return "*" if is_virtual(place) else place
