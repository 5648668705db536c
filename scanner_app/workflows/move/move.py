"""Move: take stock at one place and put it at another, by scanning.

What it asks, in this order, and the file of ``parts`` that asks it:

1. from which place and what goods, in either order: ``source.py``
2. the check digits of a place, behind each scan of one: ``check_digits.py``
3. lot, serial, owner and status, as far as there is a choice or the item's rules want them: ``stock.py``
4. how much: ``quantity.py``
5. to which place, and whether the one that was left is empty: ``target.py``

``goods_move.py`` strings 3 to 5 together. Of a plate that is moved whole only the target is asked, of all that is at a
place the target and that list once more: ``whole_place.py``. That something is damaged or wrong is a choice behind the
place, and goes on in Adjust: ``wrong.py``. Other processes share the parts: Put asks for a pick instead of 1, and Take
and Build ask of 5 only whether the place is empty (``goods_take.py``).
"""

from scanner_app.domain.people import Right
from scanner_app.workflows.engine.script import Post, Script, Steps
from scanner_app.workflows.lookups.policy import Again, AgainIsMore, Policies, Policy
from scanner_app.workflows.lookups.samples import ITEM, OTHER_PLACE, PLACE
from scanner_app.workflows.move import phrases as say
from scanner_app.workflows.parts import offer_count, whole_place, wrong
from scanner_app.workflows.parts.goods_move import SLOTS, goods_moved
from scanner_app.workflows.parts.one_more import Last
from scanner_app.workflows.parts.source import LocatedGoods, Source, WholePlace, WholePlate, Wrong, source_and_goods
from scanner_app.workflows.parts.target import set_down
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.said import Said


def move(operator: str, source: str = "", put: str = "", item: str = "", unit: str = "") -> Steps:
    """Move goods, or a plate as it stands; the last move took ``item``, in ``unit``, from ``source`` to ``put``."""
    policies: Policies = yield Policy()
    again: Again = (yield AgainIsMore()) if item else Again()
    last = Last(source, put, item, unit, again.is_more)
    moving = yield from source_and_goods(policies, Source(source, put, moves_whole=True, again=last.is_more))
    if isinstance(moving, WholePlate):
        said = Said(say.PLATE_MOVED.key, "good", {"place": moving.target.place})
        fact = set_down(moving.plate, moving.target).looked(moving.seen)
        yield offer_count.offering(Post(fact, {"put": moving.target.place}, said))
    elif isinstance(moving, WholePlace):
        yield (yield from whole_place.place_moved(operator, policies, moving))
    elif isinstance(moving, Wrong):
        yield wrong.at(moving.place, moving.wall_us, "move")
    elif isinstance(moving, LocatedGoods):
        yield (yield from goods_moved(operator, policies, moving, last))


MOVE = offer_count.first(
    Script(
        name="move",
        title=say.MOVE,
        steps=move,
        slots=(*SLOTS, *whole_place.SLOTS),
        version=6,
        right=Right.MOVE,
        beginnings=({}, {"source": PLACE, "put": OTHER_PLACE, "item": ITEM, "unit": "EA"}),
        labels={"source": labels.FROM},
    )
)
