"""Facets: by what figures are told apart, and under which name of each a line or a place is summed up."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple


class Facet(StrEnum):
    """One way to tell lines apart; every line has one name in each, which may be empty."""

    ALL = "all"
    ZONE = "zone"
    CLASS = "class"
    COUNTER = "counter"
    REASON = "reason"


class Cell(NamedTuple):
    """Lines of one ``name`` of a facet within one ``period``."""

    facet: str
    name: str
    period: str


class Sort(NamedTuple):
    """What a line, or a place that was closed, is; of a place ``abc`` and ``reason`` are None: it has many."""

    day: str
    zone: str = ""
    abc: str | None = ""
    counter: str = ""
    reason: str | None = ""

    def cells(self) -> Iterator[Cell]:
        """Where it is summed up: by each facet, of its day, month and year.

        >>> cells = Sort("2026-10-05", zone="Z", abc=None, reason=None).cells()
        >>> [(cell.name, cell.period) for cell in cells if cell.facet == "zone"]
        [('Z', '2026-10-05'), ('Z', '2026-10'), ('Z', '2026')]
        """
        names = {
            Facet.ALL: "", Facet.ZONE: self.zone, Facet.CLASS: self.abc, Facet.COUNTER: self.counter,
            Facet.REASON: self.reason,
        }  # fmt: skip
        for facet, name in names.items():
            if name is not None:
                for period in (self.day, self.day[:7], self.day[:4]):
                    yield Cell(facet.value, name, period)
