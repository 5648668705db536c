"""Plan: which places are to be counted, and how often; a row of master data that only the centre reads."""

from enum import StrEnum

from msgspec import Struct

from scanner_app.domain.catalog import NO_LIMIT

A_DAY_MAX = 10_000
"""No plan makes more tasks in one day, and no more of one are ever to be done at once."""
DAYS_MAX = 3_650
PRIORITY_MAX = 9
STOCKTAKE = "@"
"""What the name of a plan begins with that is a stocktake; no plan that is imported begins so."""
STOCKTAKE_PRIORITY = 5
PRIORITY_OF_WORDS = 8
"""Of what a supervisor wants counted again, or a plate looked for."""


class By(StrEnum):
    """What a plan goes by: how often places are counted, or what has to be true of one."""

    CLASS = "class"
    """The class of the items there, as the site says it; the best of them."""
    VALUE = "value"
    """What the stock there is worth."""
    MOVES = "moves"
    """How much was moved there in the last 90 days, by the number of legs."""
    BELOW = "below"
    """Little is left there of some item: a count is quick then."""
    TROUBLE = "trouble"
    """Something is not right there."""
    ALL = "all"
    """Every place, once: a stocktake."""


PERIODIC = (By.CLASS, By.VALUE, By.MOVES)


class Trouble(StrEnum):
    """What is not right at a place."""

    NEGATIVE = "negative"
    """The book has less than nothing of something."""
    MISSING_PLATE = "missing_plate"
    """A plate that the register has there was not seen by a count."""
    ZERO_CHECK = "zero_check"
    """Somebody said that something is left where the book has nothing, or nothing where it has something."""


class Plan(Struct, frozen=True, array_like=True, tag="plan"):
    """Places of some ``zones`` (all where it is empty, else words between commas) are counted within so many days.

    Which days hold for a place says what the plan goes ``by``: its class, or whether it reaches ``from_a`` or
    ``from_b``: micro-currency of value, millionths of a number of moves. ``below`` (micro-units) is of *below*, a place
    is not counted again within ``days_a``. ``troubles`` are those of *trouble*, all where none is named. At most
    ``a_day`` tasks are made in one day, and no more are ever open. ``empty`` places are left out unless it says so.
    """

    plan: str
    by: By = By.CLASS
    zones: str = ""
    days_a: int = 30
    days_b: int = 90
    days_c: int = 180
    from_a: int = NO_LIMIT
    from_b: int = NO_LIMIT
    below: int = NO_LIMIT
    troubles: tuple[str, ...] = ()
    a_day: int = 50
    empty: bool = False
    priority: int = 1
    active: bool = True

    @property
    def zone_names(self) -> frozenset[str]:
        """The zones that it names, none where it is of the whole site.

        >>> sorted(Plan("p", zones="COLD, BULK").zone_names), Plan("p").zone_names
        (['BULK', 'COLD'], frozenset())
        """
        return frozenset(filter(None, (zone.strip() for zone in self.zones.split(","))))

    def covers(self, zone: str) -> bool:
        """Say whether a zone is one of the plan."""
        return not self.zones or zone in self.zone_names
