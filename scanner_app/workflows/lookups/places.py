"""Look-ups of places: whether work may go on at one, and what is beside it."""

from msgspec import Struct

from scanner_app.workflows.lookups.look import Examples, Look
from scanner_app.workflows.lookups.samples import PLACE, PLATE


class Whereabouts(Struct, frozen=True, tag="whereabouts", omit_defaults=True):
    """A place as it is now: ``state`` is empty when the site does not know it.

    A plate stands at ``location`` or on the plate ``parent``; ``at`` is the location that its parents lead to, and
    ``layers`` how many plates are stacked on it.
    """

    place: str
    state: str = ""
    is_plate: bool = False
    location: str = ""
    parent: str = ""
    at: str = ""
    layers: int = 0


class Where(Look, frozen=True, tag="where"):
    """Look up whether work may go on at a place, and where it stands if it is a plate."""

    place: str

    def examples(self) -> Examples:
        is_plate = self.place == PLATE
        return (("", Whereabouts(self.place, "open", is_plate=is_plate, location=PLACE, at=PLACE)),)


class Neighbour(Struct, frozen=True, array_like=True):
    """A location beside another; ``rows`` counts stock rows and plates there, up to a few."""

    place: str
    state: str
    rows: int


class Neighbours(Struct, frozen=True, tag="neighbours"):
    """In walk order, the location itself among them; empty around what is no location."""

    spots: tuple[Neighbour, ...] = ()


class Around(Look, frozen=True, tag="around"):
    """Look up the locations before and after one in walk order, at most ``spots_max`` each way."""

    place: str
    spots_max: int = 24

    def examples(self) -> Examples:
        return (("", Neighbours((Neighbour(self.place, "open", 1),))),)
