"""Look-ups of goods: how an item is handled, and whether stock of a status may be used."""

from msgspec import Struct

from scanner_app.domain.catalog import Tracking
from scanner_app.workflows.lookups.look import Examples, Look
from scanner_app.workflows.lookups.samples import ITEM


class ItemRules(Struct, frozen=True, tag="item_rules"):
    """``decimals`` of the base unit; ``tracking`` says which identities to ask for."""

    item: str
    name: str
    base_unit: str
    decimals: int
    tracking: Tracking


class Rules(Look, frozen=True, tag="rules"):
    """Look up how an item is handled."""

    item: str

    def examples(self) -> Examples:
        return tuple((text, ItemRules(ITEM, "name", "EA", 0, tracking)) for text, tracking in _TRACKINGS.items())


class Flag(Struct, frozen=True, tag="flag"):
    is_set: bool


class StatusOf(Look, frozen=True, tag="status_of"):
    """Look up whether stock of a status may be used."""

    status: str

    def examples(self) -> Examples:
        return ("", Flag(False)), ("blocking", Flag(True))


_TRACKINGS = {
    "no tracking": Tracking.NONE,
    "lots": Tracking.LOT,
    "serials": Tracking.SERIAL,
    "lots and serials": Tracking.LOT_SERIAL,
}
