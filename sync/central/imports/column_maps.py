"""Column maps: how the columns of somebody else's tables are called here, which are left, and what they do not say.

A map is a TOML file with a table for each kind that it maps::

    [items]
    file = "Artikel.xlsx"                # else items.csv, items.jsonl or items.xlsx
    sheet = "Stamm"                      # else the sheet named items, or the only one
    values = { base_unit = "EA" }        # for columns that the table does not have
    others = "leave"                     # columns that are not named here are not taken; else they are refused
    days = "DD/MM/YYYY"                  # else 2030-12-31
    [items.columns]
    Artikelnummer = "item"
    Bezeichnung = "name"
    Preis = ""                           # not taken
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, Literal

import msgspec
from msgspec import Struct

from scanner_app.errors import CentralError
from sync.central.imports.day_forms import is_day_form
from sync.central.imports.table_files import SUFFIXES, TableFile, UnreadableError, sheets_of


class TableMap(Struct, frozen=True, forbid_unknown_fields=True):
    """The map of one kind; ``columns`` is theirs to ours, empty for one that is not taken."""

    file: str = ""
    sheet: str = ""
    columns: dict[str, str] = {}
    values: dict[str, str] = {}
    others: Literal["", "leave"] = ""
    days: str = ""


LEAVE: Final = "leave"
Maps = Mapping[str, TableMap]
_PLAIN = TableMap()


def read_maps(path: Path, kinds: Iterable[str]) -> dict[str, TableMap]:
    """Read a file of maps by kind.

    Raises:
        CentralError: the file cannot be read, or names what is not known.
    """
    try:
        maps = msgspec.toml.decode(path.read_bytes(), type=dict[str, TableMap])
    except (OSError, UnicodeError, msgspec.DecodeError) as trouble:
        raise CentralError(f"The column map {path} cannot be used: {trouble}.") from trouble
    for kind, mapped in maps.items():
        if mapped.days and not is_day_form(mapped.days):
            raise CentralError(
                f"The column map {path} has days of {kind} as {mapped.days}; write them like DD/MM/YYYY."
            )
    unknown = maps.keys() - set(kinds)
    if unknown:
        raise CentralError(f"The column map {path} names {', '.join(sorted(unknown))}; kinds are {', '.join(kinds)}.")
    return maps


def with_columns(maps: Maps, pairs: Iterable[str], kinds: Iterable[str]) -> dict[str, TableMap]:
    """Add columns written as ``KIND:THEIRS=OURS``.

    Raises:
        CentralError: one is not written so.
    """
    known = set(kinds)
    mapped = dict(maps)
    for pair in pairs:
        kind, colon, pairing = pair.partition(":")
        theirs, equals, ours = pairing.rpartition("=")
        if kind not in known or not colon or not equals:
            raise CentralError(f"Write a column as KIND:THEIRS=OURS, such as items:Artikel=item; {pair} is not.")
        before = mapped.get(kind, _PLAIN)
        mapped[kind] = msgspec.structs.replace(before, columns={**before.columns, theirs: ours})
    return mapped


def find_books(source: Path, kinds: Iterable[str], maps: Maps) -> dict[str, TableFile]:
    """Find the table of each kind in a folder, or in one file; kinds without one are left out.

    Raises:
        CentralError: there is nothing, or more than one table for a kind.
    """
    if source.is_dir():
        tables = {kind: _in_folder(source, kind, maps.get(kind, _PLAIN)) for kind in kinds}
        return {kind: book for kind, book in tables.items() if book}
    if not source.is_file():
        raise CentralError(f"There is no folder and no file {source}.")
    if source.suffix.lower() not in SUFFIXES:
        raise CentralError(f"{source} is no table that can be read; save it as {', '.join(SUFFIXES)}.")
    if source.suffix.lower() == ".xlsx":
        tables = {kind: _in_workbook(source, maps.get(kind, _PLAIN).sheet or kind) for kind in kinds}
        return {kind: book for kind, book in tables.items() if book} or _alone(source, kinds)
    return _alone(source, kinds)


def _alone(source: Path, kinds: Iterable[str]) -> dict[str, TableFile]:
    if source.stem not in kinds:
        raise CentralError(f"Name the file (or its sheets) after what it holds: {', '.join(kinds)}.")
    return {source.stem: _book(source, source.stem, "")}


def _in_folder(folder: Path, kind: str, mapped: TableMap) -> TableFile | None:
    if mapped.file:
        path = folder / mapped.file
        if not path.is_file() or path.suffix.lower() not in SUFFIXES:
            raise CentralError(f"The column map names {path}, and there is no such table.")
        return _book(path, kind, mapped.sheet)
    paths = [path for suffix in SUFFIXES if (path := folder / f"{kind}{suffix}").exists()]
    if len(paths) > 1:
        raise CentralError(f"Leave one of {' and '.join(path.name for path in paths)} in {folder}.")
    return _book(paths[0], kind, mapped.sheet) if paths else None


def _book(path: Path, kind: str, sheet: str) -> TableFile:
    if path.suffix.lower() != ".xlsx":
        return TableFile(path)
    table = _in_workbook(path, sheet or kind) or (not sheet and _only_sheet(path)) or None
    if table is None:
        raise CentralError(f"{path.name} has no sheet {sheet or kind}.")
    return table


def _in_workbook(path: Path, sheet: str) -> TableFile | None:
    return TableFile(path, sheet) if sheet in _sheets(path) else None


def _only_sheet(path: Path) -> TableFile | None:
    sheets = _sheets(path)
    return TableFile(path, sheets[0]) if len(sheets) == 1 else None


def _sheets(path: Path) -> list[str]:
    try:
        return sheets_of(path)
    except UnreadableError as trouble:
        raise CentralError(f"{path.name}: {trouble}.") from trouble
