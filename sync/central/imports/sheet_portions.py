"""Portions (columnar reading): some rows of a table read column by column, each text of a column once.

That is much quicker than row by row, as most columns say the same few things; but it says nothing of single rows. So a
portion in which anything is wrong or noted is read again by whoever asked, row by row.
"""

from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import Any, Final, NamedTuple

import msgspec
from msgspec import Struct

from sync.central.imports.cell_readers import CellReader
from sync.central.imports.table_files import Cell

ROWS: Final = 1_000
"""Of one portion."""


class Column(NamedTuple):
    """A column by the name it has in the table; ``field`` is empty for one that fills none."""

    shown: str
    field: str
    read: CellReader


class NotAtOnceError(ValueError):
    """Why a portion is to be read row by row: it holds more than plain texts that are all right."""


def read_at_once(
    struct: type[Struct], columns: Sequence[Column], rows: Sequence[Sequence[Cell]], constants: dict[str, Any]
) -> Iterator[Any]:
    """Read the cells of ``rows`` now and return the structs that they make.

    Raises:
        WrongCellError, NotAtOnceError: something is wrong, or may be.
    """
    if set(map(len, rows)) != {len(columns)}:
        raise NotAtOnceError
    defaults = _defaults(struct) | constants
    filled: dict[str, Any] = {name: repeat(value) for name, value in defaults.items()}
    for column, cells in zip(columns, zip(*rows, strict=True), strict=True):
        values = _read(column, cells, defaults)
        if column.field:
            filled[column.field] = values
    return map(struct, *(filled[name] for name in struct.__struct_fields__))


def _read(column: Column, cells: Sequence[Cell], defaults: dict[str, Any]) -> Iterator[Any]:
    """Read one column; only plain texts, as one that a spreadsheet has made equals the text that it may have been."""
    if set(map(type, cells)) != {str}:
        raise NotAtOnceError
    values = {cell: column.read(cell) for cell in set(cells)}  # type: ignore[arg-type]
    if column.field and None in values.values():
        if column.field not in defaults:
            raise NotAtOnceError
        default = defaults[column.field]
        values = {cell: default if value is None else value for cell, value in values.items()}
    return map(values.__getitem__, cells)


def _defaults(struct: type[Struct]) -> dict[str, Any]:
    return {field.name: field.default for field in msgspec.structs.fields(struct) if not field.required}
