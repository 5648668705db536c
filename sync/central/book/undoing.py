"""Undoing (reversal): an event leaves the book, or comes back to it, at its own instant, for the cause of another."""

from typing import NamedTuple

from scanner_app.domain.events.envelope import Envelope
from scanner_app.domain.events.fact import Fact


class Undoing(NamedTuple):
    """The event ``cause`` makes another one dead (``sign`` -1) or alive again (1), or leaves it as it was (0).

    ``is_decided``: by what it says of it, and not because that never happened.
    """

    cause: str
    envelope: Envelope
    fact: Fact
    sign: int
    is_decided: bool = False
