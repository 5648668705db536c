"""Facts: everything that a judge may need of a reading at a question, gathered before it judges."""

from msgspec.structs import replace

from scanner_app.domain.capture.barcode import Reading
from scanner_app.domain.quantity import split_unit
from scanner_app.store.store import Store
from scanner_app.workflows.questions.ask import (
    AskDigits,
    AskGoods,
    AskPick,
    AskPlace,
    AskPlate,
    AskQuantity,
    AskSubject,
    Question,
)
from scanner_app.workflows.questions.facts import Facts, FoundPlace

_PLACES = (AskPlace, AskGoods, AskPlate, AskPick, AskDigits)


def facts_of(store: Store, question: Question | None, reading: Reading, *, is_typed: bool = False) -> Facts:
    """What the site knows of a reading, and beside it what only this question wants to know."""
    facts = _found(store, question, reading)
    if not is_typed:
        return facts
    return replace(facts, is_typed=True, places=tuple(replace(place, is_typed=True) for place in facts.places))


def _found(store: Store, question: Question | None, reading: Reading) -> Facts:
    facts = store.catalog.identify(reading.codes, people=False)
    if isinstance(question, AskQuantity):
        return _at_quantity(store, question, reading, facts)
    if isinstance(question, _PLACES):
        brings = question.brings if isinstance(question, AskPlace) else ()
        return _at_place(store, brings, reading, facts)
    if isinstance(question, AskSubject):
        return replace(facts, marks=store.inquiries.marks(reading.codes))
    return facts


def _at_quantity(store: Store, question: AskQuantity, reading: Reading, facts: Facts) -> Facts:
    if question.ends is not None and facts.places:
        return _at_place(store, question.ends.brings, reading, facts)
    if not facts.is_known and split_unit(reading.text)[1]:
        return replace(facts, units=store.catalog.units(question.item))
    return facts


def _at_place(store: Store, brings: tuple[tuple[str, str], ...], reading: Reading, facts: Facts) -> Facts:
    places = facts.places
    if not facts.is_known:
        places = _by_digits(store, reading.text)
    return replace(facts, places=tuple(store.places.seen(place, brings) for place in places)) if places else facts


def _by_digits(store: Store, text: str) -> tuple[FoundPlace, ...]:
    """A place by a label that holds its check digits behind its name."""
    name, digits = store.places.checked(text)
    places = store.catalog.identify((name,), people=False).places if name else ()
    return tuple(replace(place, read_digits=digits) for place in places)
