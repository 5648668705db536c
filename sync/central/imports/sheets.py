"""Sheets: tables of master data read into structs, every fault with its file, row, column and reason."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from scanner_app.domain.catalog import AVAILABLE, OWN, Stock
from scanner_app.domain.people import Operator
from sync.central.imports.cell_readers import CODES, CellReader, CellWays, cell_reader, ignored, site_reader
from sync.central.imports.code_cells import WrongCellError
from sync.central.imports.column_maps import LEAVE, TableMap
from sync.central.imports.formulas import plain_cell, plain_code
from sync.central.imports.refusal import Refusal, RefusedRow
from sync.central.imports.sheet_portions import ROWS, Column, NotAtOnceError, read_at_once
from sync.central.imports.table_files import Cell, SpoiltCell, TableFile, UnreadableError

_OPTIONAL: dict[type[Struct], dict[str, Any]] = {
    Stock: {"lot": "", "serial": "", "owner": OWN, "status": AVAILABLE},
    Operator: {"verifier": ""},
}
"""What a table may leave out although a row cannot; an operator's PIN is then the one he has."""

_OURS = frozenset({"claimed"})
"""Fields that no table says: the centre makes them."""
NAME_SHOWN_MAX = 60
_REMEMBERED = 4_096
"""So many texts of a column of a plain file are read once."""
_SILENT = CellWays(lambda _what: None)


def _twice(column: Column, columns: list[Column]) -> str:
    """Say of a column that others say the same; those may have other names."""
    others = {other.shown for other in columns if other.field == column.field} - {column.shown}
    return (
        f"{' and '.join(sorted(others))} says the same: leave one of them" if others else "this column is there twice"
    )


def _word_of(name: str) -> str:
    return "_".join(name.replace("_", " ").split()).casefold()


def printable(text: str) -> str:
    """A name of theirs as it may be shown: no control character gets to a terminal, and no whole file."""
    shown = text if len(text) <= NAME_SHOWN_MAX else f"{text[:NAME_SHOWN_MAX]}..."
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in shown)


class SheetRow(NamedTuple):
    """A row as read, and where it stands."""

    row: int
    value: Any


_Numbered = tuple[int, list[Cell]]
"""A row as cells, and where it stands."""
Note = Callable[[str, int, str, str], None]
"""Told of what is noted: file, row, column, and what, as the end of a sentence."""


