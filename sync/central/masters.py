"""Master data in: a folder of CSV files taken whole or not at all.

Everything is read and checked before anything is written. The rows of master data go in with one transaction; opening
stock follows in batches of ordinary events whose ids come from their content, so that an import that was cut short is
finished by running it again. A row that is as the store has it already gets no new version.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection, select

from scanner_app.domain.catalog import Site, Stock
from scanner_app.domain.people import Operator
from scanner_app.errors import ImportRefusedError
from sync.central.applying import locked_counters, set_counters
from sync.central.bulk import upsert_rows
from sync.central.kinds import KINDS, Kind, cells, row_of
from sync.central.opening import Opening, open_stock, staged
from sync.central.references import reference_fault
from sync.central.sheets import PIN_MARK, Line, Refusal, Refused, read_sheet
from sync.central.store import CentralStore

REFUSALS_MAX = 1_000
_CHUNK = 10_000
Progress = Callable[[str, int], None]
"""Called with the name of a file and how many of its rows are done."""
_Key = tuple[Any, ...]


class Imported(NamedTuple):
    """Rows written by an import; those that were there already are not counted."""

    rows: dict[str, int]
    stock: int


class _Sheets:
    """What the folder holds, beside what the store has, and the reasons not to take it."""

    def __init__(self) -> None:
        self.lines: dict[type[Struct], dict[_Key, Line]] = {}
        self.stored: dict[type[Struct], dict[_Key, Any]] = {}
        self.refusals: list[Refusal] = []

    def refuse(self, *refusals: Refusal) -> None:
        self.refusals += refusals
        if len(self.refusals) >= REFUSALS_MAX:
            self.check()

    def check(self) -> None:
        """Raise when anything was refused, with every reason on a line of its own."""
        if self.refusals:
            told = "\n".join(str(refusal) for refusal in sorted(self.refusals))
            raise ImportRefusedError(f"Nothing was imported. Correct these rows and import again:\n{told}")

    def whole(self) -> dict[type[Struct], dict[_Key, Any]]:
        """Return every kind's rows as they will be."""
        return {
            kind.struct: {
                **self.stored[kind.struct],
                **{key: line.value for key, line in self.lines[kind.struct].items()},
            }
            for kind in KINDS
        }


def import_folder(
    store: CentralStore, folder: Path, now_us: int, site: str = "", progress: Progress | None = None
) -> Imported:
    """Import what ``folder`` holds of the files named after the kinds, and ``stock.csv``, into one site.

    ``site`` may be left empty when ``sites.csv`` has exactly one row.

    Raises:
        ImportRefusedError: nothing was taken; its text names file, row, column and reason of everything refused.
    """
    told = progress or _silent
    if not folder.is_dir():
        raise ImportRefusedError(f"There is no folder {folder}.")
    sheets = _Sheets()
    for kind in KINDS:
        _read(sheets, folder, kind)
    whose = site or _only_site(sheets)
    with store.reading() as connection:
        _load(sheets, connection, whose)
    _check(sheets, whose)
    with staged() as opening:
        _stage(sheets, folder, opening, told)
        with store.reading() as connection:
            opening.remember(connection, whose)
        sheets.refuse(*opening.refusals())
        sheets.check()
        _seal(sheets)
        with store.writing() as connection:
            written = {kind.file: _write(sheets, connection, kind, whose, told) for kind in KINDS}
        opened = open_stock(store, opening, whose, now_us, told)
    return Imported({name: count for name, count in written.items() if count}, opened)


def _silent(_file: str, _rows: int) -> None:
    """Tell nobody."""


def _read(sheets: _Sheets, folder: Path, kind: Kind) -> None:
    lines = sheets.lines[kind.struct] = {}
    path = folder / f"{kind.file}.csv"
    for line in read_sheet(path, kind.struct) if path.exists() else ():
        if isinstance(line, Refused):
            sheets.refuse(*line.refusals)
            continue
        key = tuple(getattr(line.value, name) for name in kind.key)
        first = lines.setdefault(key, line)
        if first is not line:
            sheets.refuse(
                Refusal(path.name, line.row, kind.key[0], f"row {first.row} is the same {' and '.join(kind.key)}")
            )


