"""A picture of a place: the bays around it in walk order, each with its levels, the highest on top."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from scanner_app.session.view.view import Bay, Fill, Spot
from scanner_app.workflows.lookups.places import Neighbour

BAYS_MAX = 7
_SEPARATORS = "-./ _"


def bays(spots: Sequence[Neighbour], here: str) -> tuple[Bay, ...]:
    """At most ``BAYS_MAX`` bays with the one of ``here`` among them, in the middle where there are enough."""
    groups = [list(group) for _name, group in groupby(spots, key=lambda spot: _bay_of(spot.place))]
    middle = next((number for number, bay in enumerate(groups) if any(spot.place == here for spot in bay)), 0)
    first = max(0, min(middle - BAYS_MAX // 2, len(groups) - BAYS_MAX))
    return tuple(_bay(bay, here) for bay in groups[first : first + BAYS_MAX])


def _bay_of(place: str) -> str:
    """A name without its last part: ``A-01-03`` of ``A-01-03-02``; a name of one part is a bay of its own."""
    cut = max(place.rfind(mark) for mark in _SEPARATORS)
    return place[:cut] if cut > 0 else place


def _bay(spots: Sequence[Neighbour], here: str) -> Bay:
    name = _bay_of(spots[0].place)
    return Bay(name, tuple(_spots(sorted(spots, key=lambda spot: spot.place, reverse=True), name, here)))


def _spots(spots: Sequence[Neighbour], bay: str, here: str) -> Iterator[Spot]:
    for spot in spots:
        name = spot.place[len(bay) + 1 :] or spot.place
        yield Spot(spot.place, name, _fill(spot), spot.rows, spot.place == here)


def _fill(spot: Neighbour) -> Fill:
    if spot.state != "open":
        return Fill(spot.state)
    return Fill.STOCKED if spot.rows else Fill.EMPTY
