"""How large a demo warehouse is."""

from msgspec import Struct

from scanner_app.errors import ScannerError

ITEMS_MIN = 100
ITEMS_MAX = 800_000
STOCK_ROWS_MIN = 300
STOCK_ROWS_MAX = 10_000_000
_LOCATIONS_BASE = 300
_ROWS_PER_LOCATION = 12


class Scale(Struct, frozen=True):
    """Numbers of items and of stock rows; locations and plates follow from the rows.

    Raises:
        ScannerError: a number out of range.
    """

    items: int = 800
    stock_rows: int = 900

    def __post_init__(self) -> None:
        if not ITEMS_MIN <= self.items <= ITEMS_MAX:
            raise ScannerError(f"A demo warehouse has {ITEMS_MIN:,} to {ITEMS_MAX:,} items, not {self.items:,}.")
        if not STOCK_ROWS_MIN <= self.stock_rows <= STOCK_ROWS_MAX:
            allowed = f"{STOCK_ROWS_MIN:,} to {STOCK_ROWS_MAX:,}"
            raise ScannerError(f"A demo warehouse has {allowed} stock rows, not {self.stock_rows:,}.")

    @property
    def location_factor(self) -> float:
        """How many times the base of 300 locations: one to a few rows each when small, about twelve when large."""
        return max(1.0, self.stock_rows / (_LOCATIONS_BASE * _ROWS_PER_LOCATION))

    @property
    def plates(self) -> int:
        return max(40, self.stock_rows // 25)


SMALL = Scale()
FULL = Scale(100_000, 1_000_000)


def parse_scale(text: str) -> Scale:
    """Read ``small``, ``full`` or ``ITEMS/ROWS``.

    >>> parse_scale("5000/20000")
    Scale(items=5000, stock_rows=20000)

    Raises:
        ScannerError: anything else.
    """
    if text in ("small", "full"):
        return SMALL if text == "small" else FULL
    items, _, rows = text.partition("/")
    if not (items.isascii() and items.isdigit() and rows.isascii() and rows.isdigit()):
        raise ScannerError(f'"{text}" is no scale: say small, full, or ITEMS/ROWS such as 5000/20000.')
    return Scale(int(items), int(rows))
