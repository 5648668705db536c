"""The double-entry ledger: stock keys, legs between them, and the postings that always sum to zero."""

from collections.abc import Iterable

from msgspec import Struct

from scanner_app.domain.catalog import AVAILABLE, OWN
from scanner_app.domain.clock import Instant
from scanner_app.domain.quantity import QUANTITY_MAX

VIRTUAL_MARK = "@"
"""First character of every place that is not on the floor; no real place may start with it."""
SUPPLIER = "@supplier"
CUSTOMER = "@customer"
ADJUSTMENT = "@adjustment"
PRODUCTION = "@production"
IN_TRANSIT = "@transit"
ACCOUNTS = frozenset({SUPPLIER, CUSTOMER, ADJUSTMENT, PRODUCTION, IN_TRANSIT})
"""Places that only balance the book: nothing of them is on the floor or in a hand."""
_HAND = "@hand:"


class StockKey(Struct, frozen=True, array_like=True, order=True):
    """What stock is summed by, within a site. ``place`` is a location, a license plate or a virtual place."""

    place: str
    item: str
    lot: str = ""
    serial: str = ""
    owner: str = OWN
    status: str = AVAILABLE


class Leg(Struct, frozen=True, array_like=True):
    """``quantity`` micro-units (positive) leave ``source`` and enter ``target`` at the instant of their own scan.

    ``wall_us`` is the device's wall clock at that scan; the event's settled offset is added to it.
    """

    wall_us: int
    quantity: int
    source: StockKey
    target: StockKey


class Posting(Struct, frozen=True):
    """One side of a leg in the book: a signed quantity on a key at an instant."""

    key: StockKey
    quantity: int
    instant: Instant


def in_hand(operator: str) -> str:
    """Return the virtual place of what an operator carries."""
    return _HAND + operator


def hand_of(place: str) -> str:
    """Return the operator whose hand a place is, or an empty text."""
    return place[len(_HAND) :] if place.startswith(_HAND) else ""


def is_virtual(place: str) -> bool:
    return place.startswith(VIRTUAL_MARK)


def is_account(place: str) -> bool:
    return place in ACCOUNTS


def is_in_hand(place: str) -> bool:
    """Say whether ``place`` is somebody's hand."""
    return place.startswith(_HAND) and place != _HAND


def is_on_device(place: str) -> bool:
    """Say whether devices keep stock rows of ``place``: the floor, and what is in somebody's hand."""
    return not is_virtual(place) or place.startswith(_HAND)


def leg_fault(leg: Leg) -> str:
    """Name what makes a leg impossible (its cause is a wrong program, not a wrong scan), or return an empty text."""
    if not 0 < leg.quantity <= QUANTITY_MAX:
        return "quantity_out_of_range"
    if leg.source.item != leg.target.item:
        return "item_changes"
    if leg.source == leg.target:
        return "goes_nowhere"
    if not leg.source.place or not leg.target.place or not leg.source.item:
        return "key_incomplete"
    return ""


def postings_of_legs(legs: Iterable[Leg], shift_us: int, device: str, epoch: int, sequence: int) -> list[Posting]:
    """Return two postings a leg, source first; they balance leg by leg."""
    rows: list[Posting] = []
    for number, leg in enumerate(legs):
        instant = Instant(leg.wall_us + shift_us, device, epoch, sequence, number)
        rows.append(Posting(leg.source, -leg.quantity, instant))
        rows.append(Posting(leg.target, leg.quantity, instant))
    return rows
