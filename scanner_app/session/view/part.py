"""A part of a line in words, and what a face may do to it where there is little room."""

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct


class Kind(StrEnum):
    """A code tells rows apart; it, a number with its unit and a verdict are never cut.

    A name may be shortened. What is extra is left out, too, where it would take a row of its own.
    """

    CODE = "code"
    NAME = "name"
    EXTRA = "extra"
    QUANTITY = "quantity"
    VERDICT = "verdict"


class Part(Struct, frozen=True):
    """An empty one holds the place of a column."""

    text: str
    kind: Kind = Kind.CODE


def joined(parts: Sequence[Part]) -> str:
    """The parts as a line of text, a verdict behind a colon."""
    text = ""
    for part in parts:
        between = "" if not text else ": " if part.kind is Kind.VERDICT else " "
        text += between + part.text if part.text else ""
    return text
