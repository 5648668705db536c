"""Bounds of what is believed: days, instants and quantities; what lies beyond is no fact of a warehouse.

Whatever lies within can be shown, exported, summed and taken back by every part of the program.
"""

from datetime import UTC, date, datetime, timedelta

FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(2199, 12, 31)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
INSTANT_US_MIN = (datetime(2000, 1, 1, tzinfo=UTC) - _EPOCH) // _MICROSECOND
INSTANT_US_MAX = (datetime(2200, 1, 1, tzinfo=UTC) - _EPOCH) // _MICROSECOND - 1
"""The first and the last microsecond (UTC) of those days."""

QUANTITY_BELIEVED_MAX = 10**15
"""Micro-units of one leg: a thousand million pieces."""
EVENT_QUANTITY_MAX = 10 * QUANTITY_BELIEVED_MAX
"""Micro-units of all legs of an event together."""
CELL_QUANTITY_MAX = 400 * EVENT_QUANTITY_MAX
"""Micro-units of one stock key, above or below zero: less than half of what 64 bits hold."""


def is_day_believed(day: date) -> bool:
    return FIRST_DAY <= day <= LAST_DAY


def is_instant_believed(us: int) -> bool:
    """Say whether an instant (us since 1970, UTC) is one at which something can have happened.

    >>> [is_instant_believed(us) for us in (INSTANT_US_MIN - 1, INSTANT_US_MIN, INSTANT_US_MAX, INSTANT_US_MAX + 1)]
    [False, True, True, False]
    """
    return INSTANT_US_MIN <= us <= INSTANT_US_MAX
