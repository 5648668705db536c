"""Limits of what a worker may enter, as configured: how long a number, how soon again, whether codes may be typed."""

from enum import StrEnum

from msgspec import Struct


class TypedCodes(StrEnum):
    """What becomes of a code that was typed where a label was to be scanned."""

    ALLOWED = "allowed"
    REASON = "reason"
    REFUSED = "refused"


class Limits(Struct, frozen=True):
    """Bounds of what a worker may enter, from the configuration.

    The same code within ``double_read_us`` is one label read twice. ``typed_codes`` is for what no scanner sent.
    """

    quantity_digits_max: int = 6
    double_read_us: int = 300_000
    typed_codes: TypedCodes = TypedCodes.ALLOWED
