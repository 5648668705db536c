"""Stock stage: the rows of opening stock, read and held against the plan, and kept aside until they are booked."""

from collections.abc import Callable

from scanner_app.domain.catalog import Lot, Stock
from scanner_app.domain.ledger import is_account
from scanner_app.domain.near import near_key
from scanner_app.domain.quantity import show_quantity
from sync.central.imports.opening_stock import Opening
from sync.central.imports.plan import Plan
from sync.central.imports.references import ReferenceCheck, RowFault
from sync.central.imports.refusal import Refusal, RefusedRow
from sync.central.imports.sheets import Sheet, SheetRow

_CHUNK = 10_000


def stage_stock(plan: Plan, sheet: Sheet, opening: Opening, tell: Callable[[str, int, int], None]) -> None:
    """Read a table of stock into ``opening``; what cannot be is refused, and what is odd is noted."""
    accounts = 0
    spelt, check = _Spellings(plan, sheet), ReferenceCheck(Stock, plan.rows)
    for number, line in enumerate(sheet.lines(), 1):
        if isinstance(line, RefusedRow):
            plan.refuse(*line.refusals)
        elif fault := check.fault(line):
            plan.refuse(_refusal(sheet, line, fault))
        elif is_account(line.value.place):
            accounts += 1
        elif line.value.quantity < 0:
            plan.note(sheet.name, line.row, sheet.shown("quantity"), _short(line.value))
        elif fault := opening.take(line):
            plan.refuse(_refusal(sheet, line, fault))
        else:
            spelt.look_at(line)
        if number % _CHUNK == 0:
            tell("reading stock", number, 0)
    if accounts:
        plan.note(sheet.name, 1, "", f"{accounts} rows of accounts were left out: the book makes them itself")
    opening.flush()


class _Spellings:
    """How lots and serials of each item are spelt: one that differs in hardly anything is a second one in the book."""

    def __init__(self, plan: Plan, sheet: Sheet) -> None:
        self._plan = plan
        self._sheet = sheet
        self._first: dict[int, str] = {}
        self._has_table = False

    def look_at(self, line: SheetRow) -> None:
        """Note a lot that is in no table, and what can be taken for another one of the item."""
        row: Stock = line.value
        if row.lot:
            self._learn()
            if (row.item, row.lot) not in self._plan.rows[Lot]:
                self._plan.note(self._sheet.name, line.row, self._sheet.shown("lot"), _unknown_lot(row))
            self._compare(line, "lot", row.lot)
        if row.serial:
            self._compare(line, "serial", row.serial)

    def _learn(self) -> None:
        """Take what the table of lots has, once."""
        if not self._has_table:
            self._has_table = True
            for lot in self._plan.rows[Lot].values():
                self._first.setdefault(hash(("lot", lot.item, near_key(lot.lot))), lot.lot)

    def _compare(self, line: SheetRow, column: str, text: str) -> None:
        first = self._first.setdefault(hash((column, line.value.item, near_key(text))), text)
        if first != text and near_key(first) == near_key(text):
            what = f"{text} can be taken for {first}: they differ in hardly anything"
            self._plan.note(self._sheet.name, line.row, self._sheet.shown(column), what)


def _refusal(sheet: Sheet, line: SheetRow, fault: RowFault) -> Refusal:
    return Refusal(sheet.name, line.row, sheet.shown(fault.field), fault.reason)


def _short(row: Stock) -> str:
    """Say of a book that was short where the table comes from that it begins without that here."""
    identity = "".join(f" {text}" for text in (row.lot, row.serial) if text)
    short = show_quantity(-row.quantity)
    return f"the book was {short} of {row.item}{identity} short at {row.place}; this is not opened: count it there"


def _unknown_lot(row: Stock) -> str:
    return f"lot {row.lot} of item {row.item} is in no table of lots: nobody knows when it expires"
