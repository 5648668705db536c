"""What master data knows of a scanned code: everything a judge may need, gathered before it judges."""

from msgspec import Struct

from scanner_app.domain.catalog import LocationState


class FoundPlace(Struct, frozen=True):
    """A location or a license plate; plates are always open."""

    place: str
    state: LocationState = LocationState.OPEN


class FoundGoods(Struct, frozen=True):
    """An item by one of its codes; ``factor`` micro-units of the base unit are in one ``unit``."""

    item: str
    name: str
    unit: str
    factor: int


class FoundPerson(Struct, frozen=True):
    operator: str
    name: str


class Bar(Struct, frozen=True):
    """Too many wrong PINs: none is looked at for so long, or (locked) until the centre was reached."""

    wait_s: int = 0
    is_locked: bool = False


class Facts(Struct, frozen=True):
    """All that a code may mean.

    ``verified`` says whether a secret was right, ``bar`` what keeps people from signing in; ``people_known`` whether
    anybody can sign in at all.
    """

    places: tuple[FoundPlace, ...] = ()
    goods: tuple[FoundGoods, ...] = ()
    people: tuple[FoundPerson, ...] = ()
    verified: bool = False
    bar: Bar | None = None
    people_known: bool = True

    @property
    def is_known(self) -> bool:
        return bool(self.places or self.goods or self.people)
