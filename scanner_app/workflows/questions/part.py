"""A part of a row: what it says, and what may become of it where a screen has little room."""

from enum import StrEnum

from msgspec import Struct

from scanner_app.domain.quantity import show_quantity
from scanner_app.workflows.phrases.book import Phrase


class Kind(StrEnum):
    """A code tells rows apart; it, a number with its unit and a verdict are never cut.

    A name may be shortened. What is extra is left out, too, where it would take a row of its own; and what is told
    beside stands only in a column, where a wide screen has room for one.
    """

    CODE = "code"
    NAME = "name"
    EXTRA = "extra"
    QUANTITY = "quantity"
    VERDICT = "verdict"
    BESIDE = "beside"


class Part(Struct, frozen=True):
    """Data (``text``) or a sentence (``phrase`` with its ``arguments``). An empty one holds the place of a column."""

    kind: Kind
    text: str = ""
    phrase: Phrase | None = None
    arguments: dict[str, str] = {}


def code(text: str) -> Part:
    """What tells one row from the next: an item, a place, a lot, a serial, a time."""
    return Part(Kind.CODE, text)


def name(text: str) -> Part:
    return Part(Kind.NAME, text)


def extra(text: str) -> Part:
    """A name of what is told apart by a code already: on a small screen it is one key away."""
    return Part(Kind.EXTRA, text)


def number(text: str) -> Part:
    """A quantity in words already, its unit behind it."""
    return Part(Kind.QUANTITY, text)


def amount(quantity: int, unit: str) -> Part:
    """A quantity in micro-units."""
    return number(f"{show_quantity(quantity)} {unit}".strip())


def verdict(phrase: Phrase, arguments: dict[str, str] | None = None) -> Part:
    """What became of it."""
    return Part(Kind.VERDICT, phrase=phrase, arguments=arguments or {})


def beside(phrase: Phrase, arguments: dict[str, str]) -> Part:
    """What a wide screen tells in a column of its own; elsewhere it is one key away."""
    return Part(Kind.BESIDE, phrase=phrase, arguments=arguments)


NOTHING_BESIDE = Part(Kind.BESIDE)
"""It holds the place of a column."""


def where(phrase: Phrase, arguments: dict[str, str] | None = None) -> Part:
    """A place that has no label, in words."""
    return Part(Kind.CODE, phrase=phrase, arguments=arguments or {})
