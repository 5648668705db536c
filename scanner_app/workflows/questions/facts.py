"""What is known of a scanned code, gathered before it is judged; what is booked is the fact of an event."""

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from scanner_app.domain.catalog import LocationState
from scanner_app.workflows.lookups.search import Hit
from scanner_app.workflows.questions.bar import Bar


class Mix(StrEnum):
    """What would lie together at a place that forbids it."""

    NOTHING = ""
    ITEMS = "items"
    LOTS = "lots"


class KnownPlace(Struct, frozen=True):
    """A location or a license plate; the ``state`` is that of the location, for a plate the one it stands ``at``.

    ``digits`` are its check digits and ``read_digits`` those that the label held, unless there was none (``is_typed``).
    The profile of a location that ``is_strict`` forbids something: loose goods where it ``wants_plate``, or to ``mix``
    things. ``carriers`` are the plates that a plate stands on, nearest first.
    """

    place: str
    state: LocationState = LocationState.OPEN
    is_plate: bool = False
    digits: str = ""
    read_digits: str = ""
    at: str = ""
    is_typed: bool = False
    is_strict: bool = False
    wants_plate: bool = False
    mix: Mix = Mix.NOTHING
    carriers: tuple[str, ...] = ()


class KnownGoods(Struct, frozen=True):
    """An item by one of its codes; ``factor`` micro-units of the base unit are in one ``unit``."""

    item: str
    name: str
    unit: str
    factor: int


class KnownPerson(Struct, frozen=True):
    operator: str
    name: str


class KnownUnit(Struct, frozen=True):
    """A unit of an item: ``factor`` micro-units of the base unit are in one."""

    unit: str
    factor: int


class KnownMark(Struct, frozen=True):
    """A lot or a serial (``mark``) that there is stock of, and its item."""

    mark: str
    item: str


class Facts(Struct, frozen=True):
    """All that a code may mean.

    ``is_typed`` says that no scanner sent it. ``units`` are those of the item in question, when one was named;
    ``marks`` the lots, serials and owners of a code to be looked at; ``marked`` what a code that is nothing else is the
    lot or serial of. ``verified`` says whether a secret was right, ``bar`` what keeps people from signing in;
    ``people_known`` whether anybody can sign in at all. ``verifier`` is that of a new PIN, ``is_simple`` says that it
    is one of those that others would try.
    """

    places: tuple[KnownPlace, ...] = ()
    goods: tuple[KnownGoods, ...] = ()
    people: tuple[KnownPerson, ...] = ()
    units: tuple[KnownUnit, ...] = ()
    is_typed: bool = False
    marks: tuple[Hit, ...] = ()
    marked: KnownMark | None = None
    verified: bool = False
    bar: Bar | None = None
    people_known: bool = True
    verifier: str = ""
    is_simple: bool = False

    def only(self, kind: str, code: str, unit: str) -> "Facts":
        """What is left when a code means one thing of several."""
        places = tuple(place for place in self.places if (kind, code) == ("place", place.place))
        goods = tuple(goods for goods in self.goods if (kind, code, unit) == ("item", goods.item, goods.unit))
        return replace(self, places=places, goods=goods, people=())

    @property
    def is_known(self) -> bool:
        return bool(self.places or self.goods or self.people)


class Wanted(Struct, frozen=True):
    """What a question wants to be known of a reading, beside what its codes mean; whoever gathers facts goes by it.

    ``places``: the state of places, and whether goods that are ``brings``, (item, lot) pairs, may lie there; and if
    ``checked``, also a place by a label that holds check digits behind its name. ``units_of``: the units of an item,
    where one was typed. ``marks``: lots, serials and owners. ``badges``: whose badge it is; ``pin_of``: whether it is
    the PIN of that operator; ``new_pin_of``: its verifier as a new one of that operator; ``pin_like``: whether it is
    the PIN of that verifier. Nothing else is looked up where one of the last four is wanted.
    """

    places: bool = False
    checked: bool = False
    brings: tuple[tuple[str, str], ...] = ()
    units_of: str = ""
    marks: bool = False
    badges: bool = False
    pin_of: str | None = None
    new_pin_of: str | None = None
    pin_like: str = ""

    @property
    def is_of_people(self) -> bool:
        return self.badges or self.pin_of is not None or self.new_pin_of is not None or bool(self.pin_like)
