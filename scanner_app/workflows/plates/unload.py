"""Break a plate: put everything that is known to be on it at a location, or some of it."""

from msgspec.structs import replace

from scanner_app.domain.people import Right
from scanner_app.workflows.engine.script import Part, Post, Script, Steps
from scanner_app.workflows.lookups.policy import Policies, Policy
from scanner_app.workflows.lookups.stock import AtPlace, HeldRow, Rows
from scanner_app.workflows.parts import beside, limits, offer_count, zero_check
from scanner_app.workflows.parts import phrases as part_phrases
from scanner_app.workflows.parts.check_digits import proven
from scanner_app.workflows.parts.goods_move import goods_moved
from scanner_app.workflows.parts.quantity import SLOTS as QUANTITY_SLOTS
from scanner_app.workflows.parts.rows import ROWS_MAX, all_of, brought
from scanner_app.workflows.parts.source import LocatedGoods
from scanner_app.workflows.parts.stock import SLOTS as STOCK_SLOTS
from scanner_app.workflows.parts.target import SLOTS as TARGET_SLOTS
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.plates import phrases as say
from scanner_app.workflows.questions.answers import Goods
from scanner_app.workflows.questions.ask.again import AskAgain
from scanner_app.workflows.questions.ask.place import AskPlace
from scanner_app.workflows.questions.ask.plate import AskPlate


def unload(operator: str, plate: str = "") -> Steps:
    """Empty a plate, or go on with ``plate``."""
    policies: Policies = yield Policy()
    plate, loaded = yield from _loaded(plate)
    rows = loaded.rows
    bare = zero_check.emptied_of_all(policies, plate, loaded)
    answer, seen = yield from zero_check.beside(_target(plate, rows, bare))
    if isinstance(answer, Goods):
        some = yield from goods_moved(operator, policies, LocatedGoods(plate, True, answer, answer.wall_us))
        yield offer_count.offering(replace(some, again={"plate": plate}))
        return
    yield from proven(policies, answer, "target")
    yield AskAgain(
        slot="again", phrase=say.UNLOAD_AGAIN, help=part_phrases.HELP_AGAIN, arguments={"count": str(len(rows))},
        place=answer.place, lines=beside.contents(rows),
    )  # fmt: skip
    said = Said(say.UNLOADED.key, "good", {"count": str(len(rows)), "place": answer.place})
    post = Post(all_of(rows, operator, answer).looked(seen), {"plate": plate}, said)
    yield offer_count.offering((yield from limits.within_limits(operator, post)))


def _loaded(plate: str) -> Part[tuple[str, Rows]]:
    """A plate that something is known to be on, and what that is."""
    phrase = say.UNLOAD_WHICH
    while True:
        if plate:
            loaded: Rows = yield AtPlace(plate, ROWS_MAX, tells_alone=True)
            if rows := tuple(row for row in loaded.rows if row.quantity > 0):
                return plate, replace(loaded, rows=rows)
            phrase = part_phrases.PLATE_EMPTY
        asked = AskPlate(slot="plate", phrase=phrase, help=part_phrases.HELP_PLATE, label=labels.PLATE)
        plate = (yield asked).place


def _target(plate: str, rows: tuple[HeldRow, ...], bare: str) -> AskPlace:
    return AskPlace(
        slot="unload", phrase=say.UNLOAD_WHERE, help=say.HELP_UNLOAD, label=labels.TARGET, or_goods=True,
        other_than=plate, brings=brought(rows), lines=beside.contents(rows), options=zero_check.offer(bare),
    )  # fmt: skip


UNLOAD = offer_count.first(
    Script(
        name="unload",
        title=say.UNLOAD,
        steps=unload,
        slots=("plate", "unload", "again", *STOCK_SLOTS, *QUANTITY_SLOTS, *TARGET_SLOTS, *limits.SLOTS),
        version=4,
        right=Right.MOVE,
        labels={"plate": labels.PLATE},
    )
)
