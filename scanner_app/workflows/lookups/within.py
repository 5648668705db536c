"""The look-up of limits: how far what is taken goes by those of the site."""

from msgspec import Struct

from scanner_app.domain.limits.judged import Level
from scanner_app.workflows.lookups.look import Examples, Look


class Taking(Struct, frozen=True, array_like=True):
    """So many micro-units of an item leave a place."""

    place: str
    item: str
    quantity: int


class Far(Struct, frozen=True, tag="far"):
    """How far it goes, a ``Level``; so far because it ``lacks_cost``, where a limit of value holds for it."""

    level: int = Level.USUAL
    lacks_cost: bool = False


class Within(Look, frozen=True, tag="within"):
    """Look up how far what an operator takes in a process goes, by the limits of the site."""

    operator: str
    process: str
    taken: tuple[Taking, ...] = ()

    @property
    def unasked(self) -> Far:
        return Far()

    def examples(self) -> Examples:
        return ("", Far()), ("above a limit", Far(Level.CASE)), ("no cost", Far(Level.CASE, True))
