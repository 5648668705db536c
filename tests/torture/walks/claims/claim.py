"""A claim: whether an event of the journal is what a sentence says of it, and how much a sentence says."""

from collections.abc import Callable
from decimal import Decimal

from scanner_app.domain.events.event import Event
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.quantity import SCALE
from scanner_app.workflows.phrases.said import Said
from tests.torture.walks.book import Book
from tests.torture.walks.place import UNITS

Claim = Callable[[Fact, Said, Event, Book], bool]


def micro(words: str) -> int:
    """So much, as it is said, in millionths of the base unit."""
    number, _, unit = words.partition(" ")
    return int(Decimal(number) * UNITS[unit] * SCALE)