class Sheet:
    """One table of a kind, for one site.

    Once reading began, ``absent`` are the fields that it says nothing of, and ``count`` is how many rows were read.
    """

    def __init__(self, book: TableFile, struct: type[Struct], site: str, mapped: TableMap, note: Note) -> None:
        self.name = book.name
        self.absent: tuple[str, ...] = ()
        self.count = 0
        self._note = note
        self._remarks: list[tuple[str, str]] = []
        self._book = book
        self._struct = struct
        self._site = site
        self._map = mapped
        self._fields = {field.name: field for field in msgspec.structs.fields(struct) if field.name not in _OURS}
        self._constants: dict[str, Any] = dict(_OPTIONAL.get(struct, {}))

    def lines(self) -> Iterator[SheetRow | RefusedRow]:
        """Yield the rows in order; what makes the whole table unreadable, or the rest of it, is one refusal."""
        number = 0
        columns: list[Column] = []
        portion: list[_Numbered] = []
        try:
            for number, cells in enumerate(self._book.rows(), 1):
                if not any(cells):
                    continue
                if columns:
                    portion.append((number, cells))
                    if len(portion) == ROWS:
                        yield from self._portion(columns, portion)
                        portion = []
                    continue
                columns, wrong = self._header(number, [cell if isinstance(cell, str) else "" for cell in cells])
                if wrong:
                    yield RefusedRow(tuple(wrong))
                    return
        except UnreadableError as trouble:
            yield from self._portion(columns, portion)
            yield RefusedRow((self._refusal(number + 1, "", str(trouble)),))
        else:
            yield from self._portion(columns, portion)

    def _portion(self, columns: list[Column], portion: list[_Numbered]) -> Iterator[SheetRow | RefusedRow]:
        """Read some rows: at once where all of them are plain and right, else one by one."""
        self.count += len(portion)
        values = self._at_once(columns, [cells for _number, cells in portion])
        if values is not None:
            yield from map(SheetRow, [number for number, _cells in portion], values)
            return
        for number, cells in portion:
            yield self._line(number, columns, cells)
            if self._remarks:
                self._tell_remarks(number)

    def _at_once(self, columns: list[Column], rows: list[list[Cell]]) -> Iterator[Any] | None:
        try:
            values = read_at_once(self._struct, columns, rows, self._constants)
        except (WrongCellError, NotAtOnceError):
            values = None
        is_odd = bool(self._remarks)
        self._remarks.clear()
        return None if is_odd else values

    def _tell_remarks(self, row: int) -> None:
        for column, what in self._remarks:
            self._note(self.name, row, printable(column), what)
        self._remarks.clear()

    def shown(self, field: str) -> str:
        """Name a field as the table does."""
        return next((theirs for theirs, ours in self._map.columns.items() if ours == field), field)

    def _refusal(self, row: int, column: str, reason: str) -> Refusal:
        return Refusal(self.name, row, printable(column), reason)

    def _header(self, row: int, cells: list[str]) -> tuple[list[Column], list[Refusal]]:
        names = [cell.strip() for cell in cells]
        wrong: list[Refusal] = []
        columns = [self._column(row, name, wrong) for name in names]
        filled = [column.field for column in columns if column.field]
        for column in columns:
            if column.field and filled.count(column.field) > 1:
                wrong.append(self._refusal(row, column.shown, _twice(column, columns)))
        self._read_values(row, wrong)
        given = {*filled, *self._constants}
        missing = [name for name, field in self._fields.items() if field.required and name not in given]
        wrong += [self._refusal(row, name, "this column is missing") for name in missing]
        self.absent = tuple(name for name in self._fields if name not in {*filled, *self._map.values, "active"})
        return columns, wrong

    def _column(self, row: int, name: str, wrong: list[Refusal]) -> Column:
        ours = self._ours(name)
        field = "verifier" if ours == "pin" and self._struct is Operator else ours
        if field in self._fields:
            return Column(name, field, self._reader(ours, field, name))
        if ours == "site":
            return Column(name, "", site_reader(self._site))
        if ours not in ("", "version") and self._map.others != LEAVE:
            known = ", ".join(sorted({*self._fields, *(["pin"] if self._struct is Operator else [])}))
            wrong.append(self._refusal(row, name, f"this column is not known; the columns are {known}"))
        return Column(name, "", ignored)

    def _ours(self, name: str) -> str:
        """What a column is called here: as the map says, else the same word, whatever its case and its blanks."""
        word = _word_of(name)
        by_map = {_word_of(theirs): ours for theirs, ours in self._map.columns.items()}
        return self._map.columns.get(name, by_map.get(word, word))

    def _reader(self, ours: str, field: str, shown: str) -> CellReader:
        def remark(what: str) -> None:
            self._remarks.append((shown, what))

        read = cell_reader(self._struct, ours, self._fields[field], CellWays(remark, self._map.days))
        if not self._book.is_csv:
            return read
        plain = plain_code if ours in CODES else plain_cell
        return self._remembering(lambda cell: read(plain(cell)))

    def _remembering(self, read: CellReader) -> CellReader:
        """Read a text once that many rows have; one of which something is remarked is read, and remarked, each time."""
        known: dict[str, Any] = {}

        def read_once(cell: str) -> Any:
            value = known.get(cell)
            if value is None:
                value = read(cell)
                if len(known) < _REMEMBERED and not self._remarks:
                    known[cell] = value
            return value

        return read_once

    def _read_values(self, row: int, wrong: list[Refusal]) -> None:
        """Read the values that the map gives for columns that the table does not have."""
        for name, text in self._map.values.items():
            try:
                value = cell_reader(self._struct, name, self._fields[name], _SILENT)(text)
            except (KeyError, WrongCellError) as trouble:
                reason = str(trouble) if isinstance(trouble, WrongCellError) else "the map gives a value for no column"
                wrong.append(self._refusal(row, name, reason))
            else:
                self._constants.update({} if value is None else {name: value})

    def _line(self, number: int, columns: list[Column], cells: list[Cell]) -> SheetRow | RefusedRow:
        if len(cells) > len(columns) and not any(cells[len(columns) :]):
            cells = cells[: len(columns)]
        if len(cells) != len(columns):
            reason = f"the row has {len(cells)} cells and the header {len(columns)}"
            return RefusedRow((self._refusal(number, "", reason),))
        if SpoiltCell in map(type, cells):
            return RefusedRow(tuple(self._spoilt_cells(number, columns, cells)))
        values = self._constants.copy()
        try:
            for (_shown, field, read), cell in zip(columns, cells, strict=True):
                value = read(cell)  # type: ignore[arg-type]
                if value is not None:
                    values[field] = value
        except WrongCellError:
            self._remarks.clear()
            return RefusedRow(tuple(self._cell_faults(number, columns, cells)))
        try:
            return SheetRow(number, self._struct(**values))
        except TypeError:
            return RefusedRow(tuple(self._empty_cells(number, columns, values)))

    def _spoilt_cells(self, number: int, columns: list[Column], cells: list[Cell]) -> Iterator[Refusal]:
        for column, cell in zip(columns, cells, strict=True):
            if isinstance(cell, SpoiltCell):
                yield self._refusal(number, column.shown, cell.reason)

    def _cell_faults(self, number: int, columns: list[Column], cells: list[Cell]) -> Iterator[Refusal]:
        for column, cell in zip(columns, cells, strict=True):
            try:
                column.read(cell)  # type: ignore[arg-type]
            except WrongCellError as wrong:
                yield self._refusal(number, column.shown, str(wrong))

    def _empty_cells(self, number: int, columns: list[Column], values: dict[str, Any]) -> Iterator[Refusal]:
        for column in columns:
            if column.field and column.field not in values:
                yield self._refusal(number, column.shown, "this may not be empty")
