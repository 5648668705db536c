"""Import of master data: tables of any form, taken whole or not at all, or all but their bad rows.

Everything is read and checked before anything is written. The rows of master data go in with one transaction; opening
stock follows in batches of ordinary events whose ids come from their content, so that an import that was cut short is
finished by running it again. A row that is as the store has it already gets no new version.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection

from scanner_app.domain.catalog import Site, Stock
from scanner_app.domain.ledger import is_account
from scanner_app.domain.people import Operator
from scanner_app.errors import CentralError, ImportRefusedError
from sync.central.book.counters import locked_counters
from sync.central.book.master_rows import write_master_rows
from sync.central.database.master_tables import IMPORTED, MASTER_KINDS
from sync.central.database.repeatable import ordered
from sync.central.database.store import CentralStore
from sync.central.imports.cell_readers import PIN_MARK
from sync.central.imports.column_maps import Maps, TableMap, find_books, unknown_files
from sync.central.imports.guards import is_falsified, leave_plates, note_deactivated, refuse_falsified
from sync.central.imports.opening_stock import Opening, open_stock, staged
from sync.central.imports.plan import BAD_MAX, REFUSALS_MAX, Counts, Plan, TooManyError
from sync.central.imports.references import reference_fault
from sync.central.imports.refusal import Refusal, RefusedRow, sorted_by_place
from sync.central.imports.sheets import Sheet
from sync.central.imports.table_files import TableFile
from sync.central.sites.calendar import keep_closed

_CHUNK = 10_000
_PLAIN = TableMap()
Progress = Callable[[str, int, int], None]
"""Called with what is done, how many rows of it, and of how many (0: not known)."""


class Wish(Struct, frozen=True):
    """How to import. ``site`` may be empty when the table of sites has one row.

    ``skips_bad`` leaves out rows that are refused; ``is_trial`` writes nothing. ``missing_percent_max`` of 0 leaves
    what a table does not list as it is; above, it is the share of a kind's rows that one import may deactivate so.
    """

    site: str = ""
    skips_bad: bool = False
    is_trial: bool = False
    missing_percent_max: int = 0


class ImportReport(Struct, frozen=True):
    """What an import did, or would do: rows by table, stock rows opened, what was refused, and what else to know."""

    is_taken: bool
    counts: dict[str, Counts] = {}
    stock: int = 0
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[Refusal, ...] = ()


class Imported(NamedTuple):
    """Rows written by an import; those that were there already are not counted."""

    rows: dict[str, int]
    stock: int


def import_folder(store: CentralStore, folder: Path, now_us: int, site: str = "") -> Imported:
    """Import all that ``folder`` holds, or nothing.

    Raises:
        ImportRefusedError: nothing was taken; its text names file, row, column and reason of everything refused.
    """
    report = run_import(store, folder, now_us, Wish(site))
    if report.refusals:
        lines = "\n".join(map(str, report.refusals))
        raise ImportRefusedError(f"Nothing was imported. Correct these rows and import again:\n{lines}")
    return Imported({name: count.written for name, count in report.counts.items() if count.written}, report.stock)


def run_import(
    store: CentralStore,
    source: Path,
    now_us: int,
    wish: Wish,
    *,
    maps: Maps | None = None,
    tell: Progress | None = None,
) -> ImportReport:
    """Import a folder or one file into one site.

    Raises:
        ImportRefusedError: there is nothing to import, or no site to import it into.
        CentralError: somebody else changes the same at the same time; import again.
    """
    plan = Plan(BAD_MAX if wish.skips_bad else REFUSALS_MAX)
    run = _Run(store, plan, wish, maps or {}, tell or _silent)
    try:
        return run.whole(find_books(source, IMPORTED, run.maps), source, now_us)
    except TooManyError:
        return ImportReport(False, refusals=sorted_by_place(plan.refusals), notes=tuple(plan.notes))


def _silent(_what: str, _rows: int, _of: int) -> None:
    """Tell nobody."""


class _Run:
    """One import, from its tables to the rows written."""

    def __init__(self, store: CentralStore, plan: Plan, wish: Wish, maps: Maps, tell: Progress) -> None:
        self.maps = maps
        self._store = store
        self._plan = plan
        self._wish = wish
        self._tell = tell
        self._site = wish.site

    def whole(self, books: dict[str, TableFile], source: Path, now_us: int) -> ImportReport:
        for name in unknown_files(source, books):
            self._plan.note(name, 1, "", f"this table is not taken; tables are called {', '.join(IMPORTED)}")
        self._read(books)
        self._settle()
        with staged() as opening:
            self._stage(books, opening)
            _seal(self._plan)
            counts = {kind.file: self._plan.counts(kind) for kind in MASTER_KINDS}
            is_taken = not self._wish.is_trial and (self._wish.skips_bad or not self._plan.refusals)
            opened = opening.fresh
            if is_taken:
                ordered(self._store, self._write)
                opened = open_stock(self._store, opening, self._site, now_us, self._tell)
        return ImportReport(is_taken, counts, opened, sorted_by_place(self._plan.refusals), tuple(self._plan.notes))

    def _sheet(self, book: TableFile, struct: type[Struct], name: str) -> Sheet:
        return Sheet(book, struct, self._site, self.maps.get(name, _PLAIN))

    def _read(self, books: dict[str, TableFile]) -> None:
        for kind in MASTER_KINDS:
            if kind.file in books:
                self._tell(f"reading {kind.file}", 0, 0)
                self._note_guess(books[kind.file])
                self._plan.read(kind, self._sheet(books[kind.file], kind.struct, kind.file))
            if kind.struct is Site:
                self._site = self._site or self._only_site()

    def _note_guess(self, book: TableFile) -> None:
        if book.is_guessed:
            self._plan.note(book.name, 1, "", "this is not UTF-8 and was read as Windows-1252; look at its letters")

    def _only_site(self) -> str:
        sites = self._plan.lines[Site]
        if len(sites) != 1:
            lines = "".join(f"\n{refusal}" for refusal in sorted_by_place(self._plan.refusals))
            raise ImportRefusedError(
                f"Say which site this is for: the table of sites does not hold exactly one.{lines}"
            )
        return str(next(iter(sites))[0])

    def _settle(self) -> None:
        """Bring the plan to what may be written."""
        plan = self._plan
        self._tell("comparing", 0, 0)
        with self._store.reading() as connection:
            plan.load(connection, self._site)
            if (self._site,) not in plan.rows[Site]:
                raise ImportRefusedError(f"There is no site {self._site}; import its table of sites first.")
            plan.check()
            refuse_falsified(plan, connection, self._site)
            leave_plates(plan, connection, self._site)
            plan.reassign_barcodes()
            if self._wish.missing_percent_max:
                plan.deactivate_missing(self._wish.missing_percent_max)
            note_deactivated(plan, connection, self._site)

    def _stage(self, books: dict[str, TableFile], opening: Opening) -> None:
        if "stock" not in books:
            return
        self._note_guess(books["stock"])
        sheet = self._sheet(books["stock"], Stock, "stock")
        accounts = number = 0
        for number, line in enumerate(sheet.lines(), 1):
            if isinstance(line, RefusedRow):
                self._plan.refuse(*line.refusals)
            elif fault := reference_fault(Stock, line, self._plan.rows):
                self._plan.refuse(Refusal(sheet.name, line.row, sheet.shown(fault.field), fault.reason))
            elif is_account(line.value.place):
                accounts += 1
            elif fault := opening.take(line):
                self._plan.refuse(Refusal(sheet.name, line.row, sheet.shown(fault.field), fault.reason))
            if number % _CHUNK == 0:
                self._tell("reading stock", number, 0)
        if accounts:
            self._plan.note(sheet.name, 1, "", f"{accounts} rows of accounts were left out: the book makes them itself")
        opening.flush()
        with self._store.reading() as connection:
            opening.remember(connection, self._site)
        for row, fault in opening.refused():
            self._plan.refuse(Refusal(sheet.name, row, sheet.shown(fault.field), fault.reason))

    def _write(self, connection: Connection) -> None:
        """Write what changes; may be done again, as the same rows then have later versions."""
        locked_counters(connection, self._site)
        if is_falsified(self._plan, connection, self._site):
            raise CentralError("Stock has come of an item whose base unit, decimals or tracking change; import again.")
        leave_plates(self._plan, connection, self._site)
        for kind in MASTER_KINDS:
            changes = [change.rows for change in self._plan.changes(kind)]
            tell = partial(self._tell, f"writing {kind.file}")
            if kind.struct is Site:
                for rows in changes:
                    write_master_rows(connection, kind, rows[0].site, [rows], tell)
                    keep_closed(connection, rows[0].site)
            elif changes:
                write_master_rows(connection, kind, self._site, changes, tell)


def _seal(plan: Plan) -> None:
    """Put a hash in place of each PIN; one that the stored hash already answers to is left as it is."""
    lines = plan.lines[Operator]
    for key, line in lines.items():
        if line.value.verifier.startswith(PIN_MARK):
            before = plan.stored[Operator].get(key)
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
