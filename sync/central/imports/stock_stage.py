"""Stock stage: the rows of opening stock, read and held against the plan, and kept aside until they are booked."""

from collections.abc import Callable

from scanner_app.domain.catalog import Lot, Stock
from scanner_app.domain.ledger import is_account
from scanner_app.domain.quantity import show_quantity
from sync.central.imports.opening_stock import Opening
from sync.central.imports.plan import Plan
from sync.central.imports.references import RowFault, reference_fault
from sync.central.imports.refusal import Refusal, RefusedRow
from sync.central.imports.sheets import Sheet, SheetRow

_CHUNK = 10_000


def stage_stock(plan: Plan, sheet: Sheet, opening: Opening, tell: Callable[[str, int, int], None]) -> None:
    """Read a table of stock into ``opening``; what cannot be is refused, and what is odd is noted."""
    accounts = 0
    for number, line in enumerate(sheet.lines(), 1):
        if isinstance(line, RefusedRow):
            plan.refuse(*line.refusals)
        elif fault := reference_fault(Stock, line, plan.rows):
            plan.refuse(_refusal(sheet, line, fault))
        elif is_account(line.value.place):
            accounts += 1
        elif line.value.quantity < 0:
            plan.note(sheet.name, line.row, sheet.shown("quantity"), _short(line.value))
        elif fault := opening.take(line):
            plan.refuse(_refusal(sheet, line, fault))
        elif line.value.lot and (line.value.item, line.value.lot) not in plan.rows[Lot]:
            plan.note(sheet.name, line.row, sheet.shown("lot"), _unknown_lot(line.value))
        if number % _CHUNK == 0:
            tell("reading stock", number, 0)
    if accounts:
        plan.note(sheet.name, 1, "", f"{accounts} rows of accounts were left out: the book makes them itself")
    opening.flush()


def _refusal(sheet: Sheet, line: SheetRow, fault: RowFault) -> Refusal:
    return Refusal(sheet.name, line.row, sheet.shown(fault.field), fault.reason)


def _short(row: Stock) -> str:
    """Say of a book that was short where the table comes from that it begins without that here."""
    identity = "".join(f" {text}" for text in (row.lot, row.serial) if text)
    short = show_quantity(-row.quantity)
    return f"the book was {short} of {row.item}{identity} short at {row.place}; this is not opened: count it there"


def _unknown_lot(row: Stock) -> str:
    return f"lot {row.lot} of item {row.item} is in no table of lots: nobody knows when it expires"
