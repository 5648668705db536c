"""An event: a fact in the past tense of the floor, in an envelope that never changes once written.

One definition serves the device's journal, the wire, the centre's validation and the API schema.
"""

from scanner_app.domain.events.envelope import Envelope
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.ledger import Posting, postings_of_legs


class Event(Envelope, frozen=True, kw_only=True):
    """An event whose fact this program understands."""

    fact: Fact  # type: ignore[assignment]


def span_us(envelope: Envelope, fact: Fact) -> tuple[int, int]:
    """The first and the last settled instant that a fact names anywhere, in whatever order its legs are."""
    times = [leg.wall_us for leg in fact.legs]
    times.append(fact.last_us)
    if line := fact.line:
        times.append(line.begun_us)
    if closing := fact.closing:
        times.append(closing.begun_us)
    if stand := fact.stand:
        times.append(stand.wall_us)
    return min(times) + envelope.offset_us, max(times) + envelope.offset_us


def postings(envelope: Envelope, fact: Fact) -> list[Posting]:
    """Return the balanced postings of an event, each leg at its own settled instant; none without legs."""
    return postings_of_legs(fact.legs, envelope.offset_us, envelope.device, envelope.epoch, envelope.sequence)
