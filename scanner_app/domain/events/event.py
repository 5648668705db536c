"""An event: a fact in the past tense of the floor, in an envelope that never changes once written.

One definition serves the device's journal, the wire, the centre's validation and the API schema.
"""

from scanner_app.domain.events.envelope import Envelope
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.ledger import Posting, postings_of_legs


class Event(Envelope, frozen=True, kw_only=True):
    """An event whose fact this program understands."""

    fact: Fact  # type: ignore[assignment]


def postings(envelope: Envelope, fact: Fact) -> list[Posting]:
    """Return the balanced postings of an event, each leg at its own settled instant; none without legs."""
    return postings_of_legs(fact.legs, envelope.offset_us, envelope.device, envelope.epoch, envelope.sequence)
