"""Left files: what lies in the folder of an import and is not taken, each with why, and with what to do."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from sync.central.database.master_tables import IMPORTED
from sync.central.imports.table_files import SUFFIXES, TableFile

_OPENED = "~$"
_TABLES = frozenset({".xls", ".xlsm", ".xlsb", ".ods", ".numbers", ".txt", ".tsv", ".json", ".xml", ".parquet"})
"""What other programs keep tables in."""


def left_files(source: Path, books: Mapping[str, TableFile]) -> Iterator[tuple[str, str]]:
    """Yield the name of each file that is not taken, and why."""
    if not source.is_dir():
        return
    taken = {book.path for book in books.values()}
    for path in sorted(source.iterdir()):
        if path.is_file() and path not in taken and (why := _why(path)):
            yield path.name, why


def _why(path: Path) -> str:
    suffix = path.suffix.lower()
    if path.name.startswith(_OPENED):
        return f"this is not taken: {path.name.removeprefix(_OPENED)} is open in a spreadsheet, and may not be saved"
    if suffix in SUFFIXES and path.stem.lower() in IMPORTED:
        return f"this table is not taken: write its name small, {path.name.lower()}"
    if suffix in SUFFIXES:
        return f"this table is not taken; tables are called {', '.join(IMPORTED)}"
    return f"this is not taken; save it as {', '.join(SUFFIXES)}" if suffix in _TABLES else ""
