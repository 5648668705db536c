"""A label: what one code says of goods or of a load unit, held together; and why another reading of it was refused."""

from collections.abc import Sequence
from enum import StrEnum
from functools import reduce

from msgspec import Struct


class Why(StrEnum):
    """What is wrong with a reading of a text. What is only *doubtful* is read, and in parts not to be believed."""

    NOTHING = ""
    MISREAD = "misread"
    """A check digit or a check character in it is wrong."""
    WRONG_DIGIT = "wrong_digit"
    """A bare number of the length of a GTIN or an SSCC with a wrong check digit: it may be a number of another kind."""
    BAD_DATE = "bad_date"
    BAD_VALUE = "bad_value"
    """A country, a currency or the like that there is none of, or a piece of more than there are."""
    CONTRADICTS = "contradicts"
    """Two elements that exclude each other: what is meant is not known."""
    MALFORMED = "malformed"
    """The symbol says that it is a label, and its text is none."""
    TOO_LONG = "too_long"
    TWICE = "twice"
    """One thing is said twice, and not the same: two labels in one line."""
    NO_SEPARATOR = "no_separator"
    """Where an element ends was lost, and what follows it is a date: where is not known."""
    NO_SIGNS = "no_signs"
    """The signs that part it were lost on the way, all of them: nothing of it is known."""
    PERHAPS_NONE = "perhaps_none"
    """An element may hold another, or happen to look so: separators may be lost."""


_PARTS = {
    **{(unit, unit): 1 for unit in ("kg", "lb", "l", "m", "m2", "m3", "ft", "yd", "gal", "oz")},
    ("kg", "g"): 1000, ("l", "ml"): 1000, ("l", "cl"): 100, ("m", "cm"): 100, ("m", "mm"): 1000,
}  # fmt: skip
"""How many of a site's unit one of a label's is."""
DOUBTFUL = frozenset({Why.NO_SEPARATOR, Why.PERHAPS_NONE})


class Label(Struct, frozen=True):
    """What one label says that this program uses; empty or zero when absent.

    ``gtin`` is the item's code; of a load unit it is that of the items on it. ``sscc`` is the load unit: an SSCC, or
    what its issuer calls it; ``item`` the code of an item that has no GTIN. ``expires`` is an ISO day. ``pieces``
    counts base units (AI 30), ``contained`` counts the trade items of ``gtin`` on a load unit (AI 37), ``measured`` is
    how much it is of the unit ``measure``, in millionths.
    """

    gtin: str = ""
    sscc: str = ""
    lot: str = ""
    serial: str = ""
    expires: str = ""
    pieces: int = 0
    contained: int = 0
    item: str = ""
    measured: int = 0
    measure: str = ""

    @property
    def names_item(self) -> bool:
        return bool(self.gtin or self.item)

    def measured_in(self, unit: str) -> int:
        """How much it is in a unit of the site, in millionths; 0 where it does not say so."""
        return self.measured * _PARTS.get((self.measure, unit.lower()), 0)

    @property
    def is_of_goods(self) -> bool:
        return bool(self.names_item or self.lot or self.serial)


class Ways(Struct, frozen=True):
    """The ways to read one text as a label, as its separators have it first; none where ``why`` refuses all.

    ``said`` are the elements of the first, ``needs`` those of them that need another one.
    """

    labels: tuple[Label, ...] = ()
    why: Why = Why.NOTHING
    said: tuple[tuple[str, str], ...] = ()
    needs: tuple[str, ...] = ()

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
