"""The look-up of an item's details: its units and how it is tracked, for whoever looks at it."""

from msgspec import Struct

from scanner_app.domain.catalog import Tracking
from scanner_app.workflows.lookups.look import Examples, Look


class Details(Struct, frozen=True, tag="details"):
    """``units`` are units beside the base unit, each with the micro-units of the base unit that are in one."""

    base_unit: str = ""
    units: tuple[tuple[str, int], ...] = ()
    tracking: Tracking = Tracking.NONE


class DetailsOf(Look, frozen=True, tag="details_of"):
    """Look up the units of an item, and how it is tracked."""

    item: str

    @property
    def unasked(self) -> Details:
        return Details()

    def examples(self) -> Examples:
        return (("", Details("EA", (("CS", 12_000_000),))),)
