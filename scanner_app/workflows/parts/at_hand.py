"""At hand: which of the goods that somebody holds, or that stand on a tote, by scanning them or by a number."""

from scanner_app.domain.ledger import StockKey
from scanner_app.domain.quantity import SCALE
from scanner_app.workflows.engine import script
from scanner_app.workflows.lookups.goods import ItemRules, Rules
from scanner_app.workflows.lookups.stock import HeldRow, Rows
from scanner_app.workflows.parts import phrases as say
from scanner_app.workflows.parts.stock import Stock, stock_of
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions.answers import Choice, Goods
from scanner_app.workflows.questions.ask.pick import AskPick
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.questions.part import Part, amount, code, name


def which(rows: Rows, phrase: Phrase, put: str = "") -> AskPick:
    """Ask for one of ``rows``; the last were ``put`` at a place that may just have been read twice."""
    return AskPick(
        slot="goods", phrase=phrase, help=say.HELP_PICK, label=labels.GOODS, put=put,
        options=tuple(Option(_value(row), parts=_parts(row)) for row in rows.rows),
        items=frozenset(row.item for row in rows.rows),
        held_rows=frozenset((row.item, row.lot, row.serial) for row in rows.rows),
    )  # fmt: skip


def _value(row: HeldRow) -> str:
    """What tells a row from others, wherever it stands in a list."""
    return "\t".join((row.item, row.lot, row.serial, row.owner, row.status))


def _parts(row: HeldRow) -> tuple[Part, ...]:
    return amount(row.quantity, row.unit), code(row.item), code(row.lot), code(row.serial), name(row.name)


def stock_picked(
    at_hand: str, rows: Rows, pick: AskPick, picked: Goods | Choice, *, is_used: bool = True
) -> script.Part[tuple[Stock, Goods]]:
    """A number says which stock it is; of an item that was scanned it is asked where there is a choice."""
    if isinstance(picked, Goods):
        return (yield from stock_of(at_hand, picked, is_at_hand=True, is_used=is_used)), picked
    row = rows.rows[pick.row_of(picked)]
    rules: ItemRules = yield Rules(row.item)
    key = StockKey(at_hand, row.item, row.lot, row.serial, row.owner, row.status)
    others = tuple(other for other in rows.rows if other.item == row.item)
    what = Goods(row.item, row.name, row.unit, SCALE, picked.wall_us)
    return Stock(key, rules, row.quantity, others=others, held=rows), what
