"""The second half of Move: of goods found at a place, which stock, how much and where to; it ends with the event."""

from scanner_app.workflows.engine.script import Part, Post
from scanner_app.workflows.lookups.policy import Policies
from scanner_app.workflows.parts import limits, offer_count, quantity, source, stock, target
from scanner_app.workflows.parts import phrases as say
from scanner_app.workflows.parts.one_more import Last, one_more
from scanner_app.workflows.parts.source import LocatedGoods
from scanner_app.workflows.phrases.said import Said

NOTHING = Last()
SLOTS = (*source.SLOTS, *stock.SLOTS, *quantity.SLOTS, *target.SLOTS, *limits.SLOTS)


def goods_moved(operator: str, policies: Policies, goods: LocatedGoods, last: Last = NOTHING) -> Part[Post]:
    """Ask what else is to be known of goods at a place, which stays for the next."""
    put = yield from one_more(policies, goods, last)
    if put is None:
        kept = yield from stock.stock_of(goods.place, goods.what)
        taken = yield from quantity.how_many(policies, kept, goods.what, target.target_of(kept.key))
        put = yield from target.put_where(policies, taken)
    fact = target.moved(put.taken, goods.wall_us, put.target, operator, put.seen)
    said = Said(say.MOVED.key, "good", {"quantity": put.taken.words, "place": put.target.place})
    same = {"item": goods.what.item, "unit": put.taken.what.unit}
    post = Post(fact, {"source": goods.place, "put": put.target.place, **same}, said)
    return offer_count.offering((yield from limits.within_limits(operator, post)))
