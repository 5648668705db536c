"""Table files: one table of an import as rows of text cells, whatever holds it: CSV, JSON lines or a sheet of XLSX.

CSV may be UTF-8, UTF-16 or Windows-1252, with commas, semicolons or tabs between its cells; both are found out, or said
by a first line such as ``sep=;``.
"""

import codecs
import csv
import datetime
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile, ZipFile

import msgspec
from msgspec import Struct

from sync.central.imports.workbook_faults import workbook_fault
from sync.central.imports.workbook_formats import pads_numbers

SUFFIXES = (".csv", ".jsonl", ".xlsx")
XLSX_BYTES_MAX = 2**30
"""Unpacked size of a workbook; a small file can unpack to any size."""
_EXACT_MAX = 2**53
_CHUNK = 2**20
_HEAD = 65_536
_UTF16_NULS = 4
"""One byte of so many is zero at least in UTF-16 of names that are mostly Latin; a text of one byte has hardly any."""
_LAST_GUESS = "cp1252"
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#GETTING_DATA"})
_SEPARATOR = re.compile(r'"?sep=([,;|\t])"?[,;\t]*\r?\n?', re.IGNORECASE)
_json = msgspec.json.Decoder(dict[str, Any])


class SpoiltCell(NamedTuple):
    """A cell whose text is lost: what became of it, as the end of a sentence."""

    reason: str


class Made(str):
    """A cell that a spreadsheet keeps as something else than text, as the text that it may have been."""

    __slots__ = ("kind",)
    kind: str

    @classmethod
    def of(cls, text: str, kind: str) -> "Made":
        made = cls(text)
        made.kind = kind
        return made


Cell = str | SpoiltCell


class UnreadableError(ValueError):
    """Why a file or the rest of it is no table, as the end of a sentence."""


class TableFile(Struct, frozen=True):
    """A table in a file; ``sheet`` is empty except in a workbook."""

    path: Path
    sheet: str = ""

    @property
    def name(self) -> str:
        """What reports call the table."""
        return f"{self.path.name} {self.sheet}" if self.sheet and self.path.stem != self.sheet else self.path.name

    @property
    def is_csv(self) -> bool:
        """Say whether a cell may have marks around its text that keep a spreadsheet from running it."""
        return self.path.suffix.lower() == ".csv"

    @property
    def is_guessed(self) -> bool:
        """Say whether the text is taken for Windows-1252 only because it is nothing else."""
        return self.is_csv and encoding_of(self.path) == _LAST_GUESS

    def rows(self) -> Iterator[list[Cell]]:
        """Yield the rows in order, the header first.

        Raises:
            UnreadableError: the file holds no table, or stops to do so.
        """
        readers = {".csv": _csv_rows, ".jsonl": _json_rows}
        try:
            if self.path.suffix.lower() == ".xlsx":
                yield from _xlsx_rows(self.path, self.sheet)
            else:
                yield from readers[self.path.suffix.lower()](self.path)
        except UnicodeError as trouble:
            raise UnreadableError("the file is not text of any known encoding") from trouble
        except csv.Error as trouble:
            raise UnreadableError(f"the file is not CSV: {trouble}") from trouble
        except msgspec.DecodeError as trouble:
            raise UnreadableError("from here on the file is not JSON lines: one object a line") from trouble


def sheets_of(path: Path) -> list[str]:
    """Name the visible sheets of a workbook.

    Raises:
        UnreadableError: the file is no workbook, or unpacks to more than is believed.
    """
    with _workbook(path) as workbook:
        return [sheet.name for sheet in workbook.sheets_metadata if str(sheet.visible).endswith("Visible")]


def encoding_of(path: Path) -> str:
    """Find out how a text file is encoded: by its first bytes, else UTF-8 where it is that, else Windows-1252."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if head.count(0) * _UTF16_NULS >= len(head) > 0:
            return "utf-16-le" if b"\0" in head[1::2] else "utf-16-be"
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while head:
                decoder.decode(head)
                head = file.read(_CHUNK)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return _LAST_GUESS
    return "utf-8-sig"


def _csv_rows(path: Path) -> Iterator[list[Cell]]:
    with path.open(encoding=encoding_of(path), newline="") as file:
        header = file.readline(_HEAD)
        said = _SEPARATOR.fullmatch(header)
        if said:
            yield []
        else:
            file.seek(0)
        delimiter = said[1] if said else max(",;\t", key=header.count)
        yield from csv.reader(file, delimiter=delimiter, strict=True)


def _json_rows(path: Path) -> Iterator[list[Cell]]:
    """The columns are those of the first line; what a later line leaves out is an empty cell."""
    names: list[str] = []
    with path.open("rb") as file:
        for line in file:
            row = _json.decode(line)
            if not names:
                names = list(row)
                yield list(names)
            if not row.keys() <= set(names):
                raise UnreadableError("from here on the lines have columns that the first line does not have")
            yield [_json_text(row.get(name)) for name in names]


def _json_text(value: Any) -> Cell:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return " ".join(map(str, value))
    return "" if value is None else msgspec.json.encode(value).decode()


def _xlsx_rows(path: Path, sheet: str) -> Iterator[list[Cell]]:
    """A sheet, and those that go on with it where one has no more room: ``items``, ``items 2`` ..."""
    with _workbook(path) as workbook:
        names = set(workbook.sheet_names)
        is_padded = pads_numbers(path)
        number = 1
        while (name := sheet if number == 1 else f"{sheet} {number}") in names:
            if fault := workbook_fault(path, name):
                raise UnreadableError(fault)
            rows = workbook.get_sheet_by_name(name).iter_rows()
            if number > 1:
                next(rows, None)
            for row in rows:
                yield [_xlsx_text(cell, is_padded) for cell in row]
            number += 1


def _workbook(path: Path) -> Any:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with ZipFile(path) as packed:
            size = sum(part.file_size for part in packed.infolist())
        if size > XLSX_BYTES_MAX:
            raise UnreadableError("the workbook unpacks to more than a gigabyte; import it as CSV")
        return CalamineWorkbook.from_path(path)
    except (BadZipFile, CalamineError) as trouble:
        raise UnreadableError("the file is not an XLSX workbook") from trouble


def _xlsx_text(cell: Any, is_padded: bool) -> Cell:
    if isinstance(cell, str):
        return SpoiltCell("the spreadsheet shows an error here") if cell in _ERRORS else cell
    if isinstance(cell, bool):
        return Made.of("true" if cell else "false", "true or false")
    if isinstance(cell, int | float):
        return _number(cell, is_padded)
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return Made.of(cell.date().isoformat(), "a date")
    if isinstance(cell, datetime.date | datetime.time):
        return Made.of(cell.isoformat(), "a date")
    return Made.of(str(cell), "a time")


def _number(value: float, is_padded: bool) -> Cell:
    """A whole number is the code that was typed, unless it may be shown with zeros before it that are not in it."""
    if abs(value) >= _EXACT_MAX:
        return SpoiltCell("a spreadsheet has rounded this number; make the column a text column there")
    if value != int(value):
        return Made.of(f"{Decimal(repr(value)):f}", "a number")
    return Made.of(str(int(value)), "a number") if is_padded else str(int(value))
