"""All of a take, for Take and Build: from where it is to how much, and the event: into the hand or onto a plate."""

from msgspec.structs import replace

from scanner_app.domain.events.moved import Moved
from scanner_app.workflows.engine.script import Part, Post
from scanner_app.workflows.lookups.policy import Policies, Policy
from scanner_app.workflows.parts import limits, offer_count, pieces, quantity, source, stock, zero_check
from scanner_app.workflows.parts import phrases as say
from scanner_app.workflows.parts.quantity import Taken, how_many
from scanner_app.workflows.parts.source import LocatedGoods, Source, source_and_goods
from scanner_app.workflows.parts.stock import stock_of
from scanner_app.workflows.parts.target import in_the_hand, moved
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.answers import Choice, Place
from scanner_app.workflows.questions.ask.place import AskPlace

SLOTS = (*source.SLOTS, *stock.SLOTS, *quantity.SLOTS, "piece", *zero_check.SLOTS, *limits.SLOTS)


def goods_taken(operator: str, where: Source, onto: str) -> Part[Post | Choice]:
    """Take goods onto the plate ``onto``, or into the hand; or return what was chosen instead of a first place."""
    policies: Policies = yield Policy()
    goods = yield from source_and_goods(policies, where)
    if isinstance(goods, Choice):
        return goods
    assert isinstance(goods, LocatedGoods), "a plate is not moved as a whole here"
    kept = yield from stock_of(goods.place, goods.what)
    taken = yield from how_many(policies, kept, goods.what, ends(onto or goods.place))
    taken = yield from or_more(taken, onto or goods.place)
    seen = yield from zero_check.asked(zero_check.emptied(policies, taken))
    post = _onto(onto, taken, goods, operator, seen) if onto else _into_hand(taken, goods, operator, seen)
    return offer_count.offering((yield from limits.within_limits(operator, post)))


def ends(place: str) -> AskPlace:
    """The label that ends the counting of pieces: the tote they are on, or the place they are from."""
    return AskPlace(slot="counted", phrase=say.TO_WHERE, help=say.HELP_TARGET, label=labels.TARGET, only=place)


def or_more(taken: Taken, place: str) -> Part[Taken]:
    """Further pieces, where there are some beside the first; the label of the tote or of their place ends them."""
    if not pieces.has_others(taken):
        return taken
    last = replace(ends(place), slot="piece", help=say.HELP_PIECE)
    while not isinstance(answer := (yield pieces.or_another(taken, last)), Place):
        taken = pieces.with_piece(taken, answer)
    return taken


def _onto(plate: str, taken: Taken, goods: LocatedGoods, operator: str, seen: str) -> Post:
    fact = moved(taken, goods.wall_us, Place(plate, goods.wall_us), operator, seen)
    said = Said(say.TOOK_ONTO.key, "good", {"quantity": taken.words})
    return Post(fact, {"source": goods.place, "onto": plate}, said)


def _into_hand(taken: Taken, goods: LocatedGoods, operator: str, seen: str) -> Post:
    fact = Moved(in_the_hand(taken, goods.wall_us, operator), seen, label_expires=taken.stock.expires)
    return Post(fact, {"source": goods.place}, Said(say.TOOK.key, "good", {"quantity": taken.words}))
