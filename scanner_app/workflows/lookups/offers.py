"""The look-up of what is offered: what an operator may do here, and what the site uses of what there is."""

from enum import StrEnum

from msgspec import Struct

from scanner_app.domain.people import Right
from scanner_app.workflows.lookups.look import Examples, Look


class Use(StrEnum):
    """What not every site has: what is only for it is not listed where there is none."""

    PLATES = "plates"
    """There are license plates, or places where only plates belong."""


class Offer(Struct, frozen=True, tag="offer"):
    """The names of rights and of uses."""

    rights: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()


EVERYTHING = Offer(tuple(Right), tuple(Use))


class Offers(Look, frozen=True, tag="offers"):
    """Look up what an operator may do, and what the site uses of what there is."""

    operator: str

    @property
    def unasked(self) -> Offer:
        """An older menu listed everything, and a right that is missing was met behind it."""
        return EVERYTHING

    def examples(self) -> Examples:
        return (("", EVERYTHING),)
