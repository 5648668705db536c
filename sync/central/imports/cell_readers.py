"""Cell readers (validation): what a cell must be, by its column; text becomes a value or a reason to refuse it."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from scanner_app.domain.catalog import Barcode, Plate, Stock
from scanner_app.domain.people import PIN_DIGITS, Role, is_pin
from scanner_app.domain.pin import is_verifier
from scanner_app.domain.quantity import NotAQuantity, parse_quantity
from sync.central.database.master_tables import DECIMALS, MASTER_KINDS, is_tuple, words_reader
from sync.central.imports import code_cells
from sync.central.imports.code_cells import Remark, WrongCellError
from sync.central.imports.day_forms import read_day
from sync.central.imports.table_files import Made

TEXT_LENGTH_MAX = 200
PIN_MARK = "pin:"
"""Stands before a PIN in ``Operator.verifier`` between reading and hashing."""
CellReader = Callable[[str], Any]
"""Reads a cell; returns None for an empty one that leaves the default."""
_TRUTHS = {
    **dict.fromkeys(("true", "yes", "y", "1"), True),
    **dict.fromkeys(("false", "no", "n", "0"), False),
}
CODES = frozenset(name for kind in MASTER_KINDS for name in kind.key)
CODES |= {"place", "serial", "base_unit", "label", "parent", "badge"}
"""Columns that hold a code and no other text: all that keys of rows are made of, and what names such a key."""
_PRINTED = frozenset({"lot", "serial"})
_MAY_BE_EMPTY = frozenset({"profile"})
_THOUSANDS = re.compile(r"[1-9]\d{0,2},\d{3}")


class CellWays(NamedTuple):
    """How the cells of one column are read: how ``days`` are written, and who is told a ``remark``."""

    remark: Remark
    days: str = ""


def cell_reader(struct: type[Struct], name: str, field: msgspec.structs.FieldInfo, ways: CellWays) -> CellReader:
    """Return what reads the column ``name``, which fills ``field``."""
    by_name = _OF_STRUCT.get((struct, name)) or _BY_NAME.get(name)
    return by_name(ways) if by_name else _by_type(field.type) or _by_kind_of_text(name, field, ways)


def _by_type(kind: Any) -> CellReader | None:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return lambda cell: _word(kind, cell)
    return _words(words_reader(kind)) if is_tuple(kind) else _BY_TYPE.get(kind)


def _by_kind_of_text(name: str, field: msgspec.structs.FieldInfo, ways: CellWays) -> CellReader:
    if name in _PRINTED:
        return code_cells.printed(ways.remark)
    if name not in CODES:
        return _text
    return code_cells.code if field.required and name not in _MAY_BE_EMPTY else code_cells.code_or_nothing


def site_reader(site: str) -> CellReader:
    """Return what reads the site of a row, which must be the one that is imported."""

    def read(cell: str) -> None:
        if cell.strip() not in ("", site):
            raise WrongCellError(f"this row is of site {cell.strip()} and not of {site}")

    return read


def ignored(_cell: str) -> None:
    """Read nothing: a column that is not taken."""


def _text(cell: str) -> str:
    text = cell.strip()
    if len(text) > TEXT_LENGTH_MAX:
        raise WrongCellError(f"the text is longer than {TEXT_LENGTH_MAX} characters")
    if not text.isprintable():
        raise WrongCellError("the text has control characters")
    return text


def _truth(cell: str) -> bool | None:
    word = cell.strip().lower()
    if word and word not in _TRUTHS:
        raise WrongCellError("this is neither true nor false")
    return _TRUTHS.get(word)


def _whole_number(cell: str) -> int | None:
    digits = cell.strip()
    if digits and not (digits.isascii() and digits.isdigit() and len(digits) <= 18):
        raise WrongCellError("this is not a whole number")
    return int(digits) if digits else None


def _quantity(ways: CellWays) -> Callable[[str], int | None]:
    """Read a decimal number (of base units, of the currency) into millionths; zero is taken and means none."""

    def read(cell: str) -> int | None:
        text = cell.strip()
        if not text:
            return None
        quantity = parse_quantity(text)
        if _THOUSANDS.fullmatch(text):
            ways.remark(f"{text} was read as {text.replace(',', '.')}, and not as {text.replace(',', '')}")
        if not isinstance(quantity, NotAQuantity):
            return quantity
        if quantity is NotAQuantity.NOT_POSITIVE and _is_zero(text):
            return 0
        raise WrongCellError(f"this is no quantity ({quantity.value.replace('_', ' ')})")

    return read


def _signed_quantity(ways: CellWays) -> CellReader:
    """Read the quantity of a stock row, which may be less than nothing: accounts are, and a book that is short."""
    unsigned = _quantity(ways)

    def read(cell: str) -> int:
        text = cell.strip()
        quantity = unsigned(text.removeprefix("-"))
        if quantity is None:
            raise WrongCellError("this is no quantity (it is missing)")
        return -quantity if text.startswith("-") else quantity

    return read


def _is_zero(text: str) -> bool:
    try:
        return Decimal(text.replace(",", ".")) == 0
    except InvalidOperation:
        return False


def _day(ways: CellWays) -> CellReader:
    """Read a day; what a spreadsheet keeps as a date is one, however others are written."""

    def read(cell: str) -> str:
        text = _text(cell)
        if not text or not ways.days or isinstance(cell, Made):
            return text
        day = read_day(text, ways.days)
        if not isinstance(day, date):
            raise WrongCellError(f"this is no day as the column map says: {ways.days}")
        return day.isoformat()

    return read


def _word(kind: type[Enum], cell: str) -> Enum | None:
    word = cell.strip().lower()
    try:
        return kind(word) if word else None
    except ValueError as wrong:
        raise WrongCellError(f"this is none of {', '.join(member.value for member in kind)}") from wrong


def _words(read: Callable[[str], tuple[Any, ...]]) -> CellReader:
    """Read several words of one cell; the words that a row may have stand in its references."""

    def read_cell(cell: str) -> tuple[Any, ...] | None:
        try:
            return read(cell.lower()) or None
        except ValueError as wrong:
            raise WrongCellError(f"a role is one of {', '.join(role.value for role in Role)}") from wrong

    return read_cell


def _pin(cell: str) -> str:
    digits = cell.strip()
    if not digits:
        return ""
    if not is_pin(digits):
        raise WrongCellError(f"a PIN has {PIN_DIGITS} digits")
    return PIN_MARK + digits


def _verifier(cell: str) -> str:
    """Read the hash of a PIN; the text is not told, as it may be a PIN in the wrong column."""
    text = cell.strip()
    if text and not is_verifier(text):
        raise WrongCellError("this is no hash of a PIN as an export writes it; a PIN stands in the column pin")
    return text


def _plainly(reader: CellReader) -> Callable[[CellWays], CellReader]:
    return lambda _ways: reader


_BY_TYPE: dict[Any, CellReader] = {bool: _truth, int: _whole_number}
_BY_NAME: dict[str, Callable[[CellWays], CellReader]] = {
    **dict.fromkeys(DECIMALS, _quantity),
    "pin": _plainly(_pin),
    "verifier": _plainly(_verifier),
    "expires": _day,
}
_OF_STRUCT: dict[tuple[type[Struct], str], Callable[[CellWays], CellReader]] = {
    (Stock, "place"): _plainly(code_cells.place),
    (Stock, "quantity"): _signed_quantity,
    (Barcode, "code"): lambda ways: code_cells.barcode(ways.remark),
    (Plate, "location"): _plainly(code_cells.code_or_nothing),
    (Plate, "plate"): lambda ways: code_cells.plate(ways.remark),
}
