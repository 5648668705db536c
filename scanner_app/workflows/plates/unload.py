"""Break a plate: put everything that is known to be on it at a location, or some of it."""

from msgspec.structs import replace

from scanner_app.domain.people import Right
from scanner_app.workflows.engine.script import Part, Post, Script, Steps
from scanner_app.workflows.lookups.policy import Policies, Policy
from scanner_app.workflows.lookups.stock import AtPlace, HeldRow, Rows
from scanner_app.workflows.parts import beside, limits
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
from scanner_app.workflows.questions.answers import Goods, Place
from scanner_app.workflows.questions.ask.again import AskAgain
from scanner_app.workflows.questions.ask.place import AskPlace
from scanner_app.workflows.questions.ask.plate import AskPlate


def unload(operator: str, plate: str = "") -> Steps:
    """Empty a plate, or go on with ``plate``."""
    policies: Policies = yield Policy()
    plate, rows = yield from _loaded(plate)
    answer: Goods | Place = yield _target(plate, rows)
    if isinstance(answer, Goods):
        some = yield from goods_moved(operator, policies, LocatedGoods(plate, True, answer, answer.wall_us))
        yield replace(some, again={"plate": plate})
        return
    yield from proven(policies, answer, "target")
    yield AskAgain(
        slot="again", phrase=say.UNLOAD_AGAIN, help=part_phrases.HELP_AGAIN, arguments={"count": str(len(rows))},
        place=answer.place, lines=beside.contents(rows),
    )  # fmt: skip
    said = Said(say.UNLOADED.key, "good", {"count": str(len(rows)), "place": answer.place})
    post = Post(all_of(rows, operator, answer), {"plate": plate}, said)
    yield (yield from limits.within_limits(operator, post))


def _loaded(plate: str) -> Part[tuple[str, tuple[HeldRow, ...]]]:
    """A plate that something is known to be on, and what that is."""
    phrase = say.UNLOAD_WHICH
    while True:
        if plate:
            loaded: Rows = yield AtPlace(plate, ROWS_MAX)
            if rows := tuple(row for row in loaded.rows if row.quantity > 0):
                return plate, rows
            phrase = part_phrases.PLATE_EMPTY
        asked = AskPlate(slot="plate", phrase=phrase, help=part_phrases.HELP_PLATE, label=labels.PLATE)
        plate = (yield asked).place


def _target(plate: str, rows: tuple[HeldRow, ...]) -> AskPlace:
    return AskPlace(
        slot="unload", phrase=say.UNLOAD_WHERE, help=say.HELP_UNLOAD, label=labels.TARGET, or_goods=True,
        other_than=plate, brings=brought(rows), lines=beside.contents(rows),
    )  # fmt: skip


UNLOAD = Script(
    name="unload",
    title=say.UNLOAD,
    steps=unload,
    slots=("plate", "unload", "again", *STOCK_SLOTS, *QUANTITY_SLOTS, *TARGET_SLOTS, *limits.SLOTS),
    version=3,
    right=Right.MOVE,
    labels={"plate": labels.PLATE},
)
