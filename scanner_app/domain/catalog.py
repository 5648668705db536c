"""Master data: what a site knows of its items, places, load units, owners and statuses.

Every struct here is at once the row of the device's cache and the row of the central feed: encoded as an array whose
first element names the kind, so that a new field is added at the end with a default and older devices ignore it.
``active=False`` is the tombstone of a row that the site no longer uses; a stock row of quantity zero is no row.
"""

from enum import StrEnum

from msgspec import Struct

from scanner_app.domain.clock import Instant

OWN = "OWN"
"""Owner of the site's own stock."""
AVAILABLE = "AVAILABLE"
"""The inventory status of usable stock."""
NO_LIMIT = -1
"""A limit that is not set; zero is a limit, too."""
DOUBT_MINUTES_MAX, BLIND_MINUTES = 15, 60
"""How they are where a site says nothing of it."""
PLATES_STACKED_MAX = 8
"""A plate on a plate on a plate ...: so many at most, the lowest one included."""


class Tracking(StrEnum):
    """Which identities an item's stock carries beside the item itself."""

    NONE = "none"
    LOT = "lot"
    SERIAL = "serial"
    LOT_SERIAL = "lot_serial"

    @property
    def wants_lot(self) -> bool:
        return self in (Tracking.LOT, Tracking.LOT_SERIAL)

    @property
    def wants_serial(self) -> bool:
        return self in (Tracking.SERIAL, Tracking.LOT_SERIAL)


class LocationState(StrEnum):
    """Whether work may go on at a location."""

    OPEN = "open"
    BLOCKED = "blocked"
    CLOSED = "closed"


class Site(Struct, frozen=True, array_like=True, tag="site"):
    """A warehouse; ``zone`` is its IANA time zone, for days and periods.

    ``taken_away`` are the rights that roles do not have here, as words (``people.TAKEN_AWAY``).

    Of counting: a recount that agrees stands by itself up to ``recount_value_max`` (micro-currency; NO_LIMIT: whatever
    it is worth). The uncertainty of a clock is taken into account up to ``doubt_minutes_max``. Who has counted a place
    is not told what the book has there for ``blind_minutes`` after the last entry.
    """

    site: str
    name: str
    zone: str = "UTC"
    active: bool = True
    taken_away: tuple[str, ...] = ()
    recount_value_max: int = NO_LIMIT
    doubt_minutes_max: int = DOUBT_MINUTES_MAX
    blind_minutes: int = BLIND_MINUTES


class Item(Struct, frozen=True, array_like=True, tag="item"):
    """What is kept: ``decimals`` of its base unit (0 = whole pieces), ``cost`` in micro-currency per base unit."""

    item: str
    name: str
    base_unit: str
    tracking: Tracking = Tracking.NONE
    has_expiry: bool = False
    decimals: int = 0
    cost: int = 0
    abc: str = "C"
    active: bool = True


class Unit(Struct, frozen=True, array_like=True, tag="unit"):
    """Another unit of an item; ``factor`` is its content in micro-units of the base unit (case of 12: 12,000,000)."""

    item: str
    unit: str
    factor: int
    active: bool = True


class Barcode(Struct, frozen=True, array_like=True, tag="barcode"):
    """A code printed on goods; the same code on two items is legal data and an ambiguous scan."""

    code: str
    item: str
    unit: str
    active: bool = True


class Profile(Struct, frozen=True, array_like=True, tag="profile"):
    """Rules shared by many locations.

    ``owner`` and ``status`` say of all goods there whose they are and of which status, empty where nothing is said:
    a count of such a place need not ask.
    """

    profile: str
    plates_only: bool = False
    mixes_items: bool = True
    mixes_lots: bool = True
    active: bool = True
    owner: str = ""
    status: str = ""


class Location(Struct, frozen=True, array_like=True, tag="location"):
    """A scannable bin; ``label`` is what its barcode holds when that is not the name itself."""

    location: str
    zone: str
    walk_order: int
    profile: str
    label: str = ""
    check_digits: str = ""
    state: LocationState = LocationState.OPEN
    active: bool = True


class Plate(Struct, frozen=True, array_like=True, tag="plate"):
    """A license plate (pallet, tote), often an SSCC; stands at ``location`` unless it is nested on ``parent``."""

    plate: str
    location: str
    parent: str = ""
    active: bool = True


class Lot(Struct, frozen=True, array_like=True, tag="lot"):
    """A batch of an item; ``expires`` is an ISO date or empty."""

    item: str
    lot: str
    expires: str = ""
    active: bool = True


class Owner(Struct, frozen=True, array_like=True, tag="owner"):
    """Whose stock it is: ``kind`` is ``own``, ``supplier`` (consigned) or ``customer``."""

    owner: str
    name: str
    kind: str = "own"
    active: bool = True


class Status(Struct, frozen=True, array_like=True, tag="status"):
    """An inventory status; blocking stock is there and may not be used."""

    status: str
    name: str
    blocking: bool = False
    active: bool = True


class Stock(Struct, frozen=True, array_like=True, tag="stock", gc=False):
    """Centrally booked on-hand of one stock key, in micro-units.

    ``claimed`` is the instant of the latest count that stands (from protocol 3 on): what happened before is in it.
    """

    place: str
    item: str
    lot: str
    serial: str
    owner: str
    status: str
    quantity: int
    claimed: Instant | None = None


class Tolerance(Struct, frozen=True, array_like=True, tag="tolerance"):
    """How far a count may be off and still be accepted by itself, for what meets every criterion that is not empty.

    ``percent`` (of the quantity that was counted) and ``value`` (of money) are in millionths, ``quantity`` in
    micro-units. At least one limit is set, and every limit that is set must hold. Of several rows the one with the most
    criteria rules; where that is no answer, one with an operator, then item, location, zone, class; then by name.
    """

    tolerance: str
    item: str = ""
    abc: str = ""
    location: str = ""
    zone: str = ""
    operator: str = ""
    percent: int = NO_LIMIT
    quantity: int = NO_LIMIT
    value: int = NO_LIMIT
    active: bool = True


class DoubleCount(Struct, frozen=True, array_like=True, tag="double_count"):
    """What two persons count, neither of whom knows what the other found: what meets every criterion that is not empty.

    It is so from a ``value`` at risk on (millionths of money), of what was counted or of what the book has, whichever
    is more; ``NO_LIMIT`` is whatever that is worth. Which of several rows rules is as of tolerances. Only the centre
    reads it: nobody who counts is told that somebody else will.
    """

    double_count: str
    item: str = ""
    abc: str = ""
    location: str = ""
    zone: str = ""
    operator: str = ""
    value: int = NO_LIMIT
    active: bool = True
