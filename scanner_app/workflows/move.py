"""Move: take stock at one place and put it at another, by scanning."""

from scanner_app.domain.events import Moved
from scanner_app.domain.ledger import Leg, StockKey, in_hand
from scanner_app.domain.people import Right
from scanner_app.domain.quantity import SCALE, in_units
from scanner_app.workflows import ask, look, phrases
from scanner_app.workflows.answers import Amount, Goods, Place
from scanner_app.workflows.look import HeldRow, ItemRules
from scanner_app.workflows.script import Post, Said, Script, Steps


def move(operator: str, source: str = "", put: str = "") -> Steps:
    """Move stock from one location to another; the last move took from ``source`` and put at ``put``."""
    place = source or (yield ask.place("source", phrases.FROM_WHERE, phrases.HELP_SOURCE, phrases.L_FROM)).place
    what = yield ask.goods(put)
    while isinstance(what, Place):
        place = what.place
        what = yield ask.goods()
    rules: ItemRules = yield look.Rules(what.item)
    rows: tuple[HeldRow, ...] = (yield look.Held(place, what.item)).rows
    lot = serial = ""
    if rules.tracking.wants_lot:
        lot = (yield ask.lot(frozenset(row.lot for row in rows))).text
        rows = tuple(row for row in rows if row.lot == lot)
    if rules.tracking.wants_serial:
        serial = (yield ask.serial(frozenset(row.serial for row in rows))).text
        rows = tuple(row for row in rows if row.serial == serial)
    key = StockKey(place, what.item, lot, serial)
    if kinds := _kinds(rows):
        kind = kinds[0]
        if len(kinds) > 1:
            options = tuple(ask.Option(f"{row.owner}/{row.status}", _kind_text(row)) for row in kinds)
            chosen = yield ask.choice("stock", phrases.WHOSE, phrases.HELP_STOCK, options, label=phrases.L_STOCK)
            kind = next(row for row in kinds if f"{row.owner}/{row.status}" == chosen.value)
        key = StockKey(place, what.item, lot, serial, kind.owner, kind.status)
    known = sum(row.quantity for row in rows if (row.owner, row.status) == (key.owner, key.status))
    amount = Amount(SCALE)
    if not serial:
        amount = yield ask.quantity(what.unit, what.factor, rules.base_unit, rules.decimals, known)
    target: Place = yield ask.place("target", phrases.TO_WHERE, phrases.HELP_TARGET, phrases.L_TARGET, other_than=place)
    fact = _moved(key, amount.quantity, what, target, operator)
    sticky = {"source": place, "put": target.place}
    yield Post(fact, sticky, _told(amount.quantity, what, rules.base_unit, target))


def _kinds(rows: tuple[HeldRow, ...]) -> list[HeldRow]:
    """One row for each owner and status there, in a fixed order; what is known to be gone does not count."""
    found = {(row.owner, row.status): row for row in rows if row.quantity > 0}
    return [found[kind] for kind in sorted(found)]


def _kind_text(row: HeldRow) -> str:
    return f"{row.owner} {row.status}"


def _moved(key: StockKey, quantity: int, what: Goods, target: Place, operator: str) -> Moved:
    """Two legs by way of the operator's hand: taken when the goods were scanned, put when the target was."""
    hand = StockKey(in_hand(operator), key.item, key.lot, key.serial, key.owner, key.status)
    there = StockKey(target.place, key.item, key.lot, key.serial, key.owner, key.status)
    return Moved((Leg(what.wall_us, quantity, key, hand), Leg(target.wall_us, quantity, hand, there)))


def _told(quantity: int, what: Goods, base_unit: str, target: Place) -> Said:
    told = in_units(quantity, what.factor, what.unit, base_unit)
    return Said(phrases.MOVED.key, "good", {"quantity": told, "place": target.place})


MOVE = Script(
    name="move",
    title=phrases.MOVE,
    steps=move,
    slots=("source", "goods", "lot", "serial", "stock", "quantity", "target"),
    right=Right.MOVE,
    halts=True,
)
