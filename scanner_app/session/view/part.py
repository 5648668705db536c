"""A part of a line in words, and what a face may do to it where there is little room."""

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct


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
    """An empty one holds the place of a column."""

    text: str
    kind: Kind = Kind.CODE


def joined(parts: Sequence[Part]) -> str:
    """The parts as a line of text, a verdict behind a colon; what is told beside is left out."""
    text = ""
    for part in parts:
        if part.kind is Kind.BESIDE:
            continue
        between = "" if not text else ": " if part.kind is Kind.VERDICT else " "
        text += between + part.text if part.text else ""
    return text
