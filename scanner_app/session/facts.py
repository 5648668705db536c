"""Facts: what the site knows of a reading, gathered by what the question wants, before it judges."""

from msgspec.structs import replace

from scanner_app.domain.capture.barcode import Reading
from scanner_app.domain.quantity import split_unit
from scanner_app.store.store import Store
from scanner_app.workflows.questions.facts import Facts, KnownPlace, Wanted


def facts_of(store: Store, wanted: Wanted, reading: Reading, *, is_typed: bool = False) -> Facts:
    """What the codes of a reading mean, and beside it what is ``wanted``."""
    facts = store.catalog.identify(reading.codes, people=False)
    if wanted.places:
        facts = replace(facts, places=_places(store, wanted, reading, facts))
    if wanted.units_of and not facts.is_known and split_unit(reading.text)[1]:
        facts = replace(facts, units=store.catalog.units(wanted.units_of))
    if wanted.marks:
        facts = replace(facts, marks=store.inquiries.marks(reading.codes))
    return _by_hand(facts) if is_typed else facts


def _places(store: Store, wanted: Wanted, reading: Reading, facts: Facts) -> tuple[KnownPlace, ...]:
    is_checked = wanted.checked and not facts.is_known
    places = _by_digits(store, reading.text) if is_checked else facts.places
    return tuple(store.places.seen(place, wanted.brings) for place in places)


def _by_digits(store: Store, text: str) -> tuple[KnownPlace, ...]:
    """A place by a label that holds its check digits behind its name."""
    name, digits = store.places.checked(text)
    places = store.catalog.identify((name,), people=False).places if name else ()
    return tuple(replace(place, read_digits=digits) for place in places)


def _by_hand(facts: Facts) -> Facts:
    return replace(facts, is_typed=True, places=tuple(replace(place, is_typed=True) for place in facts.places))
