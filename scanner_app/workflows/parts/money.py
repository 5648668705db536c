"""Money and percentages as a worker reads them."""

from scanner_app.domain.quantity import SCALE

_FINE = 10 * SCALE
"""Below so many percent the second place counts."""
NOTHING = "-"


def in_money(micros: int) -> str:
    return f"{micros / SCALE:,.2f}"


def in_percent(millionths: int | None) -> str:
    """Cut off and not rounded: only what is all of it reads 100; a stroke where there is nothing to measure.

    >>> in_percent(99_999_999), in_percent(100 * SCALE), in_percent(-210_146), in_percent(None)
    ('99.9 %', '100.0 %', '-0.21 %', '-')
    """
    if millionths is None:
        return NOTHING
    sign, size = "-" if millionths < 0 else "", abs(millionths)
    if size >= _FINE:
        return f"{sign}{size // SCALE}.{size % SCALE * 10 // SCALE} %"
    return f"{sign}{size // SCALE}.{size % SCALE * 100 // SCALE:02} %"
