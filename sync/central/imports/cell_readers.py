"""Cell readers (validation): what a cell must be, by its column; text becomes a value or a reason to refuse it."""

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any

import msgspec
from msgspec import Struct

from scanner_app.domain.catalog import Stock
from scanner_app.domain.ledger import is_account, is_in_hand
from scanner_app.domain.people import PIN_DIGITS, Role
from scanner_app.domain.quantity import NotAQuantity, parse_quantity
from sync.central.database.master_tables import DECIMALS, MASTER_KINDS, is_tuple

CODE_LENGTH_MAX = 80
TEXT_LENGTH_MAX = 200
PIN_MARK = "pin:"
"""Stands before a PIN in ``Operator.verifier`` between reading and hashing."""
CellReader = Callable[[str], Any]
"""Reads a cell; returns None for an empty one that leaves the default."""
_COMMAND_MARKS = ("@", ".", "CMD:")
_TRUTHS = {
    **dict.fromkeys(("true", "yes", "y", "1"), True),
    **dict.fromkeys(("false", "no", "n", "0"), False),
}
_CODES = frozenset(name for kind in MASTER_KINDS for name in kind.key)
_CODES |= {"place", "serial", "base_unit", "label", "parent", "badge"}
"""Columns that hold a code and no other text: all that keys of rows are made of, and what names such a key."""
_SHORTENED = re.compile(r"\d([.,]\d+)?E\+\d+")
_MAY_BE_EMPTY = frozenset({"lot", "serial", "profile"})


class WrongCellError(ValueError):
    """Why a cell is refused, as the end of a sentence."""


def cell_reader(struct: type[Struct], name: str, field: msgspec.structs.FieldInfo) -> CellReader:
    """Return what reads the column ``name``, which fills ``field``."""
    by_name = (_OF_STOCK.get(name) if struct is Stock else None) or _BY_NAME.get(name)
    return by_name or _by_type(field.type) or _by_kind_of_text(name, field)


def _by_type(kind: Any) -> CellReader | None:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return lambda cell: _word(kind, cell)
    return _roles if is_tuple(kind) else _BY_TYPE.get(kind)


def _by_kind_of_text(name: str, field: msgspec.structs.FieldInfo) -> CellReader:
    if name not in _CODES:
        return _text
    return _code if field.required and name not in _MAY_BE_EMPTY else _code_or_nothing


def site_reader(site: str) -> CellReader:
    """Return what reads the site of a row, which must be the one that is imported."""

    def read(cell: str) -> None:
        if cell.strip() not in ("", site):
            raise WrongCellError(f"this row is of site {cell.strip()} and not of {site}")

    return read


def ignored(_cell: str) -> None:
    """Read nothing: a column that is not taken."""


def _code(cell: str) -> str:
    code = _code_or_nothing(cell)
    if not code:
        raise WrongCellError("a code is missing")
    return code


def _code_or_nothing(cell: str) -> str:
    code = _plain(cell)
    if code.upper().startswith(_COMMAND_MARKS):
        raise WrongCellError("a code may not start with '@', '.' or 'CMD:', which are the program's own")
    return code


def _plain(cell: str) -> str:
    code = cell.strip()
    if len(code) > CODE_LENGTH_MAX:
        raise WrongCellError(f"the code is longer than {CODE_LENGTH_MAX} characters")
    if not code.isprintable():
        raise WrongCellError("the code has control characters")
    if code[-1:].isdigit() and _SHORTENED.fullmatch(code):
        raise WrongCellError("a spreadsheet has shortened this number; make the column a text column there")
    return code


def _place(cell: str) -> str:
    """A place of opening stock: a code, an account (which is not opened), or the hand of an operator."""
    place = _plain(cell)
    return place if is_account(place) or is_in_hand(place) else _code(cell)


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


def _quantity(cell: str) -> int | None:
    """Read a decimal number (of base units, of the currency) into millionths; zero is taken and means none."""
    text = cell.strip()
    if not text:
        return None
    quantity = parse_quantity(text)
    if not isinstance(quantity, NotAQuantity):
        return quantity
    if quantity is NotAQuantity.NOT_POSITIVE and _is_zero(text):
        return 0
    raise WrongCellError(f"this is no quantity ({quantity.value.replace('_', ' ')})")


def _signed_quantity(cell: str) -> int:
    """Read the quantity of a stock row; an account, which is not opened, may hold less than nothing."""
    text = cell.strip()
    quantity = _quantity(text.removeprefix("-"))
    if quantity is None:
        raise WrongCellError("this is no quantity (it is missing)")
    return -quantity if text.startswith("-") else quantity


def _is_zero(text: str) -> bool:
    try:
        return Decimal(text.replace(",", ".")) == 0
    except InvalidOperation:
        return False


def _word(kind: type[Enum], cell: str) -> Enum | None:
    word = cell.strip().lower()
    try:
        return kind(word) if word else None
    except ValueError as wrong:
        raise WrongCellError(f"this is none of {', '.join(member.value for member in kind)}") from wrong


def _roles(cell: str) -> tuple[Role, ...] | None:
    words = cell.lower().split()
    try:
        return tuple(Role(word) for word in words) or None
    except ValueError as wrong:
        raise WrongCellError(f"a role is one of {', '.join(role.value for role in Role)}") from wrong


def _pin(cell: str) -> str:
    digits = cell.strip()
    if not digits:
        return ""
    if not (digits.isascii() and digits.isdigit() and len(digits) == PIN_DIGITS):
        raise WrongCellError(f"a PIN has {PIN_DIGITS} digits")
    return PIN_MARK + digits


_BY_NAME: dict[str, CellReader] = {**dict.fromkeys(DECIMALS, _quantity), "pin": _pin}
_BY_TYPE: dict[Any, CellReader] = {bool: _truth, int: _whole_number}
_OF_STOCK: dict[str, CellReader] = {"place": _place, "quantity": _signed_quantity}
