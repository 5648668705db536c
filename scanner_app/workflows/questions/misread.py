"""Mistakes: a fault of what was read, else what that is known as; each sentence ends with what is wanted instead."""

from scanner_app.domain.capture.barcode import Reading
from scanner_app.domain.recognition.candidate import Kind
from scanner_app.domain.recognition.label import DOUBTFUL, Why
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions import label_phrases
from scanner_app.workflows.questions import phrases as say
from scanner_app.workflows.questions.facts import Facts, KnownMark
from scanner_app.workflows.questions.judgement import Refused, refused

WANTED = "wanted"
"""The argument of a refusal that holds the key of the sentence which says what is wanted instead."""
SENTENCES: dict[Why, Phrase] = {
    Why.MISREAD: label_phrases.MISREAD,
    Why.WRONG_DIGIT: label_phrases.WRONG_DIGIT,
    Why.BAD_DATE: label_phrases.BAD_DATE,
    Why.BAD_VALUE: label_phrases.BAD_VALUE,
    Why.CONTRADICTS: label_phrases.CONTRADICTS,
    Why.NO_SIGNS: label_phrases.NO_SIGNS,
    Why.MALFORMED: label_phrases.MALFORMED,
    Why.TOO_LONG: label_phrases.LABEL_TOO_LONG,
    Why.TWICE: label_phrases.TWICE,
}
NAMED: dict[Kind, Phrase] = {
    Kind.WIFI: label_phrases.WIFI,
    Kind.LINK: label_phrases.LINK,
    Kind.PACKED_LINK: label_phrases.PACKED_LINK,
    Kind.PARCEL: label_phrases.PARCEL,
    Kind.CONTACT: label_phrases.CONTACT,
    Kind.MAIL: label_phrases.MAIL,
    Kind.PHONE: label_phrases.PHONE,
    Kind.MESSAGE: label_phrases.MESSAGE,
    Kind.POSITION: label_phrases.POSITION,
    Kind.APPOINTMENT: label_phrases.APPOINTMENT,
    Kind.PAYMENT: label_phrases.PAYMENT,
    Kind.LOGIN: label_phrases.LOGIN,
    Kind.TICKET: label_phrases.TICKET,
}
"""What a code is called that names neither goods nor a load unit."""
_NO_CODES = frozenset(NAMED) - {Kind.PARCEL}
"""What becomes no lot, serial or plate, either."""
OF_CODES = frozenset(Why) - DOUBTFUL - {Why.NOTHING}
"""What keeps a reading from being the code of anything."""
OF_LABELS = OF_CODES - {Why.WRONG_DIGIT}
"""The same where a bare number may be something else than a code."""


def fault_of(reading: Reading, facts: Facts, minded: frozenset[Why]) -> Refused | None:
    """Refuse a reading with one of the faults that are ``minded``, unless the site knows its text as it stands.

    Where faults are minded, codes are read: what is no code of anything is refused by its name.
    """
    if facts.is_known or facts.marks:
        return None
    if minded and reading.kind in _NO_CODES:
        return refused(NAMED[reading.kind])
    return refused(SENTENCES[reading.why]) if reading.why in minded else None


def misread(facts: Facts, otherwise: Phrase = say.UNKNOWN_CODE) -> Refused:
    """Say what it is that was read; ``otherwise`` where the site does not know it."""
    if facts.places:
        return refused(say.IS_PLATE if facts.places[0].is_plate else say.IS_PLACE)
    if facts.goods:
        return refused(say.IS_ITEM)
    if facts.people:
        return refused(say.NOT_HERE)
    return _of_an_item(facts.marked) if facts.marked else refused(otherwise)


def _of_an_item(marked: KnownMark) -> Refused:
    return refused(label_phrases.LOT_OF if marked.mark == "lot" else label_phrases.SERIAL_OF, item=marked.item)


def unknown(reading: Reading) -> Phrase:
    """What is said of a code that nobody knows: a label may name an item, or only what goes with one."""
    label = reading.label
    if label is None or (label.sscc and not label.names_item):
        return NAMED.get(reading.kind, say.UNKNOWN_CODE)
    if label.names_item:
        return label_phrases.UNKNOWN_ITEM
    return label_phrases.HALF if reading.needs_more else label_phrases.NO_ITEM
