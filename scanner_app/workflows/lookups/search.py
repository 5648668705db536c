"""The look-up of a typed text: all that it may mean."""

from msgspec import Struct

from scanner_app.workflows.lookups.look import Examples, Look
from scanner_app.workflows.lookups.samples import ITEM


class Hit(Struct, frozen=True, array_like=True):
    """One thing that a text may mean: its kind (place, item, lot, serial, owner), its code and its name."""

    kind: str
    code: str
    name: str = ""


class Hits(Struct, frozen=True, tag="hits"):
    """``more`` is 1 when there are others."""

    hits: tuple[Hit, ...]
    more: int = 0


class Find(Look, frozen=True, tag="find"):
    """Look up all that a typed text may mean: a code, or the beginnings of words of a name."""

    text: str
    hits_max: int = 99

    def examples(self) -> Examples:
        return ("", Hits((Hit("item", ITEM, "name"),))), ("nothing found", Hits(()))
