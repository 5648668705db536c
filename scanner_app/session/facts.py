"""Facts: what the site knows of a reading, gathered by what the question wants, before it judges."""

from collections.abc import Collection

from msgspec.structs import replace

from scanner_app.domain.capture.barcode import Reading, read
from scanner_app.domain.catalog import LocationState
from scanner_app.domain.quantity import split_unit
from scanner_app.domain.recognition.label import Label
from scanner_app.session.counting.blind import NOTHING, Hidden
from scanner_app.store.store import Store
from scanner_app.workflows.questions.facts import Facts, KnownMark, KnownPlace, Mix, Wanted
from scanner_app.workflows.questions.goods_label import MARKS


def facts_of(
    store: Store, wanted: Wanted, reading: Reading, *, is_typed: bool = False, hidden: Hidden = NOTHING
) -> Facts:  # fmt: skip
    """What the codes of a reading mean, and beside it what is ``wanted``; of places that are ``hidden`` nothing."""
    facts = store.catalog.identify(reading.codes, people=False)
    if facts.places and reading.label and reading.label.sscc:
        facts = replace(facts, goods=())  # the label of a plate: what it says of goods is what is on it
    if wanted.places:
        facts = replace(facts, places=_places(store, wanted, reading, facts, hidden))
        facts = facts if facts.is_known else replace(facts, marked=_marked(store, reading, hidden))
    if wanted.units_of and not facts.is_known and split_unit(reading.text)[1]:
        facts = replace(facts, units=store.catalog.units(wanted.units_of))
    if wanted.marks:
        facts = replace(facts, marks=store.inquiries.marks(reading.codes, hidden))
    return _by_hand(facts) if is_typed else facts


def knows(store: Store, reading: Reading, hidden: Hidden = NOTHING) -> bool:
    """Say whether the site knows one of the codes of a reading as anything, but for what is at ``hidden`` places."""
    codes = (reading.text, *reading.codes)
    return store.catalog.identify(codes, people=True).is_known or bool(store.inquiries.marks(codes, hidden))


def known_of(store: Store, texts: Collection[str], hidden: Hidden = NOTHING) -> frozenset[str]:
    """The texts of which the site knows a code, the line of a label among them; asked for all of them at once."""
    readings = {text: reading for text in texts if isinstance(reading := read(text.encode()), Reading)}
    codes = tuple({code for reading in readings.values() for code in (reading.text, *reading.codes)})
    if not codes or not (store.catalog.identify(codes, people=True).is_known or store.inquiries.marks(codes, hidden)):
        return frozenset()
    return frozenset(text for text, reading in readings.items() if knows(store, reading, hidden))


def meant(store: Store, reading: Reading) -> Reading:
    """The reading that holds: what only looks like a label is none where the site knows its text as it stands."""
    return reading.plain if reading.by_looks and stands(store, reading.text) else reading


def stands(store: Store, text: str) -> bool:
    """Say whether the site knows a text as it stands, whatever it may be a label of."""
    return store.catalog.identify((text,), people=True).is_known


def _marked(store: Store, reading: Reading, hidden: Hidden) -> KnownMark | None:
    """What a code is the lot or the serial of, when it is nothing else."""
    label = reading.label or Label(lot=reading.text, serial=reading.text)
    marks = ((mark, getattr(label, mark)) for mark in MARKS if not label.names_item)
    found = ((mark, store.inquiries.item_marked(mark, code, hidden)) for mark, code in marks if code)
    return next((KnownMark(mark, item) for mark, item in found if item), None)


def _places(
    store: Store, wanted: Wanted, reading: Reading, facts: Facts, hidden: Hidden
) -> tuple[KnownPlace, ...]:  # fmt: skip
    is_checked = wanted.checked and not facts.is_known
    places = _by_digits(store, reading.text) if is_checked else facts.places
    return tuple(_untold(store.places.seen(place, wanted.brings), hidden) for place in places)


def _untold(place: KnownPlace, hidden: Hidden) -> KnownPlace:
    """A place without what stands there, or a plate without where it stands, where that is hidden."""
    if place.is_plate and hidden.intersection((place.place, place.at, *place.carriers)):
        return replace(place, at=place.place, state=LocationState.OPEN, carriers=())
    return replace(place, mix=Mix.NOTHING) if place.place in hidden else place


def _by_digits(store: Store, text: str) -> tuple[KnownPlace, ...]:
    """A place by a label that holds its check digits behind its name."""
    name, digits = store.places.checked(text)
    places = store.catalog.identify((name,), people=False).places if name else ()
    return tuple(replace(place, read_digits=digits) for place in places)


def _by_hand(facts: Facts) -> Facts:
    return replace(facts, is_typed=True, places=tuple(replace(place, is_typed=True) for place in facts.places))
