"""Places of the demo warehouse: its site, profiles, locations in walk order, and license plates."""

from collections.abc import Iterator, Sequence
from random import Random

from msgspec import Struct

from scanner_app.demo.digits import sscc
from scanner_app.demo.scale import Scale
from scanner_app.domain.catalog import Location, LocationState, Plate, Profile, Site

SITE = Site("DC1", "Demo Distribution Centre", "Europe/Berlin")
SINGLE, PALLET, FRESH = "SINGLE", "PALLET", "FRESH"
PROFILES = (
    Profile("FLOOR"),
    Profile("PICK"),
    Profile("BULK", mixes_lots=False),
    Profile(SINGLE, mixes_items=False),
    Profile(PALLET, plates_only=True),
    Profile(FRESH, mixes_lots=False),
)
_LEVELS = 4
_BAYS_SMALL, _BAYS_LARGE = 10, 99
_STEP = 10
"""Walk orders leave room for a location put in between."""


class Aisles(Struct, frozen=True):
    """A zone of one letter: how many locations the base warehouse has there, and their profile."""

    letter: str
    zone: str
    count: int
    profile: str
    checked: bool = False
    labelled: bool = False


_ZONES = (
    Aisles("R", "receiving", 10, "FLOOR"),
    Aisles("B", "bulk", 60, PALLET),
    Aisles("D", "bulk", 40, "BULK"),
    Aisles("A", "pick", 90, "PICK", checked=True),
    Aisles("E", "pick", 30, SINGLE, checked=True),
    Aisles("F", "fresh", 26, FRESH, labelled=True),
    Aisles("C", "cage", 20, "PICK"),
    Aisles("T", "returns", 8, "FLOOR"),
    Aisles("Q", "quarantine", 6, "FLOOR"),
    Aisles("S", "staging", 10, "FLOOR"),
)
_BLOCKED = frozenset({("A", 13), ("A", 41), ("E", 5), ("D", 7), ("F", 11)})
_CLOSED = frozenset({("A", 79)})


def make_locations(scale: Scale, seed: int) -> tuple[Location, ...]:
    """Make the locations in walk order; every second bay row is walked backwards, as feet do."""
    chance = Random(f"places:{seed}")
    walk = (
        location for zone in _ZONES for location in _aisles(zone, round(zone.count * scale.location_factor), chance)
    )
    return tuple(walk)


def _aisles(zone: Aisles, count: int, chance: Random) -> Iterator[Location]:
    base = _ZONES.index(zone) * 10_000_000
    bays = _BAYS_SMALL if count <= _BAYS_SMALL * _LEVELS * 20 else _BAYS_LARGE
    for number in range(count):
        column, level = divmod(number, _LEVELS)
        aisle, bay = divmod(column, bays)
        walked = bay if aisle % 2 == 0 else bays - 1 - bay
        name = f"{zone.letter}-{aisle + 1:02d}-{bay + 1:02d}-{level + 1:02d}"
        digits = f"{chance.randint(10, 99)}"
        yield Location(
            location=name,
            zone=zone.zone,
            walk_order=base + ((aisle * bays + walked) * _LEVELS + level + 1) * _STEP,
            profile=zone.profile,
            label=f"{name}-{digits}" if zone.labelled else "",
            check_digits=digits if zone.checked else "",
            state=_state(zone.letter, number),
        )


def _state(letter: str, number: int) -> LocationState:
    if (letter, number) in _CLOSED:
        return LocationState.CLOSED
    return LocationState.BLOCKED if (letter, number) in _BLOCKED else LocationState.OPEN


def make_plates(scale: Scale, locations: Sequence[Location]) -> tuple[Plate, ...]:
    """Make plates, one location after the other; every twentieth is a tote on the pallet before it."""
    homes = [location.location for location in locations if location.profile == PALLET]
    plates: list[Plate] = []
    for number in range(scale.plates):
        nested = number % 20 == 19
        home = plates[-1].location if nested else homes[number % len(homes)]
        plates.append(Plate(sscc(number + 1), home, plates[-1].plate if nested else ""))
    return tuple(plates)


def is_kept_empty(location: Location, number: int) -> bool:
    """Say whether no stock is put at the ``number``-th location, so that there is somewhere to move things to."""
    if location.state is LocationState.CLOSED:
        return True
    return location.zone in ("pick", "staging") and number % 8 == 5
