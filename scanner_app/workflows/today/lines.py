"""Own events as lines: one each in the list, and all that is known of one."""

from collections.abc import Iterator

from scanner_app.domain.ledger import is_virtual
from scanner_app.domain.quantity import show_quantity
from scanner_app.workflows.engine.typed_phrases import REASONS, TYPED
from scanner_app.workflows.lookups.own_events import MyEvent, MyEvents
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.questions.shown import Shown
from scanner_app.workflows.today import phrases as say


def options(mine: MyEvents) -> tuple[Option, ...]:
    """A sentence an event: when, what, from where to where, and what became of it."""
    return tuple(Option(one.id, phrase=_sentence(one), arguments=_arguments(one)) for one in mine.events)


def details(one: MyEvent) -> tuple[Shown, ...]:
    """Everything that is known of an event; why it came back last, nearest to what may be done about it."""
    return tuple(line for line in _lines(one) if line.text or line.phrase)


def _lines(one: MyEvent) -> Iterator[Shown]:
    yield Shown(phrase=_sentence(one), arguments=_arguments(one))
    yield Shown(labels.GOODS, one.name)
    yield Shown(labels.LOT, one.key.lot)
    yield Shown(labels.SERIAL, one.key.serial)
    yield Shown(labels.FROM, _place(one.source))
    yield Shown(labels.TARGET, _place(one.target))
    yield Shown(say.L_WHEN, one.at)
    for typed in dict.fromkeys(one.typed):
        yield Shown(say.L_TYPED, phrase=REASONS.get(typed, TYPED))
    for reason in one.reasons:
        known = say.REASONS.get(reason)
        yield Shown(say.L_WHY, phrase=known or say.OTHER_REASON, arguments={"reason": reason})


def _sentence(one: MyEvent) -> Phrase:
    return say.LINES.get(one.state, say.OTHER_LINE)


def _arguments(one: MyEvent) -> dict[str, str]:
    return {"what": f"{one.at} {_what(one)} {_way(one)}", "state": one.state}


def _what(one: MyEvent) -> str:
    if one.plate:
        return one.plate
    more = f" +{one.others}" if one.others else ""
    return f"{show_quantity(one.quantity)} {one.unit} {one.key.item}{more}"


def _way(one: MyEvent) -> str:
    return f"{_place(one.source)}>{_place(one.target)}"


def _place(place: str) -> str:
    """A hand has no label."""
    return "*" if is_virtual(place) else place
