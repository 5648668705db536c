"""Item rules: what stock of an item must be, by its tracking and its decimals; one law for the floor and for files."""

from enum import StrEnum

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


def stock_fault(lot: str, serial: str, quantity: int, tracking: Tracking, decimals: int) -> StockFault | None:
    """Why an item with these rules cannot have ``quantity`` micro-units under a lot and a serial.

    >>> stock_fault("", "", 500_000, Tracking.NONE, 0)
    <StockFault.TOO_FINE: 'too_fine'>
    >>> stock_fault("L1", "", 1_000_000, Tracking.LOT, 0)
    """
    if bool(lot) != tracking.wants_lot:
        return StockFault.LOT_NOT_KEPT if lot else StockFault.LOT_MISSING
    if bool(serial) != tracking.wants_serial:
        return StockFault.SERIAL_NOT_KEPT if serial else StockFault.SERIAL_MISSING
    if serial and quantity != SCALE:
        return StockFault.SERIAL_NOT_ONE
    return StockFault.TOO_FINE if is_too_fine(quantity, decimals) else None
