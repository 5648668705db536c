"""Move: take stock at one place and put it at another, by scanning."""

from scanner_app.domain.people import Right
from scanner_app.workflows.engine.script import Part, Post, Said, Script, Steps
from scanner_app.workflows.lookups import look
from scanner_app.workflows.lookups.look import Policies
from scanner_app.workflows.move import phrases as words
from scanner_app.workflows.parts.quantity import how_many
from scanner_app.workflows.parts.source import Found, Source, WholePlate, source_and_goods
from scanner_app.workflows.parts.stock import stock_of
from scanner_app.workflows.parts.target import moved, put_where, set_down, target_of, told
from scanner_app.workflows.phrases import phrase as phrases


def move(operator: str, source: str = "", put: str = "") -> Steps:
    """Move goods, or a plate as it stands; the last move took from ``source`` and put at ``put``."""
    policies: Policies = yield look.Policy()
    found = yield from source_and_goods(policies, Source(source, put, moves_whole=True))
    if isinstance(found, WholePlate):
        said = Said(words.PLATE_MOVED.key, "good", {"place": found.target.place})
        yield Post(set_down(found.plate, found.target), {"put": found.target.place}, said)
    elif isinstance(found, Found):
        yield (yield from goods_moved(operator, policies, found))


def goods_moved(operator: str, policies: Policies, found: Found) -> Part[Post]:
    """Ask what else is to be known of goods that were found at a place, which stays for the next."""
    stock = yield from stock_of(found.place, found.what)
    taken = yield from how_many(policies, stock, found.what, target_of(stock.key))
    target, seen = yield from put_where(policies, taken, is_from_plate=found.is_plate)
    fact = moved(taken, found.wall_us, target, operator, seen)
    said = Said(phrases.MOVED.key, "good", {"quantity": told(taken), "place": target.place})
    return Post(fact, {"source": found.place, "put": target.place}, said)


GOODS_SLOTS = ("source", "source_digits", "goods", "lot", "serial", "stock", "on_hold", "quantity")
"""Slots of finding goods and saying how many."""

MOVE = Script(
    name="move",
    title=phrases.MOVE,
    steps=move,
    slots=(*GOODS_SLOTS, "target", "target_digits"),
    version=2,
    right=Right.MOVE,
    halts=True,
)