def _only_site(sheets: _Sheets) -> str:
    sites = sheets.lines[Site]
    if len(sites) != 1:
        sheets.check()
        raise ImportRefusedError("Say which site this folder is for: sites.csv does not hold exactly one.")
    return str(next(iter(sites))[0])


def _load(sheets: _Sheets, connection: Connection, site: str) -> None:
    for kind in KINDS:
        table = kind.table
        wanted = select(*(table.c[name] for name in kind.fields))
        if kind.struct is not Site:
            wanted = wanted.where(table.c.site == site)
        rows = (row_of(kind, tuple(row)) for row in connection.execute(wanted).all())
        sheets.stored[kind.struct] = {tuple(getattr(row, name) for name in kind.key): row for row in rows}


def _check(sheets: _Sheets, site: str) -> None:
    rows = sheets.whole()
    if (site,) not in rows[Site]:
        sheets.refuse(Refusal("sites.csv", 1, "site", f"there is no site {site}"))
    for kind in KINDS:
        for line in sheets.lines[kind.struct].values():
            fault = reference_fault(kind.struct, line, rows)
            if fault:
                sheets.refuse(fault)


def _stage(sheets: _Sheets, folder: Path, opening: Opening, told: Progress) -> None:
    path = folder / "stock.csv"
    rows = sheets.whole()
    number = 0
    for number, line in enumerate(read_sheet(path, Stock) if path.exists() else (), 1):
        if isinstance(line, Refused):
            sheets.refuse(*line.refusals)
            continue
        fault = reference_fault(Stock, line, rows) or opening.take(line)
        if fault:
            sheets.refuse(fault)
        if number % _CHUNK == 0:
            told("stock.csv read", number)
    opening.flush()


def _seal(sheets: _Sheets) -> None:
    """Put a hash in place of each PIN; one that the stored hash already answers to is left as it is."""
    lines = sheets.lines[Operator]
    for key, line in lines.items():
        if line.value.verifier.startswith(PIN_MARK):
            before = sheets.stored[Operator].get(key)
            verifier = _verifier(line.value.verifier.removeprefix(PIN_MARK), before.verifier if before else "")
            lines[key] = line._replace(value=replace(line.value, verifier=verifier))


def _verifier(pin: str, before: str) -> str:
    from argon2 import PasswordHasher
    from argon2.exceptions import Argon2Error, InvalidHashError

    hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
    try:
        if before and hasher.verify(before, pin):
            return before
    except (Argon2Error, InvalidHashError):
        return hasher.hash(pin)
    return hasher.hash(pin)


def _write(sheets: _Sheets, connection: Connection, kind: Kind, site: str, told: Progress) -> int:
    """Write the rows of one kind that differ from the stored ones, each with its own version."""
    stored = sheets.stored[kind.struct]
    changed = [line.value for key, line in sheets.lines[kind.struct].items() if stored.get(key) != line.value]
    if kind.struct is Site:
        return sum(_write_rows(connection, kind, row.site, [row], told) for row in changed)
    return _write_rows(connection, kind, site, changed, told)


def _write_rows(connection: Connection, kind: Kind, site: str, changed: list[Any], told: Progress) -> int:
    if not changed:
        return 0
    before = locked_counters(connection, site)
    rows = list(_versioned(kind, site, changed, before.version))
    for start in range(0, len(rows), _CHUNK):
        upsert_rows(connection, kind.table, rows[start : start + _CHUNK])
        told(f"{kind.file}.csv", min(start + _CHUNK, len(rows)))
    set_counters(connection, site, before._replace(version=before.version + len(rows)))
    return len(rows)


def _versioned(kind: Kind, site: str, changed: list[Any], version: int) -> Iterator[_Key]:
    lead = () if kind.struct is Site else (site,)
    for number, row in enumerate(changed, version + 1):
        yield (*lead, *cells(row), number)
