"""Item rules: what stock of an item must be, by its tracking and its decimals; one law for the floor and for files."""

from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from scanner_app.domain.catalog import Tracking
from scanner_app.domain.quantity import DECIMALS_MAX, SCALE


class StockFault(StrEnum):
    """Why there can be no such stock of an item."""

    LOT_MISSING = "lot_missing"
    LOT_NOT_KEPT = "lot_not_kept"
    SERIAL_MISSING = "serial_missing"
    SERIAL_NOT_KEPT = "serial_not_kept"
    SERIAL_NOT_ONE = "serial_not_one"
    TOO_FINE = "too_fine"


def step_of(decimals: int) -> int:
    """The least that can be counted of an item, in micro-units.

    >>> step_of(0), step_of(3)
    (1000000, 1000)
    """
    return int(10 ** (DECIMALS_MAX - decimals))


def is_too_fine(quantity: int, decimals: int) -> bool:
    """Say whether a quantity has more decimals than its item."""
    return quantity % step_of(decimals) != 0


class StockRules(NamedTuple):
    """What stock of an item must be."""

    tracking: Tracking
    decimals: int


@lru_cache(maxsize=4_096)
def stock_faults_of(lot: str, serial: str, quantity: int, rules: StockRules) -> tuple[StockFault, ...]:
    """All of :func:`stock_faults`; what moves is asked for again and again."""
    return tuple(stock_faults(lot, serial, quantity, rules))


def stock_faults(lot: str, serial: str, quantity: int, rules: StockRules) -> Iterator[StockFault]:
    """Yield why an item with these rules cannot have ``quantity`` micro-units under a lot and a serial.

    >>> [fault.value for fault in stock_faults("", "S1", 500_000, StockRules(Tracking.LOT, 0))]
    ['lot_missing', 'serial_not_kept', 'serial_not_one']
    >>> [fault.value for fault in stock_faults("", "", 500_000, StockRules(Tracking.NONE, 0))]
    ['too_fine']
    >>> list(stock_faults("L1", "", 1_000_000, StockRules(Tracking.LOT, 0)))
    []
    """
    if bool(lot) != rules.tracking.wants_lot:
        yield StockFault.LOT_NOT_KEPT if lot else StockFault.LOT_MISSING
    if bool(serial) != rules.tracking.wants_serial:
        yield StockFault.SERIAL_NOT_KEPT if serial else StockFault.SERIAL_MISSING
    if serial and quantity != SCALE:
        yield StockFault.SERIAL_NOT_ONE
    elif is_too_fine(quantity, rules.decimals):
        yield StockFault.TOO_FINE
