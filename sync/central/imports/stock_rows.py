"""Stock rows: opening stock held against the rules of its item, in the words of the floor."""

from collections.abc import Iterator

from scanner_app.domain.catalog import Item, Stock
from scanner_app.domain.item_rules import StockFault, StockRules, stock_faults_of

WORDS = {
    StockFault.LOT_MISSING: ("lot", "item {item} is kept by lot: which lot"),
    StockFault.LOT_NOT_KEPT: ("lot", "item {item} is not kept by lot"),
    StockFault.SERIAL_MISSING: ("serial", "item {item} is kept by serial: which serial"),
    StockFault.SERIAL_NOT_KEPT: ("serial", "item {item} is not kept by serial"),
    StockFault.SERIAL_NOT_ONE: ("quantity", "a serial is one piece"),
    StockFault.TOO_FINE: ("quantity", "at most {decimals} decimals: more of item {item} cannot be counted"),
}


def faults_of_stock(row: Stock, item: Item) -> Iterator[tuple[str, str]]:
    """Yield the column and the reason why there can be no such stock of an item."""
    rules = StockRules(item.tracking, item.decimals)
    fault = next(iter(stock_faults_of(row.lot, row.serial, row.quantity, rules)), None)
    if fault is not None:
        column, words = WORDS[fault]
        yield column, words.format(item=item.item, decimals=item.decimals)
