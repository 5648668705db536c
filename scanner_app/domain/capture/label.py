"""A label: what one code says of goods or of a load unit, held together; and why another reading of it was refused."""

from collections.abc import Sequence
from enum import StrEnum
from functools import reduce

from msgspec import Struct


class Why(StrEnum):
    """What is wrong with a reading of a text. What is only *doubtful* is read, and in parts not to be believed."""

    NOTHING = ""
    MISREAD = "misread"
    """A GTIN or an SSCC in it has a wrong check digit."""
    WRONG_DIGIT = "wrong_digit"
    """A bare number of the length of a GTIN or an SSCC with a wrong check digit: it may be a number of another kind."""
    BAD_DATE = "bad_date"
    MALFORMED = "malformed"
    """The symbol says that it is a label, and its text is none."""
    TOO_LONG = "too_long"
    TWICE = "twice"
    """One thing is said twice, and not the same: two labels in one line."""
    NO_SEPARATOR = "no_separator"
    """Where an element ends was lost, and what follows it is a date: where is not known."""
    PERHAPS_NONE = "perhaps_none"
    """An element may hold another, or happen to look so: separators may be lost."""


DOUBTFUL = frozenset({Why.NO_SEPARATOR, Why.PERHAPS_NONE})


class Label(Struct, frozen=True):
    """What one GS1 label says that this program uses; empty or zero when absent.

    ``gtin`` is the item's code; of a load unit (``sscc``) it is that of the items on it. ``expires`` is an ISO day.
    ``pieces`` counts base units (AI 30), ``contained`` counts the trade items of ``gtin`` on a load unit (AI 37).
    """

    gtin: str = ""
    sscc: str = ""
    lot: str = ""
    serial: str = ""
    expires: str = ""
    pieces: int = 0
    contained: int = 0

    @property
    def is_of_goods(self) -> bool:
        return bool(self.gtin or self.lot or self.serial)


class Ways(Struct, frozen=True):
    """The ways to read one text as a label, as its separators have it first; none where ``why`` refuses all."""

    labels: tuple[Label, ...] = ()
    why: Why = Why.NOTHING

    @property
    def sure(self) -> Label | None:
        """What all ways agree on."""
        return reduce(_common, self.labels) if self.labels else None


def _common(one: Label, other: Label) -> Label:
    kept = {name: getattr(one, name) for name in Label.__struct_fields__ if getattr(one, name) == getattr(other, name)}
    return Label(**kept)


def known_way(labels: Sequence[Label], field: str, known: frozenset[str]) -> str:
    """What a field is if exactly one of the ways gives it a text that is ``known``; empty otherwise."""
    found = {text for label in labels if (text := getattr(label, field)) in known}
    return found.pop() if len(found) == 1 else ""
