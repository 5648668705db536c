"""Put, a process: what is in the hand or on a tote is picked, in walk order of where each is kept, and set down."""

from scanner_app.domain.ledger import in_hand
from scanner_app.domain.people import Right
from scanner_app.workflows.engine.script import Post, Script, Start, Steps
from scanner_app.workflows.lookups.policy import Policies, Policy
from scanner_app.workflows.lookups.samples import PLATE
from scanner_app.workflows.lookups.stock import Rows, ToPut
from scanner_app.workflows.move import phrases as say
from scanner_app.workflows.parts import at_hand, limits, offer_count
from scanner_app.workflows.parts import phrases as part_phrases
from scanner_app.workflows.parts.quantity import SLOTS as QUANTITY_SLOTS
from scanner_app.workflows.parts.quantity import how_many
from scanner_app.workflows.parts.stock import SLOTS as STOCK_SLOTS
from scanner_app.workflows.parts.target import SLOTS as TARGET_SLOTS
from scanner_app.workflows.parts.target import moved, put_where, target_of
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.answers import Place


def put(operator: str, source: str = "", put: str = "") -> Steps:
    """Put goods from the plate ``source``, or from the hand; the last were put at ``put``."""
    policies: Policies = yield Policy()
    held_at = source or in_hand(operator)
    rows: Rows = yield ToPut(held_at)
    pick = at_hand.which(rows, _phrase(rows, source), put)
    picked = yield pick
    if isinstance(picked, Place):
        yield Start("put", {"source": picked.place})
        return
    stock, what = yield from at_hand.stock_picked(held_at, rows, pick, picked)
    taken = yield from how_many(policies, stock, what, target_of(stock.key), or_all=True)
    down = yield from put_where(policies, taken)
    fact = moved(down.taken, picked.wall_us, down.target, operator, down.seen)
    said = Said(say.PUT_DOWN.key, "good", {"quantity": down.taken.words, "place": down.target.place})
    post = Post(fact, {"source": source, "put": down.target.place}, said)
    yield offer_count.offering((yield from limits.within_limits(operator, post)))


def _phrase(rows: Rows, source: str) -> Phrase:
    return say.PUT_WHAT if rows.rows else part_phrases.PLATE_EMPTY if source else say.HAND_EMPTY


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
