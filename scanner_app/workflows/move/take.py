"""Take, a process: goods are collected from many places, into the hand or onto a tote; Put sets them down again."""

from scanner_app.domain.people import Right
from scanner_app.workflows.engine.script import Post, Script, Start, Steps
from scanner_app.workflows.move import phrases as say
from scanner_app.workflows.parts import offer_count
from scanner_app.workflows.parts import phrases as part_phrases
from scanner_app.workflows.parts.goods_take import SLOTS, goods_taken
from scanner_app.workflows.parts.source import Source
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.questions.answers import Place
from scanner_app.workflows.questions.ask.plate import AskPlate
from scanner_app.workflows.questions.option import Option

_PLATE = (Option("plate", phrase=say.ON_A_PLATE),)


def take(operator: str, source: str = "", onto: str = "") -> Steps:
    """Take goods onto the plate ``onto``, or into the hand; the last were taken from ``source``."""
    options = () if onto else _PLATE
    taken = yield from goods_taken(operator, Source(source, other_than=onto, options=options), onto)
    if isinstance(taken, Post):
        yield taken
        return
    plate: Place = yield AskPlate(
        slot="onto", phrase=part_phrases.ONTO_WHICH, help=part_phrases.HELP_PLATE, label=labels.ONTO
    )
    yield Start("take", {"onto": plate.place})


TAKE = offer_count.first(
    Script(
        name="take",
        title=say.TAKE,
        steps=take,
        slots=(*SLOTS, "onto"),
        version=5,
        right=Right.MOVE,
        labels={"source": labels.FROM, "onto": labels.ONTO},
    )
)
