"""Exact quantities: whole millionths of an item's base unit, decimals only at the edges.

A quantity is an ``int`` in *micro-units* (10^-6 of the base unit) that fits 64 signed bits, so sums are exact on every
database and no float is ever involved.
"""

import re
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import NewType

Quantity = NewType("Quantity", int)

SCALE = 1_000_000
DECIMALS_MAX = 6
QUANTITY_MAX = 9_000_000_000_000 * SCALE
_MARKS = ".,'\u2019 \u00a0\u202f"
_TWO_WAYS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_GROUPED = re.compile(rf"\d{{1,3}}(?:[{_MARKS}]\d{{3}})+(?:[.,]\d*)?", re.ASCII)
_WITH_UNIT = re.compile(r"([0-9.,'\u2019]+) *([^\W\d_][\w/]*)")


class NotAQuantity(StrEnum):
    """Why a text is no quantity; each member has its own sentence for the operator."""

    NOT_A_NUMBER = "not_a_number"
    NOT_POSITIVE = "not_positive"
    TOO_MANY_DECIMALS = "too_many_decimals"
    TOO_LARGE = "too_large"


class Marks(StrEnum):
    """What the marks of a number that was typed say: at most a decimal mark; thousands for sure; or either of them.

    No language decides: people of several work on a floor, and a keypad has one mark.
    """

    DECIMAL = "decimal"
    EITHER = "either"
    THOUSANDS = "thousands"


def marks_of(text: str) -> Marks:
    """Tell whether a number may be a thousand times another.

    >>> [marks_of(text).value for text in ("2.5", "0.250", "1234.567", "1.000", "1'000", "1.000,5")]
    ['decimal', 'decimal', 'decimal', 'either', 'thousands', 'thousands']
    """
    if _TWO_WAYS.fullmatch(text):
        return Marks.EITHER
    has_groups = not text.startswith("0") and _GROUPED.fullmatch(text)
    return Marks.THOUSANDS if has_groups else Marks.DECIMAL


def whole(pieces: int) -> Quantity:
    """Return ``pieces`` whole base units as micro-units."""
    return Quantity(pieces * SCALE)


def parse_quantity(text: str, decimals: int = DECIMALS_MAX) -> Quantity | NotAQuantity:
    """Read a positive decimal number written by hand: ASCII digits, at most one ``.`` or ``,``.

    >>> parse_quantity("2.5")
    2500000
    >>> parse_quantity("0")
    <NotAQuantity.NOT_POSITIVE: 'not_positive'>
    """
    plain = text.replace(",", ".")
    if not plain.isascii() or not plain.replace(".", "", 1).isdigit():
        return NotAQuantity.NOT_A_NUMBER
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return NotAQuantity.NOT_A_NUMBER
    return _scaled(number, decimals)


def _scaled(number: Decimal, decimals: int) -> Quantity | NotAQuantity:
    if number <= 0:
        return NotAQuantity.NOT_POSITIVE
    if number * SCALE > QUANTITY_MAX:
        return NotAQuantity.TOO_LARGE
    if number != round(number, decimals):
        return NotAQuantity.TOO_MANY_DECIMALS
    return Quantity(int(number * SCALE))


def split_unit(text: str) -> tuple[str, str]:
    """Split a typed quantity into its number and the unit behind it, which may be missing.

    >>> split_unit("2 CS"), split_unit("2.5kg"), split_unit("7"), split_unit("CS")
    (('2', 'CS'), ('2.5', 'kg'), ('7', ''), ('CS', ''))
    """
    match = _WITH_UNIT.fullmatch(text)
    return (match[1], match[2]) if match else (text, "")


def show_quantity(quantity: int) -> str:
    """Write micro-units as a plain decimal without trailing zeros.

    >>> show_quantity(2_500_000), show_quantity(-3_000_000)
    ('2.5', '-3')
    """
    whole_part, fraction = divmod(abs(quantity), SCALE)
    sign = "-" if quantity < 0 else ""
    tail = f".{fraction:06d}".rstrip("0") if fraction else ""
    return f"{sign}{whole_part}{tail}"


def in_units(quantity: int, factor: int, unit: str, base_unit: str) -> str:
    """Write a quantity in a unit of ``factor`` micro-units where that is a whole number of it, else in base units.

    >>> in_units(24_000_000, 12_000_000, "CS", "EA"), in_units(25_000_000, 12_000_000, "CS", "EA")
    ('2 CS', '25 EA')
    """
    units, remainder = divmod(quantity, factor)
    return (f"{show_quantity(quantity)} {base_unit}" if remainder else f"{units} {unit}").rstrip()
