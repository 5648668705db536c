"""Move: take stock at one place and put it at another, by scanning."""

from scanner_app.domain.people import Right
from scanner_app.workflows.engine.script import Post, Script, Steps
from scanner_app.workflows.lookups.policy import Policies, Policy
from scanner_app.workflows.move import phrases as say
from scanner_app.workflows.parts.goods_move import SLOTS, goods_moved
from scanner_app.workflows.parts.source import LocatedGoods, Source, WholePlate, source_and_goods
from scanner_app.workflows.parts.target import set_down
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.said import Said


def move(operator: str, source: str = "", put: str = "") -> Steps:
    """Move goods, or a plate as it stands; the last move took from ``source`` and put at ``put``."""
    policies: Policies = yield Policy()
    moving = yield from source_and_goods(policies, Source(source, put, moves_whole=True))
    if isinstance(moving, WholePlate):
        said = Said(say.PLATE_MOVED.key, "good", {"place": moving.target.place})
        yield Post(set_down(moving.plate, moving.target), {"put": moving.target.place}, said)
    elif isinstance(moving, LocatedGoods):
        yield (yield from goods_moved(operator, policies, moving))


MOVE = Script(
    name="move",
    title=say.MOVE,
    steps=move,
    slots=SLOTS,
    version=2,
    right=Right.MOVE,
    halts=True,
    labels={"source": labels.FROM},
)
