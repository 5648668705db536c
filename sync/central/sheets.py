"""Sheets: CSV files of master data read into structs, every fault with its file, row, column and reason."""

import csv
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from scanner_app.domain.people import PIN_DIGITS, Operator, Role
from scanner_app.domain.quantity import NotAQuantity, parse_quantity
from sync.central.kinds import is_tuple

CODE_LENGTH_MAX = 80
TEXT_LENGTH_MAX = 200
PIN_MARK = "pin:"
"""Stands before a PIN in ``Operator.verifier`` between reading and hashing."""
_COMMAND_MARKS = ("@", ".", "CMD:")
_TRUTHS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_KEY_CODES = frozenset({"place", "item", "lot", "serial", "owner", "status"})
_CODES = _KEY_CODES | {"site", "unit", "base_unit", "code", "profile", "location", "label", "plate", "parent"}
_CODES |= {"operator", "badge"}
_NEVER_EMPTY = _CODES - {"label", "parent", "lot", "serial", "profile"}


class Refusal(NamedTuple):
    """One reason not to take a file; rows count from 1, the header being row 1."""

    file: str
    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        where = f"{self.file}, row {self.row}" + (f", column {self.column}" if self.column else "")
        return f"{where}: {self.reason}."


class Line(NamedTuple):
    """A row as read, and where it stands."""

    row: int
    value: Any


class Refused(NamedTuple):
    """A row that cannot be read."""

    refusals: tuple[Refusal, ...]


class _WrongCellError(ValueError):
    """Why a cell is refused, as the end of a sentence."""


def read_sheet(path: Path, struct: type[Struct]) -> Iterator[Line | Refused]:
    """Yield the rows of one file in order; a file that cannot be read at all is one refusal."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file, strict=True)
            header = [name.strip() for name in next(rows, [])]
            wrong = list(_header_faults(path.name, header, struct))
            if wrong:
                yield Refused(tuple(wrong))
                return
            yield from _lines(path.name, header, rows, struct)
    except UnicodeDecodeError:
        yield Refused((Refusal(path.name, 1, "", "the file is not UTF-8 text"),))
    except csv.Error as trouble:
        yield Refused((Refusal(path.name, 1, "", f"the file is not CSV: {trouble}"),))


def _header_faults(file: str, header: list[str], struct: type[Struct]) -> Iterator[Refusal]:
    fields = {field.name: field for field in msgspec.structs.fields(struct)}
    known = {*fields, "pin"} if struct is Operator else set(fields)
    for name in header:
        if name not in known:
            yield Refusal(file, 1, name, f"this column is not known; the columns are {', '.join(sorted(known))}")
        elif header.count(name) > 1:
            yield Refusal(file, 1, name, "this column is there twice")
    given = {"verifier" if name == "pin" else name for name in header}
    for name, field in fields.items():
        if field.required and name not in given:
            yield Refusal(file, 1, name, "this column is missing")


def _lines(file: str, header: list[str], rows: Iterator[list[str]], struct: type[Struct]) -> Iterator[Line | Refused]:
    fields = {field.name: field for field in msgspec.structs.fields(struct)}
    columns = [
        _Column("verifier", name, fields["verifier"]) if name == "pin" else _Column(name, name, fields[name])
        for name in header
    ]
    readers = [_reader(column) for column in columns]
    names = [column.field for column in columns]
    for number, cells in enumerate(rows, 2):
        if not any(cells):
            continue
        if len(cells) != len(header):
            reason = f"the row has {len(cells)} cells and the header {len(header)}"
            yield Refused((Refusal(file, number, "", reason),))
            continue
        try:
            values = [read(cell) for read, cell in zip(readers, cells, strict=True)]
        except _WrongCellError:
            yield Refused(tuple(_cell_faults(file, number, header, readers, cells)))
            continue
        yield Line(
            number, struct(**{name: value for name, value in zip(names, values, strict=True) if value is not None})
        )


class _Column(NamedTuple):
    field: str
    shown: str
    info: msgspec.structs.FieldInfo


def _cell_faults(
    file: str, number: int, header: list[str], readers: list[Callable[[str], Any]], cells: list[str]
) -> Iterator[Refusal]:
    for name, read, cell in zip(header, readers, cells, strict=True):
        try:
            read(cell)
        except _WrongCellError as wrong:
            yield Refusal(file, number, name, str(wrong))


def _reader(column: _Column) -> Callable[[str], Any]:
    """Return what reads one column; it returns None for an empty cell that has a default."""
    name, kind = column.shown, column.info.type
    if name in _BY_NAME:
        return _BY_NAME[name]
    if kind in _BY_TYPE:
        return _BY_TYPE[kind]
    if is_tuple(kind):
        return _roles
    if isinstance(kind, type) and issubclass(kind, Enum):
        return lambda cell: _word(kind, cell)
    return _code_reader(name) if name in _CODES else _text


def _code_reader(name: str) -> Callable[[str], str | None]:
    may_be_empty = name not in _NEVER_EMPTY

    def read(cell: str) -> str | None:
        code = cell.strip()
        if not code:
            if may_be_empty:
                return ""
            raise _WrongCellError("a code is missing")
        if len(code) > CODE_LENGTH_MAX:
            raise _WrongCellError(f"the code is longer than {CODE_LENGTH_MAX} characters")
        if not code.isprintable():
            raise _WrongCellError("the code has control characters")
        if code.upper().startswith(_COMMAND_MARKS):
            raise _WrongCellError("a code may not start with '@', '.' or 'CMD:', which are the program's own")
        return code

    return read


def _text(cell: str) -> str:
    text = cell.strip()
    if len(text) > TEXT_LENGTH_MAX:
        raise _WrongCellError(f"the text is longer than {TEXT_LENGTH_MAX} characters")
    if not text.isprintable():
        raise _WrongCellError("the text has control characters")
    return text


def _truth(cell: str) -> bool | None:
    word = cell.strip().lower()
    if word and word not in _TRUTHS:
        raise _WrongCellError("this is neither true nor false")
    return _TRUTHS.get(word)


def _whole_number(cell: str) -> int | None:
    digits = cell.strip()
    if digits and not (digits.isascii() and digits.isdigit() and len(digits) <= 18):
        raise _WrongCellError("this is not a whole number")
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
    raise _WrongCellError(f"this is no quantity ({quantity.value.replace('_', ' ')})")


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
        raise _WrongCellError(f"this is none of {', '.join(member.value for member in kind)}") from wrong


def _roles(cell: str) -> tuple[Role, ...] | None:
    words = cell.lower().split()
    try:
        return tuple(Role(word) for word in words) or None
    except ValueError as wrong:
        raise _WrongCellError(f"a role is one of {', '.join(role.value for role in Role)}") from wrong


def _pin(cell: str) -> str:
    digits = cell.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) == PIN_DIGITS):
        raise _WrongCellError(f"a PIN has {PIN_DIGITS} digits")
    return PIN_MARK + digits


_BY_NAME: dict[str, Callable[[str], Any]] = {"pin": _pin, "quantity": _quantity, "factor": _quantity, "cost": _quantity}
_BY_TYPE: dict[Any, Callable[[str], Any]] = {bool: _truth, int: _whole_number}
