"""Look-ups: what a script may ask of the book and the master data, and the values it gets.

A look-up is yielded, answered by whoever runs the script, and its value kept in the log, so that a replay never looks.
"""

from msgspec import Struct

from scanner_app.domain.catalog import Tracking


class Rules(Struct, frozen=True, tag="rules"):
    """Look up how an item is handled."""

    item: str


class Held(Struct, frozen=True, tag="held"):
    """Look up what is known of an item at a place."""

    place: str
    item: str


class AtPlace(Struct, frozen=True, tag="at_place"):
    """Look up everything known at a place, at most ``rows_max`` rows."""

    place: str
    rows_max: int = 200


class OfItem(Struct, frozen=True, tag="of_item"):
    """Look up where an item is, at most ``rows_max`` rows."""

    item: str
    rows_max: int = 200


class Challenge(Struct, frozen=True, tag="challenge"):
    """Draw digits that nobody can have printed beforehand."""

    digits: int = 4


Look = Rules | Held | AtPlace | OfItem | Challenge


class ItemRules(Struct, frozen=True, tag="item_rules"):
    """``decimals`` of the base unit; ``tracking`` says which identities to ask for."""

    item: str
    name: str
    base_unit: str
    decimals: int
    tracking: Tracking


class HeldRow(Struct, frozen=True, array_like=True):
    """One stock row as this device knows it, its own unsent events included; ``quantity`` in micro-units."""

    place: str
    item: str
    lot: str
    serial: str
    owner: str
    status: str
    quantity: int
    name: str = ""
    unit: str = ""


class Rows(Struct, frozen=True, tag="rows"):
    """Stock rows; ``more`` counts those beyond the limit. ``state`` is a place's state when a place was looked up."""

    rows: tuple[HeldRow, ...]
    more: int = 0
    state: str = ""


class Digits(Struct, frozen=True, tag="digits"):
    digits: str


Value = ItemRules | Rows | Digits
