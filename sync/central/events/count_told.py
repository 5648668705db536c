"""Of which count a fact tells something, by the name that tells it apart from the counts of every other device."""

from scanner_app.domain.counting.identity import count_name
from scanner_app.domain.events.envelope import Envelope
from scanner_app.domain.events.fact import Fact


def count_told(envelope: Envelope, fact: Fact | None) -> str:
    """The name of the count; empty where the fact is of none.

    Nobody at the centre asks a fact itself: what it calls its count is the word of whoever made it.
    """
    return count_name(envelope.device, fact.count) if fact else ""
