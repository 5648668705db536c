"""Put, a process: what is in the hand or on a tote is picked, in walk order of where each is kept, and set down."""

from scanner_app.domain.ledger import StockKey, in_hand
from scanner_app.domain.people import Right
from scanner_app.domain.quantity import SCALE
from scanner_app.workflows.engine import script
from scanner_app.workflows.engine.script import Post, Script, Start, Steps
from scanner_app.workflows.lookups.goods import ItemRules, Rules
from scanner_app.workflows.lookups.policy import Policies, Policy
from scanner_app.workflows.lookups.samples import PLATE
from scanner_app.workflows.lookups.stock import HeldRow, Rows, ToPut
from scanner_app.workflows.move import phrases as say
from scanner_app.workflows.parts import limits, offer_count
from scanner_app.workflows.parts import phrases as part_phrases
from scanner_app.workflows.parts.quantity import SLOTS as QUANTITY_SLOTS
from scanner_app.workflows.parts.quantity import how_many
from scanner_app.workflows.parts.stock import SLOTS as STOCK_SLOTS
from scanner_app.workflows.parts.stock import Stock, stock_of
from scanner_app.workflows.parts.target import SLOTS as TARGET_SLOTS
from scanner_app.workflows.parts.target import moved, put_where, target_of
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.answers import Choice, Goods, Place
from scanner_app.workflows.questions.ask.pick import AskPick
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.questions.part import Part, amount, code, name


def put(operator: str, source: str = "", put: str = "") -> Steps:
    """Put goods from the plate ``source``, or from the hand; the last were put at ``put``."""
    policies: Policies = yield Policy()
    at_hand = source or in_hand(operator)
    rows: Rows = yield ToPut(at_hand)
    pick = _pick(rows, source, put)
    picked = yield pick
    if isinstance(picked, Place):
        yield Start("put", {"source": picked.place})
        return
    stock, what = yield from _stock(at_hand, rows, pick, picked)
    taken = yield from how_many(policies, stock, what, target_of(stock.key), or_all=True)
    down = yield from put_where(policies, taken)
    fact = moved(down.taken, picked.wall_us, down.target, operator, down.seen)
    said = Said(say.PUT_DOWN.key, "good", {"quantity": down.taken.words, "place": down.target.place})
    post = Post(fact, {"source": source, "put": down.target.place}, said)
    yield offer_count.offering((yield from limits.within_limits(operator, post)))


def _pick(rows: Rows, source: str, put: str) -> AskPick:
    phrase = say.PUT_WHAT if rows.rows else part_phrases.PLATE_EMPTY if source else say.HAND_EMPTY
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


def _stock(at_hand: str, rows: Rows, pick: AskPick, picked: Goods | Choice) -> script.Part[tuple[Stock, Goods]]:
    """A number says which stock it is; of an item that was scanned it is asked where there is a choice."""
    if isinstance(picked, Goods):
        return (yield from stock_of(at_hand, picked, is_at_hand=True)), picked
    row = rows.rows[pick.row_of(picked)]
    rules: ItemRules = yield Rules(row.item)
    key = StockKey(at_hand, row.item, row.lot, row.serial, row.owner, row.status)
    others = tuple(other for other in rows.rows if other.item == row.item)
    what = Goods(row.item, row.name, row.unit, SCALE, picked.wall_us)
    return Stock(key, rules, row.quantity, others=others, held=rows), what


PUT = offer_count.first(
    Script(
        name="put",
        title=say.PUT,
        steps=put,
        slots=("goods", *STOCK_SLOTS, *QUANTITY_SLOTS, *TARGET_SLOTS, *limits.SLOTS),
        version=4,
        right=Right.MOVE,
        beginnings=({}, {"source": PLATE}),
        labels={"source": labels.FROM},
    )
)
