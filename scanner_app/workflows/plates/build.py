"""Build a plate: say which and where it stands, then take goods onto it."""

from scanner_app.domain.people import Right
from scanner_app.workflows.engine.script import Post, Script, Start, Steps
from scanner_app.workflows.lookups.places import Whereabouts
from scanner_app.workflows.lookups.policy import Policies, Policy
from scanner_app.workflows.parts import goods_take, offer_count, target
from scanner_app.workflows.parts.check_digits import proven
from scanner_app.workflows.parts.source import Source
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.plates import phrases as say
from scanner_app.workflows.questions.answers import Place
from scanner_app.workflows.questions.ask.place import AskPlace
from scanner_app.workflows.questions.ask.plate import AskPlate


def build(operator: str, source: str = "", onto: str = "") -> Steps:
    """Begin a plate, or go on with the plate ``onto``; the last goods were taken from ``source``."""
    if onto:
        taken = yield from goods_take.goods_taken(operator, Source(source, other_than=onto), onto)
        assert isinstance(taken, Post), "nothing else could be chosen"
        yield taken
        return
    policies: Policies = yield Policy()
    plate: Place = yield AskPlate(
        slot="plate", phrase=say.BUILD_WHICH, help=say.HELP_NEW_PLATE, label=labels.PLATE, may_be_new=True
    )
    if not plate.is_new:
        yield Start("build", {"onto": plate.place})
        return
    place: Place = yield AskPlace(
        slot="target", phrase=say.STANDS_WHERE, help=say.HELP_STANDS, label=labels.TARGET, other_than=plate.place
    )
    yield from proven(policies, place, "target")
    said = Said(say.PLATE_BUILT.key, "good", {"place": place.place})
    yield Post(target.set_down(Whereabouts(plate.place), place), {"onto": plate.place}, said)


BUILD = offer_count.first(
    Script(
        name="build",
        title=say.BUILD,
        steps=build,
        slots=("plate", *target.SLOTS, *goods_take.SLOTS),
        version=4,
        right=Right.MOVE,
        beginnings=({}, {"onto": "plate"}),
        labels={"source": labels.FROM, "onto": labels.ONTO},
    )
)
