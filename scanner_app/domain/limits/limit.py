"""Limit: a row of master data with two bounds, for a process, and for a role and goods where it names some."""

from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from scanner_app.domain.catalog import NO_LIMIT
from scanner_app.domain.quantity import SCALE


class Per(StrEnum):
    """What the bounds of a limit hold for: each event by itself, or all that a person did on one day."""

    EVENT = "event"
    DAY = "day"


class Load(NamedTuple):
    """So much is done: micro-units, and their value in micro-currency, of so many micro-units that are there."""

    quantity: int
    value: int
    there: int = 0


class Bounds(NamedTuple):
    """How much may be done; ``NO_LIMIT`` is a bound that is not set. Percent of what is there, in millionths."""

    quantity: int
    percent: int
    value: int

    def are_passed(self, load: Load) -> bool:
        """Say whether one of the bounds that are set lies below a load; what reaches one does not pass it.

        >>> [Bounds(5, NO_LIMIT, NO_LIMIT).are_passed(Load(quantity, 0)) for quantity in (5, 6)]
        [False, True]
        """
        return (
            NO_LIMIT < self.quantity < load.quantity
            or NO_LIMIT < self.value < load.value
            or self._is_percent_passed(load)
        )

    def _is_percent_passed(self, load: Load) -> bool:
        return self.percent > NO_LIMIT and load.quantity * 100 * SCALE > self.percent * max(0, load.there)

    def passed(self, load: Load) -> tuple[tuple[str, int], ...]:
        """Which of the bounds lie below a load, each by its name.

        >>> Bounds(5, NO_LIMIT, 7).passed(Load(6, 9))
        (('quantity', 5), ('value', 7))
        """
        each = (
            ("quantity", self.quantity, NO_LIMIT < self.quantity < load.quantity),
            ("percent", self.percent, self._is_percent_passed(load)),
            ("value", self.value, NO_LIMIT < self.value < load.value),
        )
        return tuple([(name, bound) for name, bound, is_passed in each if is_passed])


class Limit(Struct, frozen=True, array_like=True, tag="limit"):
    """Two bounds for one process: above the first a reason is asked, above the second somebody looks at it later.

    It holds for one ``role`` and one ``item`` or class of items (``abc``), for all where these are empty. Of a day no
    percents are taken.
    """

    limit: str
    process: str
    role: str = ""
    item: str = ""
    abc: str = ""
    per: Per = Per.EVENT
    reason_quantity: int = NO_LIMIT
    reason_percent: int = NO_LIMIT
    reason_value: int = NO_LIMIT
    case_quantity: int = NO_LIMIT
    case_percent: int = NO_LIMIT
    case_value: int = NO_LIMIT
    active: bool = True

    @property
    def first(self) -> Bounds:
        return Bounds(self.reason_quantity, self.reason_percent, self.reason_value)

    @property
    def second(self) -> Bounds:
        return Bounds(self.case_quantity, self.case_percent, self.case_value)
