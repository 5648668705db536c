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
from sqlalchemy import Connection

from scanner_app.domain.catalog import Site, Stock
from scanner_app.errors import CentralError, ImportRefusedError
from sync.central.book.counters import locked_counters
from sync.central.book.master_rows import write_master_rows
from sync.central.database.master_tables import IMPORTED, MASTER_KINDS
from sync.central.database.repeatable import ordered
from sync.central.database.store import CentralStore
from sync.central.imports.column_maps import Maps, TableMap, find_books
from sync.central.imports.guards import is_falsified, leave_plates, note_deactivated, refuse_falsified
from sync.central.imports.left_files import left_files
from sync.central.imports.oddities import note_oddities
from sync.central.imports.opening_stock import Opening, open_stock, staged
from sync.central.imports.pins import keep_pins, seal_pins
from sync.central.imports.plan import BAD_MAX, REFUSALS_MAX, Counts, Plan, TooManyError
from sync.central.imports.refusal import Refusal, sorted_by_place
from sync.central.imports.sheets import Sheet
from sync.central.imports.starting_set import plan_starting
from sync.central.imports.stock_stage import stage_stock
from sync.central.imports.table_files import TableFile
from sync.central.sites.calendar import keep_closed

_PLAIN = TableMap()
_CACHE = "PRAGMA cache_size = -8192"
"""KiB of pages that SQLite keeps while the plan is in memory, too; the rows go in once and are not read again."""
Progress = Callable[[str, int, int], None]
"""Called with what is done, how many rows of it, and of how many (0: not known)."""


class Wish(Struct, frozen=True):
    """How to import. ``site`` may be empty when the table of sites has one row.

    ``skips_bad`` leaves out rows that are refused; ``is_trial`` writes nothing. ``missing_percent_max`` of 0 leaves
    what a table does not list as it is; above, it is the share of a kind's rows that one import may deactivate so.
    ``sets_pins`` changes the PINs of operators who have one already.
    """

    site: str = ""
    skips_bad: bool = False
    is_trial: bool = False
    missing_percent_max: int = 0
    sets_pins: bool = False


class ImportReport(Struct, frozen=True):
    """What an import did, or would do: rows by table, stock rows opened, what was refused, and what else to know.

    ``read`` are the tables that were there, with how many rows each had.
    """

    is_taken: bool
    counts: dict[str, Counts] = {}
    stock: int = 0
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[Refusal, ...] = ()
    read: dict[str, int] = {}


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
        return ImportReport(False, refusals=sorted_by_place(plan.refusals), notes=tuple(plan.notes), read=run.read)


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
        self.read: dict[str, int] = {}

    def whole(self, books: dict[str, TableFile], source: Path, now_us: int) -> ImportReport:
        for name, why in left_files(source, books):
            self._plan.note(name, 1, "", why)
        self._read(books)
        self._settle()
        with staged() as opening:
            self._stage(books, opening)
            seal_pins(self._plan)
            counts = {kind.file: self._plan.counts(kind) for kind in MASTER_KINDS}
            is_taken = not self._wish.is_trial and (self._wish.skips_bad or not self._plan.refusals)
            opened = opening.fresh
            if is_taken:
                ordered(self._store, self._write)
                opened = open_stock(self._store, opening, self._site, now_us, self._tell)
        refusals, notes = sorted_by_place(self._plan.refusals), tuple(self._plan.notes)
        return ImportReport(is_taken, counts, opened, refusals, notes, self.read)

    def _sheet(self, book: TableFile, struct: type[Struct], name: str) -> Sheet:
        return Sheet(book, struct, self._site, self.maps.get(name, _PLAIN), self._plan.note)

    def _count(self, name: str, sheet: Sheet) -> None:
        """Keep how many rows a table has; one without any is told, as it may be the wrong file."""
        self.read[name] = sheet.count
        if not sheet.count and all(refusal.file != sheet.name for refusal in self._plan.refusals):
            self._plan.note(sheet.name, 1, "", "this table has 0 rows")

    def _read(self, books: dict[str, TableFile]) -> None:
        for kind in MASTER_KINDS:
            if kind.file in books:
                self._tell(f"reading {kind.file}", 0, 0)
                self._note_guess(books[kind.file])
                sheet = self._sheet(books[kind.file], kind.struct, kind.file)
                self._plan.read(kind, sheet)
                self._count(kind.file, sheet)
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
                f"Say which site this is for with --site SITE: the table of sites does not hold exactly one.{lines}"
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
            if not self._wish.sets_pins:
                keep_pins(plan)
            plan_starting(plan)
            plan.check()
            refuse_falsified(plan, connection, self._site)
            leave_plates(plan, connection, self._site)
            note_oddities(plan)
            plan.reassign_barcodes()
            if self._wish.missing_percent_max:
                plan.deactivate_missing(self._wish.missing_percent_max)
            note_deactivated(plan, connection, self._site)

    def _stage(self, books: dict[str, TableFile], opening: Opening) -> None:
        if "stock" not in books:
            return
        self._note_guess(books["stock"])
        sheet = self._sheet(books["stock"], Stock, "stock")
        stage_stock(self._plan, sheet, opening, self._tell)
        self._count("stock", sheet)
        with self._store.reading() as connection:
            opening.remember(connection, self._site)
            opening.hold(connection, self._site)
        for row, fault in opening.refused():
            self._plan.refuse(Refusal(sheet.name, row, sheet.shown(fault.field), fault.reason))

    def _write(self, connection: Connection) -> None:
        """Write what changes; may be done again, as the same rows then have later versions."""
        if self._store.is_embedded:
            connection.exec_driver_sql(_CACHE)
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
